"""Conversion between the five-clear table in all its forms and BPMN."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from lxml import etree

from bpmn.document import read_document
from bpmn.findings import Finding
from bpmn.fiveclear import FiveClear
from bpmn.office import OFFICE_ENDINGS, read_office
from bpmn.office.package import OLE, refuse_ole
from bpmn.reading.recognise import read_blocks
from bpmn.table.carry import Carrying, carry
from bpmn.table.match import related
from bpmn.table.merge import merge_table
from bpmn.table.project import project
from bpmn.table.reading import Column, TableMapping, TableReading
from bpmn.table.to_bpmn import table_to_bpmn
from bpmn.table.write import WRITERS
from bpmn.table.yaml_codec import read_json, read_yaml, write_json, write_yaml
from bpmn.verdicts import error, reject

TABLE_ENDINGS = (*OFFICE_ENDINGS, "yaml", "yml", "json")
ADVICE = {
    **dict.fromkeys(("bpm", "vsdx", "vsd", "adl", "sgx", "xpdl", "archimate", "eap"), "export-bpmn"),
    **dict.fromkeys(("pdf", "png", "jpg", "jpeg", "tif", "tiff", "bmp"), "no-picture"),
    **dict.fromkeys(("doc", "xls", "rtf", "odt", "ods", "wps", "et", "docm", "xlsm", "xlsb"), "save-as-office"),
    "zip": "unpack",
}
"""What to do with files that people bring although nobody can read a table from them."""
BPMN_ENDINGS = ("bpmn", "bpmn2", "xml")


class Rooted(Protocol):
    """A document, as far as its table is concerned (`bpmn.document.Document`)."""

    @property
    def root(self) -> etree._Element: ...


@dataclass(frozen=True, slots=True)
class Conversion:
    """A converted file. `data` is None where no step was read; the findings then say why."""

    data: bytes | None
    findings: tuple[Finding, ...] = ()
    mapping: TableMapping | None = None


def bpmn_to_table(document: Rooted) -> FiveClear:
    """The table that a document shows; one without dialect gives what tasks, lanes and gateways say."""
    return project(document.root)


def read_table(
    data: bytes,
    ending: str,
    *,
    sheet: str | None = None,
    table: int | None = None,
    mapping: TableMapping | None = None,
) -> TableReading:
    """The step table in a file, by its ending (without dot): docx, xlsx, csv, yaml or json.

    `sheet` names a sheet; `table` counts tables or sheets from 0; `mapping` is a corrected mapping of an earlier
    reading of the same file.
    """
    ending = ending.lower().lstrip(".")
    if ending in ("yaml", "yml"):
        return read_yaml(data)
    if ending == "json":
        return read_json(data)
    if ending not in OFFICE_ENDINGS and data.startswith(OLE):
        return TableReading(None, (refuse_ole(data),))
    if ending not in OFFICE_ENDINGS:
        return TableReading(None, (unknown(ending, (*TABLE_ENDINGS, *BPMN_ENDINGS)),))
    return read_blocks(read_office(data, ending), sheet=sheet, table=table, mapping=mapping)


def unknown(ending: str, known: Sequence[str]) -> Finding:
    """What to do about a file of another kind."""
    return reject("ending-unknown", ending=ending[:20], known=list(known), advice=ADVICE.get(ending, ""))


def write_table(table: FiveClear, ending: str) -> bytes:
    """The table as a file, by its ending: yaml, json, csv, xlsx or docx. Raises `KeyError` for any other."""
    return WRITERS[ending.lower().lstrip(".")](table)


def edited_table(kept: FiveClear, came: TableReading, ending: str) -> FiveClear | None:
    """The table that a file makes of another one; None where no row of it can be an edit of one there.

    YAML and JSON say a whole table.  An Office file cannot: what it has no word or column for stays as it was kept.
    """
    if came.table is None or not related(kept.steps, came.table.steps):
        return None
    if came.mapping is None:
        return came.table
    ending = ending.lower().lstrip(".")
    mirrored = read_table(write_table(kept, ending), ending).table
    columns = frozenset(column.field for column in came.mapping.columns if column.field)
    return came.table if mirrored is None else carry(Carrying(kept, mirrored, columns), came.table)


def convert(data: bytes, source: str, target: str, *, sheet: str | None = None, table: int | None = None) -> Conversion:
    """Convert a file between table and BPMN by the endings of both sides; nothing is given without a step."""
    source, target = source.lower().lstrip("."), target.lower().lstrip(".")
    if target not in (*WRITERS, *BPMN_ENDINGS):
        return Conversion(None, (unknown(target, (*WRITERS, *BPMN_ENDINGS)),))
    reading = from_bpmn(data) if source in BPMN_ENDINGS else read_table(data, source, sheet=sheet, table=table)
    if reading.table is None:
        return Conversion(None, tuple(reading.findings), reading.mapping)
    written = table_to_bpmn(reading.table) if target in BPMN_ENDINGS else write_table(reading.table, target)
    return Conversion(written, tuple(reading.findings), reading.mapping)


def from_bpmn(data: bytes) -> TableReading:
    """The table of a BPMN file; one without a step is no table."""
    reading = read_document(data)
    if reading.document is None:
        return TableReading(None, tuple(reading.findings))
    table = bpmn_to_table(reading.document)
    if not table.steps:
        return TableReading(None, (*reading.findings, error("steps-missing", line=1)))
    return TableReading(table, tuple(reading.findings))


__all__ = [
    "BPMN_ENDINGS",
    "TABLE_ENDINGS",
    "Column",
    "Conversion",
    "TableMapping",
    "TableReading",
    "bpmn_to_table",
    "convert",
    "edited_table",
    "merge_table",
    "read_json",
    "read_table",
    "read_yaml",
    "table_to_bpmn",
    "write_json",
    "write_table",
    "write_yaml",
]
