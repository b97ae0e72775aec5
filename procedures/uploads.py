"""A file that somebody brings, made into the source of a draft. Outside any transaction: reading costs time."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from bpmn.convert import bpmn_to_table, read_table, table_to_bpmn
from bpmn.document import read_document
from bpmn.findings import Finding
from bpmn.fiveclear import FiveClear
from bpmn.heading import Heading, headed
from bpmn.organisation import Organisation
from procedures.errors import Unclear
from procedures.evidence import Evidence, examine

DIAGRAMS = (".bpmn", ".xml")


@dataclass(frozen=True, slots=True)
class Upload:
    """What was read: the BPMN source in canonical form, its table, what the reading doubted, what the gate says."""

    source: bytes
    table: FiveClear
    doubts: Sequence[Finding]
    evidence: Evidence


def read_upload(data: bytes, name: str, organisation: Organisation) -> Upload:
    """Read a BPMN, Word, Excel, CSV or YAML file by the ending of its name.

    Raises `Unclear` with the findings for a file that is unusable or holds no step table.
    """
    ending = PurePath(name).suffix.lower()
    if ending in DIAGRAMS:
        return of_source(data, organisation)
    source, doubts = _table(data, ending)
    return of_source(source, organisation, doubts)


def of_source(source: bytes, organisation: Organisation, doubts: Sequence[Finding] = ()) -> Upload:
    """Return what a BPMN source says. Raises `Unclear` when it is unusable."""
    reading = read_document(source)
    if reading.document is None:
        raise Unclear(reading.findings)
    canonical = reading.document.canonical()
    return Upload(canonical, bpmn_to_table(reading.document), doubts, examine(canonical, organisation))


def under(upload: Upload, heading: Heading, organisation: Organisation) -> Upload:
    """Return the upload as a draft of the procedure of this heading: performers without a unit are of its unit."""
    reading = read_document(upload.source)
    if reading.document is None:
        raise Unclear(reading.findings)
    return of_source(headed(reading.document, heading), organisation, upload.doubts)


def of_table(table: FiveClear, organisation: Organisation) -> Upload:
    """Return what an edited table says, as a source."""
    return of_source(table_to_bpmn(table), organisation)


def _table(data: bytes, ending: str) -> tuple[bytes, Sequence[Finding]]:
    reading = read_table(data, ending)
    if reading.table is None or any(finding.reject for finding in reading.findings):
        raise Unclear(reading.findings)
    return table_to_bpmn(reading.table), reading.findings
