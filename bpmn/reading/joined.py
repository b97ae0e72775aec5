"""Tables that go on with the steps of the one before, put together: over a page, or part by part of one procedure.

What tells that two tables are one: the same columns, and numbers that go on; or numbers that begin anew below a
caption that names a part ("Giai đoạn 2", "II. Cấp xã").  A title, a case or a total between them parts procedures.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bpmn.folding import search_key
from bpmn.office.grid import Cell, Grid, OfficeFile, Paragraph
from bpmn.reading.columns import Recognised
from bpmn.reading.headers import header_key
from bpmn.reading.lines import Line, lines_of
from bpmn.table.reading import Column, TableMapping

OTHER = re.compile(r"\b(?:quy trinh|thu tuc|truong hop|phu luc|bieu mau|ho so luu|luu do|nhom)\b")
PART = re.compile(
    r"^(?:\(?(?:[ivx]{1,4}|[a-e]|\d{1,2}(?:\.\d{1,2}){0,2})\s*[.):/-]\s*|giai doan|phan|cap|cong doan|buoc"
    r"|tai |[-+*]\s*tai |thuc hien tai)"
)
GOES_ON = re.compile(r"^\(?\s*(?:tiep(?: theo)?|tiep tuc|trang \d+)\b")


def continued(file: OfficeFile, found: Mapping[int, Recognised], first: int) -> tuple[int, ...]:
    """The tables that go on with the table `first`, in order."""
    goes: list[int] = []
    mapping = found[first].mapping
    if mapping.turned or first + 1 >= len(file.grids):
        return ()
    lines = lines_of(file.grids[first], mapping)
    for at in range(first + 1, len(file.grids)):
        other = found.get(at)
        follower = fitted(file.grids[at], mapping, other)
        if follower is None:
            break
        more = lines_of(*follower)
        if not goes_on(lines, more, captions(file, file.grids[at - 1], file.grids[at])):
            break
        goes.append(at)
        lines = more
    return tuple(goes)


def fitted(grid: Grid, mapping: TableMapping, own: Recognised | None) -> tuple[Grid, TableMapping] | None:
    """A table with the mapping by which it may go on with another: the same fields under a header, or no header."""
    if own is not None and own.mapping.header_rows:
        mine, others = fields_of(own.mapping), fields_of(mapping)
        return (grid, own.mapping) if not own.mapping.turned and mine == others else None
    if not grid.cells or grid.columns != 1 + max(column.column for column in mapping.columns):
        return None
    return grid, replace(mapping, table=mapping.table, header_rows=())


def fields_of(mapping: TableMapping) -> frozenset[str]:
    return frozenset(column.field for column in mapping.columns if column.field)


def captions(file: OfficeFile, before: Grid, after: Grid) -> list[Paragraph]:
    """The paragraphs between two tables."""
    start = next(at for at, block in enumerate(file.blocks) if block is before)
    end = next(at for at, block in enumerate(file.blocks) if block is after)
    between = file.blocks[start + 1 : end]
    return [block for block in between if isinstance(block, Paragraph) and block.text.strip()]


def goes_on(lines: Sequence[Line], more: Sequence[Line], between: Sequence[Paragraph]) -> bool:
    """Whether the lines of a table are more steps of the same procedure."""
    texts = [search_key(paragraph.text) for paragraph in between if not GOES_ON.match(search_key(paragraph.text))]
    before = [line.number for line in lines if line.number is not None]
    after = next((line.number for line in more if line.number is not None), None)
    numbered = [line for line in more if line.number is not None]
    if any(OTHER.search(text) for text in texts) or any(line.kind == "total" for line in lines):
        return False
    if not before or after is None or not numbered:
        return not texts and not before and not numbered
    if follows(before[-1], after):
        return True
    return after in ("1", "1.1", "1a") and bool(texts) and PART.match(texts[-1]) is not None


def follows(before: str, number: str) -> bool:
    """Whether a number comes after another: 4 after 3, after 3b or after 3.2; 3.2 after 3.1; 3b after 3a."""
    last, here = re.findall(r"\d+|[a-zđ]", before), re.findall(r"\d+|[a-zđ]", number)
    if not last or not here or not last[0].isdigit() or not here[0].isdigit():
        return False
    if int(here[0]) == int(last[0]) + 1:
        return len(here) == 1 or here[1:] in (["1"], ["a"])
    return here[0] == last[0] and here != last and here[1:] > last[1:]


def with_joined(file: OfficeFile, mapping: TableMapping, found: Mapping[int, Recognised]) -> tuple[Grid, TableMapping]:
    """The grid of a mapping with the rows of the tables that it joins, and the mapping with their own columns."""
    grids = file.grids
    whole, columns = grids[mapping.table], mapping.columns
    parts = [captions(file, grids[at - 1], grids[at]) for at in mapping.joined]
    if any(is_part(part) for part in parts):
        whole = under_caption(whole, mapping, above(file, whole))
    for at in mapping.joined:
        own = found.get(at)
        follower = own.mapping if own is not None and own.mapping.header_rows else None
        columns, moved = aligned(columns, follower)
        caption = captions(file, grids[at - 1], grids[at])
        whole = appended(whole, grids[at], follower, moved=moved, caption=caption[-1] if caption else None)
    return whole, replace(mapping, columns=columns)


def aligned(columns: tuple[Column, ...], own: TableMapping | None) -> tuple[tuple[Column, ...], Mapping[int, int]]:
    """The columns of two tables together, and where each column of the second goes."""
    moved: dict[int, int] = {}
    if own is None:
        return columns, moved
    known = {column.field: column.column for column in columns if column.field}
    headed = {header_key(column.header): column.column for column in columns if not column.field}
    for column in own.columns:
        place = known.get(column.field) if column.field else headed.get(header_key(column.header))
        if place is None:
            place = 1 + max(other.column for other in columns)
            columns = (*columns, replace(column, column=place))
        moved[column.column] = place
    return columns, moved


def appended(
    whole: Grid, grid: Grid, own: TableMapping | None, *, moved: Mapping[int, int], caption: Paragraph | None
) -> Grid:
    """The rows of a table below those of another; a caption between them becomes a section of its own."""
    first = max(own.header_rows, default=-1) + 1 if own is not None else 0
    top = whole.rows
    heading: list[Cell] = []
    if caption is not None and is_part([caption]):
        heading = [heading_cell(caption, top, whole)]
    down = top + len(heading) - first
    rows = [
        replace(cell, row=cell.row + down, column=moved.get(cell.column, cell.column))
        for cell in grid.cells
        if cell.row >= first
    ]
    folded = whole.folded | {row + down for row in grid.folded if row >= first}
    return replace(whole, cells=(*whole.cells, *heading, *rows), folded=folded)


def is_part(between: Sequence[Paragraph]) -> bool:
    """Whether the last of some captions names a part of a procedure."""
    return bool(between) and PART.match(search_key(between[-1].text)) is not None


def heading_cell(caption: Paragraph, row: int, grid: Grid) -> Cell:
    place = {"member": "word/document.xml", "paragraph": caption.number}
    return Cell(row, 0, caption.text, place, columns=max(grid.columns, 2))


def above(file: OfficeFile, grid: Grid) -> Paragraph | None:
    """The paragraph right above a table that names the first of its parts."""
    at = next(at for at, block in enumerate(file.blocks) if block is grid)
    before = next(
        (block for block in reversed(file.blocks[:at]) if isinstance(block, Grid) or block.text.strip()), None
    )
    return before if isinstance(before, Paragraph) and is_part([before]) else None


def under_caption(grid: Grid, mapping: TableMapping, caption: Paragraph | None) -> Grid:
    """A table with the caption above it as the section of its first rows."""
    if caption is None:
        return grid
    first = max(mapping.header_rows, default=-1) + 1
    moved = [replace(cell, row=cell.row + 1) if cell.row >= first else cell for cell in grid.cells]
    folded = frozenset(row + 1 if row >= first else row for row in grid.folded)
    return replace(grid, cells=(*moved, heading_cell(caption, first, grid)), folded=folded)
