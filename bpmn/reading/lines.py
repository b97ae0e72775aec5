"""The rows of a table under its header, each cell under its field: what is a step, a section, a total, a note.

A line is a row of the grid with the cells that *start* there; a merged cell belongs to the line where it starts and is
known to the others as shared.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bpmn.folding import search_key
from bpmn.office.grid import Cell, Grid
from bpmn.reading.columns import is_marks
from bpmn.reading.content import LISTED, NUMBER, NUMBERED, ROMAN, is_time
from bpmn.reading.headers import header_key
from bpmn.reading.marks import amounts_together, marked_performers
from bpmn.table.reading import SEVERAL, TableMapping

TOTAL = re.compile(
    r"^(?:tong(?:\s*(?:cong|so|thoi gian|thoi han|ngay|gio|thoi luong)\b.*|\s*[:(\d].*)?|cong\s*(?:thoi gian.*|:)?"
    r"|(?:thoi gian|thoi han) tong(?: cong)?\b.*)$",
    re.DOTALL,
)
NOTE = re.compile(r"^(?:ghi chu|luu y|\*+)\s*:?")
LETTER = re.compile(r"^[A-ZĐ]\s*[.)]?$|^[a-zđ]\s*[.)]$")


@dataclass(frozen=True)
class Line:
    """One row. `kind`: step | sub | section | total | note | blank.

    `cells` are those that start here, by field; `above` those of merged cells from a line before; `loose` cells of
    columns without field, with their headers.
    """

    row: int
    kind: str
    cells: Mapping[str, Cell]
    above: Mapping[str, Cell]
    loose: tuple[tuple[str, Cell], ...] = ()
    number: str | None = None
    text: str = ""
    whole: tuple[Cell, ...] = field(default=())

    def said(self, name: str) -> str:
        cell = self.cells.get(name)
        return "" if cell is None else cell.text


def lines_of(grid: Grid, mapping: TableMapping) -> list[Line]:
    """All lines below the header, blanks and repeated headers left out."""
    first = max(mapping.header_rows, default=-1) + 1
    header = {column.column: header_key(column.header) for column in mapping.columns if column.header}
    found = [line_of(grid, mapping, row) for row in range(first, grid.rows) if not repeats(grid, row, header)]
    filled = [line for line in without_signatures(found) if line.kind != "blank"]
    return [counted(line) for line in filled] if counts_in_names(filled) else filled


def without_signatures(lines: Sequence[Line]) -> list[Line]:
    """The lines, those behind a blank row that no number or time follows as notes: signatures, recipients."""
    numbers = [at for at, line in enumerate(lines) if line.number is not None or is_time(line.said("duration"))]
    last = max(numbers, default=len(lines))
    blank = next((at for at in range(last, len(lines)) if lines[at].kind == "blank"), len(lines))
    below = [line for line in lines[blank + 1 :] if line.kind != "blank"]
    notes = [changed(line, kind="note", text=said_together(line)) for line in below]
    return [*lines[:blank], *notes] if any(line.number is not None for line in lines) else list(lines)


def said_together(line: Line) -> str:
    return " | ".join(cell.text.replace("\n", " ") for cell in line.whole if cell.text)


def counts_in_names(lines: Sequence[Line]) -> bool:
    """Whether a table without numbers of its own has them before its tasks: `Bước 1: Tiếp nhận`."""
    tasks = [line for line in lines if line.kind == "sub" and line.said("name")]
    told = sum(1 for line in tasks if leading(line.said("name")))
    return told >= 2 and told * 2 > len(tasks) and all(line.number is None for line in lines)


def counted(line: Line) -> Line:
    """The line with the number that its task begins with."""
    match = leading(line.said("name"))
    if line.kind != "sub" or match is None:
        return line
    return changed(line, kind="step", number=tidy(match["number"]))


def leading(text: str) -> re.Match[str] | None:
    """The number that a task begins with, and the rest."""
    return NUMBERED.match(text) or LISTED.match(text)


def repeats(grid: Grid, row: int, header: Mapping[int, str]) -> bool:
    """Whether a row is the header again, or counts the columns."""
    texts = {cell.column: header_key(cell.text) for cell in grid.starting(row) if cell.text}
    same = sum(1 for column, text in texts.items() if text and text in header.get(column, ""))
    return bool(texts) and (is_marks(grid, row) or (same >= 2 and same * 2 > len(texts)))


def line_of(grid: Grid, mapping: TableMapping, row: int) -> Line:
    cells: dict[str, Cell] = {}
    above: dict[str, Cell] = {}
    loose: list[tuple[str, Cell]] = []
    several: dict[str, list[tuple[str, Cell]]] = {name: [] for name in SEVERAL}
    for column in mapping.columns:
        cell = grid.at(row, column.column)
        if cell is None:
            continue
        if cell.row < row:
            if column.field is not None and cell.text:
                above.setdefault(column.field, cell)
        elif cell.column != column.column:
            continue
        elif column.field in several:
            several[column.field] += [(column.header, cell)] if cell.text else []
        elif column.field is None or column.field in cells:
            loose.append((column.header, cell))
        else:
            cells[column.field] = cell
    cells = {**marked_performers(several["mark"]), **amounts_together(several["amount"]), **cells}
    return classified(grid, Line(row, "step", cells, above, tuple(loose), whole=tuple(grid.starting(row))))


def classified(grid: Grid, line: Line) -> Line:
    """The line with its kind, and the number it states."""
    filled = [cell for cell in line.whole if cell.text]
    if not filled:
        return changed(line, kind="blank")
    text = " ".join(cell.text for cell in filled[:2])
    first = filled[0]
    if number_of(line) is None and any(TOTAL.match(search_key(text)) for text in (first.text, line.said("name"))):
        return changed(line, kind="total", text=first.text)
    if NOTE.match(search_key(first.text)) and (len(filled) == 1 or first.columns > 2):
        return changed(line, kind="note", text=first.text)
    number = number_of(line)
    if is_section(grid, line, filled, number=number):
        time = line.said("duration")
        return changed(line, kind="section", text=f"{text} ({time})" if time else text)
    if number is None and not line.said("name") and not line.said("performer"):
        return changed(line, kind="sub" if line.above.get("number") else "note", text=text)
    return changed(line, kind="step" if number is not None else "sub", number=number)


def changed(line: Line, *, kind: str, text: str = "", number: str | None = None) -> Line:
    return Line(line.row, kind, line.cells, line.above, line.loose, number, text, line.whole)


def number_of(line: Line) -> str | None:
    """The number in the number cell: `Bước 4`, `B4`, `04`, `4.1.`, `1.0` of a sheet; None where there is none."""
    cell = line.cells.get("number")
    if cell is None or not cell.text:
        return None
    text = cell.text
    if cell.kind == "date":
        day, month, _ = text.split("/")
        return f"{day}.{month}"
    match = NUMBER.match(text.split("\n")[0].strip()) or NUMBER.match(search_key(text))
    if match is None:
        match = NUMBERED.match(text)
    return None if match is None else tidy(match["number"])


def tidy(number: str) -> str:
    """`04` → `4`, `4 .1.` → `4.1`, `4A` → `4a`."""
    parts = re.sub(r"\s", "", number).replace("-", ".").strip(".").lower().split(".")
    return ".".join(part.lstrip("0") or "0" for part in parts)


def is_section(grid: Grid, line: Line, filled: list[Cell], *, number: str | None) -> bool:
    """Whether a row is the heading of a section: a roman or letter as number, or one cell across the table."""
    stated = line.said("number")
    roman = ROMAN.match(stated.strip()) is not None and "performer" in line.cells
    if line.said("performer") or "performer" in line.above or "number" in line.above:
        return False
    if line.said("duration") and not roman:
        return False
    first = filled[0]
    across = len(filled) == 1 and (first.columns >= max(2, grid.columns - 2) or first.column == 0)
    if stated and (ROMAN.match(stated.strip()) or LETTER.match(stated.strip())):
        return True
    own = not stated or number is None
    return across and own and bool(first.text.strip()) and first.column <= 1
