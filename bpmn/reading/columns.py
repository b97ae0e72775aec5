"""Which column holds what: by the words of the header and by what stands below.

Fields: number · name · performer · unit · co · duration · result · output · forms · responsibility · branch · note ·
authority · product.  `result` is a column of forms and outputs together.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bpmn.fiveclear import TimeUnit
from bpmn.folding import search_key
from bpmn.office.grid import Cell, Grid
from bpmn.reading.content import MAX_LOOK, NUMBER, NUMBERED, content_score
from bpmn.reading.durations import read_time, says_working, unit_in
from bpmn.reading.headers import by_words, candidates
from bpmn.reading.marks import amount_columns, mark_columns
from bpmn.table.reading import Column, TableMapping

HEADER_MARK = re.compile(r"^\(?\d{1,2}\)?$|^\([a-g]\)$|^[a-g]$")
AMOUNT_FIRST = re.compile(r"[\s(]*[\d½¼¾⅓⅔]")
MAX_HEADER_ROWS = 3
EXACT = 0.5  # the very words of a header outweigh what stands below
INSTEAD = {"performer": frozenset({"unit", "mark"}), "duration": frozenset({"amount"})}
MARKED = 0.8  # confidence of a column of marks
AMBIGUOUS = 0.1  # "Tên bước" beside "Nội dung" numbers the steps
MAX_SEARCH = 60  # rows above the table that may hold other things


@dataclass(frozen=True, slots=True)
class Recognised:
    """A grid with a table in it. `score` compares tables; higher is surer."""

    mapping: TableMapping
    score: float


def recognise(grid: Grid, table: int) -> Recognised | None:
    """The header and columns of the best step table in a grid, or None."""
    best: Recognised | None = None
    for row in range(min(grid.rows, MAX_SEARCH)):
        begun_above = any((cell := grid.at(row, column)) and cell.row < row for column in range(grid.columns))
        if begun_above or not header_like(grid, row):
            continue
        for height in range(1, MAX_HEADER_ROWS + 1):
            found = with_header(grid, table, range(row, min(row + height, grid.rows)))
            if found is not None and (best is None or found.score > best.score + 0.01):
                best = found
    return best or without_header(grid, table)


def lowest(grid: Grid, column: int, first: int) -> str:
    """The lowest cell of a column's header: under "Tổ chức thực hiện", "Chủ trì" says more."""
    texts = [
        cell.text for row in range(first) if (cell := grid.at(row, column)) and cell.text and not is_marks(grid, row)
    ]
    return texts[-1].replace("\n", " ") if texts else ""


def header_like(grid: Grid, row: int) -> bool:
    """Whether a row names at least two fields, and tells no step."""
    cells = grid.starting(row)
    return not any(tells_step(cell.text) for cell in cells) and names_fields(cell.text for cell in cells) >= 2


def names_fields(texts: Iterable[str]) -> int:
    """How many fields some texts name."""
    return len({field for text in texts if (field := by_words(text)[0])})


def tells_step(text: str) -> bool:
    """Whether a cell can stand in no header: an amount of time, or a number with its task."""
    task = NUMBERED.match(text)
    if task is not None:
        return " " in task["rest"].strip()
    return AMOUNT_FIRST.match(text) is not None and read_time(text, day=TimeUnit.CALENDAR_DAY) is not None


def with_header(grid: Grid, table: int, rows: range) -> Recognised | None:
    """The mapping that these rows mean as a header."""
    if any(is_body(grid, row) for row in rows[1:]):
        return None
    last = rows[-1]
    while is_marks(grid, last + 1):
        last += 1
    texts = {column: header_text(grid, rows, column) for column in range(grid.columns)}
    columns = assigned(grid, texts, last + 1)
    fields = {column.field for column in columns}
    if "name" not in fields or not fields & {"performer", "mark", "duration", "amount", "number"}:
        return None
    unit = next((unit_in(column.header) for column in columns if column.field == "duration"), None)
    mapping = TableMapping(table, columns, tuple(range(rows[0], last + 1)), unit, grid.name)
    known = sum(column.confidence for column in columns if column.field)
    body_rows = sum(1 for row in range(last + 1, min(grid.rows, last + 200)) if grid.starting(row))
    return Recognised(mapping, known + min(body_rows, 5) * 0.2 - 0.05 * len(rows))


def is_body(grid: Grid, row: int) -> bool:
    """Whether a row below a header's first is a step already: it has a number or a time, and no header's word."""
    cells = [cell for cell in grid.starting(row) if cell.text]
    if not cells or is_marks(grid, row) or all(parts_header(grid, cell) for cell in cells):
        return False
    timed = any(read_time(cell.text, day=TimeUnit.CALENDAR_DAY, bare=TimeUnit.WORKING_DAY) for cell in cells)
    first = cells[0].text
    numbered = any(match is not None for match in (NUMBER.match(search_key(first)), NUMBERED.match(first)))
    return timed or (numbered and cells[0].row == row) or not any(by_words(cell.text)[0] for cell in cells)


def parts_header(grid: Grid, cell: Cell) -> bool:
    """Whether a cell parts what a header above it spans, and tells nothing: "Chuyên viên" under "Người thực hiện"."""
    above = grid.at(cell.row - 1, cell.column)
    spanned = above is not None and cell.columns < above.columns < grid.columns and by_words(above.text)[0] is not None
    return spanned and not tells_step(cell.text)


def is_marks(grid: Grid, row: int) -> bool:
    """Whether a row only counts its columns: (1) (2) (3), or A B 1 2."""
    texts = [search_key(cell.text) for cell in grid.starting(row) if cell.text]
    return len(texts) >= 3 and all(HEADER_MARK.match(text) for text in texts)


def header_text(grid: Grid, rows: Iterable[int], column: int) -> str:
    """The header of a column, from top to bottom, merged cells once."""
    cells: list[Cell] = []
    for row in rows:
        cell = grid.at(row, column)
        if cell is not None and cell.text and cell not in cells:
            cells.append(cell)
    return " ".join(cell.text.replace("\n", " ") for cell in cells)


def assigned(grid: Grid, texts: Mapping[int, str], first: int) -> tuple[Column, ...]:
    """Every column with its field; a field is given to the column that fits best, the rest stay without.

    "Trách nhiệm" or "Đơn vị" alone names who does the step; beside a column of performers it is what they answer for,
    or where they belong.
    """
    low = {column: lowest(grid, column, first) for column in texts}
    marks = dict.fromkeys(mark_columns(grid, first), "mark")
    marks |= dict.fromkeys(amount_columns(grid, low, first), "amount")
    scores = [
        (score + content_score(grid, column, field, first) + (EXACT if score == 1.0 else 0), column, field)
        for column, text in texts.items()
        if column not in marks
        for field, score in [*candidates(text), *candidates(low[column])]
    ]
    named = {column for _, column, field in scores if field == "name"}
    numbered = {column for _, column, field in scores if field == "number"} if len(named) > 1 else set()
    scores = [(score - AMBIGUOUS * (field == "name" and at in numbered), at, field) for score, at, field in scores]
    found: dict[int, tuple[str, float]] = {column: (field, MARKED) for column, field in marks.items()}
    for score, column, field in sorted(scores, key=lambda item: (-item[0], item[1])):
        taken = {taken_field for taken_field, _ in found.values()}
        if column not in found and field not in taken and score > 0.3:
            found[column] = (field, min(score, 1.0))
    numbers = next((column for column, (field, _) in found.items() if field == "number"), None)
    if numbers is not None and all(field != "name" for field, _ in found.values()) and tells(grid, numbers, first):
        found[numbers] = ("name", found[numbers][1])
    fill_by_content(grid, texts, first, found=found)
    for other in ("unit", "responsibility"):
        column = next((column for column, (field, _) in found.items() if field == other), -1)
        if column >= 0 and not {"performer", "mark"} & {field for field, _ in found.values()}:
            found[column] = ("performer", 0.9)
    return tuple(
        Column(column, low[column] if column in marks else text, *found.get(column, (None, 0.0)))
        for column, text in texts.items()
        if text or column in found or any(grid.at(row, column) for row in range(first, grid.rows))
    )


def tells(grid: Grid, column: int, first: int) -> bool:
    """Whether a column of numbers holds the tasks too: `Bước 1: Tiếp nhận hồ sơ`."""
    cells = [cell for row in range(first, grid.rows) for cell in grid.starting(row) if cell.column == column]
    told = [cell for cell in cells if cell.text and tells_step(cell.text)]
    return len(told) * 2 > len([cell for cell in cells if cell.text])


def fill_by_content(grid: Grid, texts: Mapping[int, str], first: int, *, found: dict[int, tuple[str, float]]) -> None:
    """Give number, time and performer to a column without words when its content is plainly that."""
    for field in ("number", "duration", "performer", "name"):
        taken = {taken for taken, _ in found.values()}
        if field in taken or INSTEAD.get(field, frozenset()) & taken:
            continue
        free = [column for column in texts if column not in found]
        scored = [(content_score(grid, column, field, first), wordy(grid, column, first), -column) for column in free]
        score, _, at = max(scored, default=(0.0, 0.0, 1))
        if score > (0.15 if field == "number" else 0.25):
            found[-at] = (field, 0.5)


def wordy(grid: Grid, column: int, first: int) -> float:
    """How many words the cells of a column have: of several columns of sentences the longest tells the tasks."""
    counts = [
        len(cell.text.split())
        for row in range(first, min(grid.rows, first + MAX_LOOK))
        if (cell := grid.at(row, column)) and cell.text
    ]
    return sum(counts) / len(counts) if counts else 0.0


def without_header(grid: Grid, table: int) -> Recognised | None:
    """A table without header: a column of times, one of performers and one of sentences."""
    texts = dict.fromkeys(range(grid.columns), "")
    found: dict[int, tuple[str, float]] = {}
    fill_by_content(grid, texts, 0, found=found)
    fields = {field for field, _ in found.values()}
    if not {"name", "performer", "duration"} <= fields or grid.rows < 3:
        return None
    columns = tuple(Column(column, "", *found.get(column, (None, 0.0))) for column in texts)
    return Recognised(TableMapping(table, columns, (), None, grid.name), 1.0)


def working_day_meant(grid: Grid, mapping: TableMapping) -> bool:
    """Whether a bare "ngày" counts in working days here: another time of the table, or its header, says so."""
    columns = [column for column in mapping.columns if column.field == "duration"]
    texts = [column.header for column in columns]
    texts += [cell.text for cell in grid.cells if any(cell.column == column.column for column in columns)]
    return any(says_working(text) for text in texts)
