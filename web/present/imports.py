"""The page on which a brought file is looked at before it becomes a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

from sqlalchemy.orm import Session

from bpmn.compare import Version, compare
from bpmn.convert import Column, bpmn_to_table
from bpmn.document import Document, read_document
from bpmn.fiveclear import FiveClear, TimeUnit
from bpmn.office.grid import letters
from bpmn.reading.headers import header_key
from bpmn.reading.outline import Outline, TableOutline
from bpmn.table.match import related
from bpmn.table.reading import BARE_UNITS, FIELDS
from procedures.queries.kept_source import kept_source
from procedures.queries.people import Person
from procedures.uploads import Upload, into, under
from web.importing import DAYS, Import
from web.languages import _, _l, language
from web.present.changes import sentences
from web.present.findings import FindingLine, Row, finding_lines
from web.present.foreign_words import TOLD_APART, ForeignWord, foreign_words
from web.present.origin import Origin, origin_of
from web.present.version import refused_lines, ways_of
from web.present.ways import Way
from web.submitting import heading_of
from web.uploads import town_today

FIELD_WORDS: Mapping[str, object] = {
    "number": _l("Số bước"),
    "name": _l("Rõ việc: nội dung"),
    "performer": _l("Rõ người: ai làm"),
    "unit": _l("Đơn vị của người làm"),
    "co": _l("Người phối hợp"),
    "duration": _l("Rõ thời gian"),
    "time_unit": _l("Đơn vị tính của thời gian"),
    "amount": _l("Thời gian, đơn vị ở tiêu đề"),
    "result": _l("Kết quả và biểu mẫu"),
    "output": _l("Kết quả"),
    "forms": _l("Biểu mẫu"),
    "responsibility": _l("Rõ trách nhiệm"),
    "branch": _l("Rõ quy trình: rẽ nhánh"),
    "note": _l("Ghi chú"),
    "authority": _l("Thẩm quyền"),
    "product": _l("Sản phẩm"),
    "mark": _l("Người làm ở tiêu đề, đánh dấu x"),
}
UNIT_WORDS: Mapping[TimeUnit, object] = {
    TimeUnit.WORKING_MINUTE: _l("phút làm việc"),
    TimeUnit.WORKING_HOUR: _l("giờ làm việc"),
    TimeUnit.HALF_DAY: _l("buổi"),
    TimeUnit.WORKING_DAY: _l("ngày làm việc"),
    TimeUnit.CALENDAR_DAY: _l("ngày (ngày lịch)"),
}
ABOVE, BELOW, MOST_ROWS = 2, 4, 12  # rows shown around the header
LONGEST = 90  # letters of a cell that is shown
SURE, PERHAPS = 0.8, 0.5


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column of the file. `how`: habit | chosen | sure | perhaps | unsure | unused; `percent` tells how sure."""

    number: int
    letters: str
    header: str
    field: str
    how: str
    percent: int


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the file with its texts by column; `number` counts from 0."""

    number: int
    header: bool
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class SheetView:
    """How the table of an Office file is read."""

    tables: Sequence[TableOutline]
    table: int
    is_prose: bool
    turned: bool
    goes_on: Sequence[int]
    joined: Sequence[int]
    columns: Sequence[ColumnView]
    rows: Sequence[RowView]
    unit: str

    @property
    def others(self) -> list[TableOutline]:
        """The other step tables of the file: procedures of their own."""
        return [each for each in self.tables if each.steps and each.number not in (self.table, *self.joined)]

    @property
    def following(self) -> TableOutline | None:
        """The next of them."""
        return next((each for each in self.others if each.number > self.table), None)

    @property
    def doubtful(self) -> int:
        """How many columns a person should look at."""
        return sum(1 for column in self.columns if column.how in ("perhaps", "unsure", "unused"))

    @property
    def by_habit(self) -> int:
        """How many columns are read as the unit is used to."""
        return sum(1 for column in self.columns if column.how == "habit")


@dataclass(frozen=True, slots=True)
class Note:
    """A text of the file that no field of the table holds: where it is kept now."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class ImportView:
    """Everything that the page shows. `five` is None where no step was read; `changes` None for a new procedure.

    `replaces`: whether the file takes the place of all that is there: table | diagram, else empty.
    """

    brought: Import
    sheet: SheetView | None
    origin: Origin | None
    five: FiveClear | None
    ways: Mapping[str, Sequence[Way]]
    doubts: Sequence[FindingLine]
    gate: Sequence[FindingLine]
    wrong: frozenset[str]
    notes: Sequence[Note]
    foreign: Sequence[ForeignWord]
    nobody_answers: int
    changes: Sequence[str] | None
    replaces: str
    revision: int | None

    @property
    def errors(self) -> int:
        return sum(1 + len(line.others) for line in self.gate if line.severity == "error")


def import_view(session: Session, brought: Import, *, by: Person) -> ImportView:
    """Return the page of a brought file."""
    understood = brought.understood
    upload, changes, revision, replaces = understood.upload, None, None, ""
    if brought.procedure is not None:
        kept = kept_source(session, brought.procedure.code, by)
        revision = kept.revision if kept else None
        if kept is not None and upload is not None:
            town, replaces = town_today(), replaced(upload, kept.source)
            upload = under(into(upload, kept.source, town), heading_of(brought.procedure), town)
            changes = changes_of(kept.source, upload.source)
    gate = gate_lines(upload)
    return ImportView(
        brought=brought,
        sheet=sheet_view(brought) if understood.outline else None,
        origin=origin_of(brought.file.data) if upload is not None and understood.outline is None else None,
        five=upload.table if upload else None,
        ways=ways_of(read_document(upload.source).document) if upload else {},
        doubts=refused_lines([each for each in understood.doubts if not each.reject and each.code not in TOLD_APART]),
        gate=gate,
        wrong=frozenset(each.element for line in gate for each in (line, *line.others) if line.severity == "error"),
        notes=notes_of(upload.table) if upload else (),
        foreign=foreign_words(understood.doubts, upload.table) if upload else (),
        nobody_answers=nobody_answers(upload.table) if upload else 0,
        changes=changes,
        replaces=replaces,
        revision=revision,
    )


def replaced(upload: Upload, kept: bytes) -> str:
    """Whether a file takes the place of a whole source: a diagram does, and a table of which no step is there."""
    if upload.reading is None:
        return "diagram"
    there, came = read_document(kept).document, upload.reading.table
    steps = bpmn_to_table(there).steps if there else ()
    return "table" if steps and came is not None and not related(steps, came.steps) else ""


def changes_of(before: bytes, after: bytes) -> list[str]:
    """What one source says otherwise than another, line by line."""
    old, new = read_document(before).document, read_document(after).document
    return sentences(compare(version_of(old), version_of(new)), language()) if old and new else []


def version_of(document: Document) -> Version:
    return Version(bpmn_to_table(document), document)


def gate_lines(upload: Upload | None) -> list[FindingLine]:
    """What the gate says of what was read."""
    if upload is None:
        return []
    steps = [(step.id, step.step_no) for step in upload.table.steps if step.id]
    rows = {name: Row(element, number) for element, number in steps for name in (element, number) if name}
    found = [each for each in upload.evidence.report.findings if each.code != "extension-ignored"]  # the origin says it
    return finding_lines(found, rows, language=language())


def sheet_view(brought: Import) -> SheetView | None:
    """How the table of an Office file is read."""
    seen, mapping = brought.understood.outline, brought.understood.mapping
    if seen is None or mapping is None:
        return None
    return SheetView(
        tables=seen.tables,
        table=mapping.table,
        is_prose=seen.is_prose,
        turned=mapping.turned,
        goes_on=seen.goes_on,
        joined=mapping.joined,
        columns=[column_view(brought, column) for column in mapping.columns],
        rows=rows_shown(seen, [column.column for column in mapping.columns], mapping.header_rows),
        unit=mapping.unit.value if mapping.unit in BARE_UNITS else "",
    )


def column_view(brought: Import, column: Column) -> ColumnView:
    own = brought.understood.guess
    first = next((each for each in own.columns if each.column == column.column), None) if own else None
    percent = floor(100 * min(column.confidence, 1.0))
    return ColumnView(
        number=column.column,
        letters=letters(column.column),
        header=column.header,
        field=column.field or "",
        how=how_sure(column, first, brought.habits.fields),
        percent=percent,
    )


def how_sure(column: Column, own: Column | None, habits: Mapping[str, str]) -> str:
    """From where the field of a column is known: who said so, or how well its words and cells fit."""
    name = column.field or ""
    if own is None or name != (own.field or ""):
        return "habit" if habits.get(header_key(column.header)) == name else "chosen"
    if not name:
        return "unused"
    return "sure" if column.confidence >= SURE else "perhaps" if column.confidence >= PERHAPS else "unsure"


def rows_shown(seen: Outline, columns: Sequence[int], header: Sequence[int]) -> list[RowView]:
    """The header with the rows above it that fit, and the first rows below."""
    grid = seen.grid
    last = max(header, default=-1)
    first = max(0, min(header, default=0) - ABOVE)
    end = min(grid.rows, max(last + 1 + BELOW, first + ABOVE + BELOW + 1), first + MOST_ROWS)
    return [RowView(row, row in header, [shown(seen, row, column) for column in columns]) for row in range(first, end)]


def shown(seen: Outline, row: int, column: int) -> str:
    """A cell's text, shortened; of a merged cell where it begins."""
    cell = seen.grid.at(row, column)
    if cell is None or (cell.row, cell.column) != (row, column):
        return ""
    text = cell.text.strip()
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def notes_of(table: FiveClear) -> list[Note]:
    """The texts that are kept although no column of the table is for them."""
    found = [Note(_("quy trình"), str(text)) for key in ("notes", "left_over") for text in listed(table.extra.get(key))]
    found += [Note(_("bước %(no)s", no=step.step_no), step.note) for step in table.steps if step.note]
    return found


def listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()


def nobody_answers(table: FiveClear) -> int:
    """How many steps with a performer say nowhere who answers for them."""
    return sum(
        1
        for step in table.steps
        if step.performer is not None and not (step.responsibility or step.performer.responsibility)
    )


DAY_WORDS = {unit: UNIT_WORDS[unit] for unit in DAYS}
WORDS = {
    "field_words": FIELD_WORDS,
    "import_fields": FIELDS,
    "unit_words": UNIT_WORDS,
    "day_words": DAY_WORDS,
}
