"""Whose procedure a document is: its head, set by who keeps the catalogue."""

from copy import deepcopy
from dataclasses import dataclass, replace

from lxml import etree

from bpmn.convert import bpmn_to_table
from bpmn.dialect import NAMESPACE, PREFIX, write_head
from bpmn.dialect.words import bpmn_tag
from bpmn.document import Document
from bpmn.examine import main_process


@dataclass(frozen=True, slots=True)
class Heading:
    """What names a procedure in its catalogue."""

    code: str
    title: str
    kind: str
    unit_code: str
    unit_name: str


def headed(document: Document, heading: Heading) -> bytes:
    """Return the document in canonical form under this heading; all else stays as it is."""
    table = bpmn_to_table(document)
    named = replace(
        table,
        code=heading.code,
        title=heading.title,
        kind=heading.kind,
        unit_code=heading.unit_code,
        unit_name=heading.unit_name,
    )
    root = deepcopy(document.root)
    wanted = main_process(document).id
    process = next(found for found in root.iter(bpmn_tag("process")) if found.get("id") == wanted)
    write_head(process, named)
    # On the root, since other tools lose what is declared further in when they save.
    etree.cleanup_namespaces(root, top_nsmap={PREFIX: NAMESPACE}, keep_ns_prefixes=[key for key in root.nsmap if key])
    canonical: bytes = etree.tostring(root, method="c14n2")
    return canonical
