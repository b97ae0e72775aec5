"""Tables whose steps are columns, turned: the words of a header stand one below the other in their first column."""

from collections.abc import Iterable
from dataclasses import replace

from bpmn.office.grid import Cell, Grid
from bpmn.reading.columns import MAX_SEARCH, Recognised, recognise, tells_step
from bpmn.reading.headers import by_words

SURE = 0.75
LEAST_WORDS = 3  # of a header, in a first column
MAX_SIDE = 4  # columns beside which a table may begin


def turned(grid: Grid) -> Grid:
    """The grid with its rows as columns; every cell keeps the place that it has in the file."""
    cells = [
        Cell(cell.column, cell.row, cell.text, cell.place, cell.columns, cell.rows, cell.kind, cell.comment)
        for cell in grid.cells
    ]
    in_order = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    return replace(grid, cells=in_order, hidden=grid.folded, folded=grid.hidden)


def recognise_turned(grid: Grid, table: int) -> Recognised | None:
    """The step table in a grid that lies on its side, or None."""
    first = headings(grid)
    named = surely_named(first)
    if named < LEAST_WORDS or named * 2 < len(first) or grid.columns < LEAST_WORDS:
        return None
    found = recognise(turned(grid), table)
    if found is None or not found.mapping.header_rows:
        return None
    return replace(found, mapping=replace(found.mapping, turned=True))


def headings(grid: Grid) -> list[str]:
    """The texts of the column, of the first ones, that names most fields."""
    columns = [[cell.text for cell in grid.cells if cell.column == at and cell.text] for at in range(MAX_SIDE)]
    return max(columns, key=surely_named)


def surely_named(texts: Iterable[str]) -> int:
    """How many fields texts name by little else than the words of a header: "Hồ sơ" does, a task that has them not."""
    return len({field for field, score in map(by_words, texts) if field and score >= SURE})


def lies_on_side(grid: Grid) -> bool:
    """Whether the rows of a grid, not its columns, are headed by the words of a header; a long table never is."""
    if grid.rows > MAX_SEARCH:
        return False
    upright = max((width(grid, row) for row in range(min(grid.rows, MAX_SEARCH))), default=0)
    return surely_named(headings(grid)) > upright


def width(grid: Grid, row: int) -> int:
    """How many fields a row names as a header would."""
    texts = [cell.text for cell in grid.starting(row)]
    return 0 if any(map(tells_step, texts)) else len({field for text in texts if (field := by_words(text)[0])})
