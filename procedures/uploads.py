"""A file that somebody brings, made into the source of a draft. Outside any transaction: reading costs time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from bpmn.convert import TableReading, bpmn_to_table, edited_table, merge_table, read_table, table_to_bpmn
from bpmn.document import Document, read_document
from bpmn.findings import Finding
from bpmn.fiveclear import FiveClear
from bpmn.foreign import UNSAID, Wanted, adopt
from bpmn.heading import Heading, headed
from bpmn.source import canonical, read_source
from procedures.errors import Unclear
from procedures.evidence import Evidence, Gate, examine_reading

DIAGRAMS = (".bpmn", ".bpmn2", ".xml")


@dataclass(frozen=True, slots=True)
class Upload:
    """What was read: the BPMN source in canonical form, its document and table, the reading's doubts, the gate's word.

    `reading` is what a file with a table said, and `ending` that of its name; a diagram has none.
    """

    source: bytes
    document: Document
    table: FiveClear
    doubts: Sequence[Finding]
    evidence: Evidence
    reading: TableReading | None = None
    ending: str = ""


def read_upload(data: bytes, name: str, gate: Gate, wanted: Wanted = UNSAID) -> Upload:
    """Read a BPMN, Word, Excel, CSV or YAML file by the ending of its name.

    What other tools say of a diagram's steps is taken over, as far as `wanted` says how.

    Raises `Unclear` with the findings for a file that is unusable or holds no step table.
    """
    ending = PurePath(name).suffix.lower()
    if ending in DIAGRAMS:
        return of_diagram(data, gate, wanted)
    reading = read_table(data, ending)
    if reading.table is None or any(finding.reject for finding in reading.findings):
        raise Unclear(reading.findings)
    read = of_source(table_to_bpmn(reading.table), gate, reading.findings)
    return replace(read, reading=reading, ending=ending)


def of_diagram(data: bytes, gate: Gate, wanted: Wanted) -> Upload:
    """Return what a BPMN file says, other tools' words taken over. Raises `Unclear` when it is unusable."""
    document = read_document(data).document
    if document is None:
        return of_source(data, gate)
    adopted = adopt(document, wanted)
    return of_source(adopted.document.canonical(), gate, adopted.findings)


def of_source(source: bytes, gate: Gate, doubts: Sequence[Finding] = ()) -> Upload:
    """Return what a BPMN source says. Raises `Unclear` when it is unusable."""
    return of_canonical(opened(source).canonical(), gate, doubts)


def of_canonical(source: bytes, gate: Gate, doubts: Sequence[Finding] = ()) -> Upload:
    """Return what a source in canonical form says; it is read once, for its table and for the gate."""
    reading = read_document(source)
    if reading.document is None:
        raise Unclear(reading.findings)
    evidence = examine_reading(source, reading, gate)
    return Upload(source, reading.document, bpmn_to_table(reading.document), doubts, evidence)


def canonical_form(source: bytes) -> bytes:
    """Return a source in canonical form, read no further than XML. Raises `Unclear`."""
    read = read_source(source)
    if read.root is None:
        raise Unclear(read.findings)
    return canonical(read.root)


def opened(source: bytes) -> Document:
    """Return the document of a source. Raises `Unclear`."""
    reading = read_document(source)
    if reading.document is None:
        raise Unclear(reading.findings)
    return reading.document


def under(upload: Upload, heading: Heading, gate: Gate) -> Upload:
    """Return the upload as a draft of the procedure of this heading: performers without a unit are of its unit."""
    if heading.stands_over(upload.table):
        return upload
    return of_canonical(headed(upload.document, heading), gate, upload.doubts)


def into(upload: Upload, kept: bytes, gate: Gate) -> Upload:
    """Return the upload as an edit of a source: a table keeps what it cannot say.

    A diagram replaces all, and so does the table of another procedure.
    """
    document = read_document(kept).document
    if document is None or upload.reading is None:
        return upload
    table = edited_table(bpmn_to_table(document), upload.reading, upload.ending)
    return upload if table is None else of_source(merge_table(document, table), gate, upload.doubts)


def edited(source: bytes, change: Callable[[FiveClear], FiveClear], gate: Gate) -> Upload:
    """Return a source whose table was changed; all that the table does not show stays. Raises `Unclear`."""
    document = opened(source)
    return of_source(merge_table(document, change(bpmn_to_table(document))), gate)
