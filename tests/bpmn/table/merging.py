"""Documents into which a table is merged."""

from bpmn.convert import bpmn_to_table, merge_table
from bpmn.document import Document, read_document
from bpmn.fiveclear import FiveClear
from bpmn.table.settle import nameless


def opened(data: bytes) -> Document:
    reading = read_document(data)
    assert reading.document is not None, reading.findings
    return reading.document


def merged(document: Document, table: FiveClear) -> Document:
    """The merged document, which says the table."""
    found = opened(merge_table(document, table))
    assert nameless(bpmn_to_table(found)) == nameless(table)
    return found
