"""Grids as their writers meant them: cells under their headers although drawn by hand, one procedure to a table."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from bpmn.folding import search_key
from bpmn.office.grid import Cell, Grid, OfficeFile
from bpmn.reading.columns import header_like

TITLE = re.compile(r"^(?:[ivx\d]{1,4}\s*[.)/:-]\s*|[a-d]\s*[.)/]\s*)?(?:(?:ten )?(?:quy trinh|thu tuc)|truong hop)\b")
LEAST_ROWS = 3


def tidied(file: OfficeFile) -> OfficeFile:
    """The file with every grid regular, and parted where titles in it begin further procedures."""
    blocks = tuple(
        part for block in file.blocks for part in ([block] if not isinstance(block, Grid) else parted(regular(block)))
    )
    return OfficeFile(blocks, file.findings)


def regular(grid: Grid) -> Grid:
    """A Word table whose rows have the same cells at other places, as one drawn by hand has, put in columns.

    Only rows with as many cells as most others are moved, and only to where those have theirs.
    """
    if any(cell.rows > 1 or "table" not in cell.place for cell in grid.cells):
        return grid
    shapes = {row: tuple((cell.column, cell.columns) for cell in grid.starting(row)) for row in range(grid.rows)}
    usual = Counter(len(shape) for shape in shapes.values() if len(shape) >= LEAST_ROWS).most_common(1)
    alike = [shape for shape in shapes.values() if usual and len(shape) == usual[0][0]]
    if len(set(alike)) < 2 or any(width != grid.columns for width in map(reach, alike)):
        return grid
    first = alike[0]
    cells: list[Cell] = []
    for row, shape in shapes.items():
        fits = len(shape) == len(first) and shape != first
        places = first if fits else shape
        cells += [
            replace(cell, column=column, columns=width)
            for cell, (column, width) in zip(grid.starting(row), places, strict=True)
        ]
    return replace(grid, cells=tuple(cells))


def reach(shape: tuple[tuple[int, int], ...]) -> int:
    """The column behind the last cell of a row."""
    return shape[-1][0] + shape[-1][1]


def parted(grid: Grid) -> Iterator[Grid]:
    """The tables of a grid: each title row with a header below it, behind a first table, begins one of its own."""
    starts = [row for row in range(grid.rows) if begins(grid, row)]
    cuts = [0, *starts[1:], grid.rows]
    if len(starts) < 2 or not any(header_like(grid, row) for row in range(starts[0], starts[1])):
        yield grid
        return
    for top, end in pairwise(cuts):
        cells = tuple(replace(cell, row=cell.row - top) for cell in grid.cells if top <= cell.row < end)
        folded = frozenset(row - top for row in grid.folded if top <= row < end)
        yield replace(grid, cells=cells, folded=folded)


def begins(grid: Grid, row: int) -> bool:
    """Whether a row is a title that a header follows."""
    filled = [cell for cell in grid.starting(row) if cell.text]
    if len(filled) != 1 or TITLE.match(search_key(filled[0].text)) is None:
        return False
    below = [other for other in range(row + 1, min(row + 5, grid.rows)) if any(c.text for c in grid.starting(other))]
    return any(header_like(grid, other) for other in below[:3])
