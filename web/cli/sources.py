"""A procedure from a file of any form that can be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from bpmn.convert import bpmn_to_table, read_table, table_to_bpmn
from bpmn.document import Document, read_document
from bpmn.errors import Unreadable
from bpmn.findings import Finding
from bpmn.fiveclear import FiveClear
from bpmn.foreign import Wanted, adopt
from web.cli.files import read_file

DIAGRAMS = (".bpmn", ".bpmn2", ".xml")


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure as diagram and as table, with what its reading doubted."""

    document: Document
    table: FiveClear
    doubts: Sequence[Finding] = ()


def read_procedure(
    name: str, *, sheet: str | None = None, table: int | None = None, wanted: Wanted | None = None
) -> Procedure:
    """Read a file by its ending. `sheet` and `table` choose among several of an Office file; `table` counts from 1.

    `wanted`: what other tools say of a diagram's steps is taken over.

    Raises `Unreadable` with the findings, `OSError`.
    """
    data, ending = read_file(name), PurePath(name).suffix.lower()
    if ending in DIAGRAMS:
        document, doubts = _document(data)
        if wanted is not None:
            adopted = adopt(document, wanted)
            document, doubts = adopted.document, (*doubts, *adopted.findings)
        return Procedure(document, bpmn_to_table(document), doubts)
    reading = read_table(data, ending, sheet=sheet, table=None if table is None else table - 1)
    if reading.table is None or any(finding.reject for finding in reading.findings):
        raise Unreadable(reading.findings)
    document, _ = _document(table_to_bpmn(reading.table))
    return Procedure(document, reading.table, reading.findings)


def _document(data: bytes) -> tuple[Document, Sequence[Finding]]:
    reading = read_document(data)
    if reading.document is None:
        raise Unreadable(reading.findings)
    return reading.document, reading.findings
