"""Grids for tests: rows of texts, with merged areas."""

from collections.abc import Sequence

from bpmn.office.grid import Cell, Grid, OfficeFile, Paragraph, address
from bpmn.reading.recognise import read_blocks
from bpmn.table.reading import TableReading

Area = tuple[int, int, int, int]
"""Top, left, bottom, right; counted from 0."""


def grid_of(rows: Sequence[Sequence[str]], merges: Sequence[Area] = ()) -> Grid:
    """A grid; texts under a merged area's corner are left out."""
    corner = {(r, c): area for area in merges for r in range(area[0], area[2] + 1) for c in range(area[1], area[3] + 1)}
    cells = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            area = corner.get((row, column))
            if area and (row, column) != area[:2]:
                continue
            rows_, columns = (area[2] - area[0] + 1, area[3] - area[1] + 1) if area else (1, 1)
            if text or area:
                cells.append(Cell(row, column, text, {"cell": address(row, column)}, rows_, columns))
    return Grid("Bảng", tuple(cells))


def read(rows: Sequence[Sequence[str]], *, merges: Sequence[Area] = (), before: Sequence[str] = ()) -> TableReading:
    """What is read from a grid with paragraphs before it."""
    paragraphs = [Paragraph(text, at) for at, text in enumerate(before, start=1)]
    return read_blocks(OfficeFile((*paragraphs, grid_of(rows, merges))))
