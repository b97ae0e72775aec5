"""What an Office file holds, without its format: paragraphs and grids of cells, each knowing its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bpmn.findings import Clear, Finding, Severity

MAX_ROWS = 10_000
MAX_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell where it starts; rows and columns count from 0.

    `text` is what a reader sees, lines by newlines.  `kind`: text | number | date | error | formula, the last for a
    formula without cached value.  `place` names the cell for a person.
    """

    row: int
    column: int
    text: str
    place: Mapping[str, object]
    rows: int = 1
    columns: int = 1
    kind: str = "text"
    comment: str | None = None


@dataclass(frozen=True)
class Grid:
    """A table of a document, or a sheet. `hidden` are hidden columns, `folded` hidden rows."""

    name: str
    cells: Sequence[Cell]
    hidden: frozenset[int] = frozenset()
    invisible: bool = False
    folded: frozenset[int] = frozenset()

    @cached_property
    def rows(self) -> int:
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @cached_property
    def columns(self) -> int:
        return max((cell.column + cell.columns for cell in self.cells), default=0)

    @cached_property
    def covering(self) -> Mapping[tuple[int, int], Cell]:
        """Every covered place with its cell."""
        return {place: cell for cell in self.cells for place in places(cell)}

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place."""
        return self.covering.get((row, column))

    def starting(self, row: int) -> list[Cell]:
        """The cells that start in a row, from left to right."""
        return self.by_row.get(row, [])

    @cached_property
    def by_row(self) -> Mapping[int, list[Cell]]:
        found: dict[int, list[Cell]] = {}
        for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.column)):
            found.setdefault(cell.row, []).append(cell)
        return found


def places(cell: Cell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + cell.rows):
        for column in range(cell.column, cell.column + cell.columns):
            yield row, column


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside tables; `number` counts from 1 in the document."""

    text: str
    number: int
    bold: bool = False


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """The blocks of a file in order. Rejected exactly when a finding is a reject."""

    blocks: Sequence[Paragraph | Grid] = ()
    findings: Sequence[Finding] = field(default=())

    @property
    def grids(self) -> list[Grid]:
        return [block for block in self.blocks if isinstance(block, Grid)]


def letters(column: int) -> str:
    """The letters of a column that counts from 0: 0 → A, 27 → AB."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, column: int) -> str:
    return f"{letters(column)}{row + 1}"


def to_plain(file: OfficeFile) -> dict[str, object]:
    """The file as JSON values: what the child process prints."""
    return {
        "blocks": [plain_block(block) for block in file.blocks],
        "findings": [plain_finding(finding) for finding in file.findings],
    }


def plain_block(block: Paragraph | Grid) -> dict[str, object]:
    if isinstance(block, Paragraph):
        return {"text": block.text, "number": block.number, "bold": block.bold}
    cells = [
        [cell.row, cell.column, cell.text, dict(cell.place), cell.rows, cell.columns, cell.kind, cell.comment]
        for cell in block.cells
    ]
    hidden = {"hidden": sorted(block.hidden), "invisible": block.invisible, "folded": sorted(block.folded)}
    return {"name": block.name, "cells": cells, **hidden}


def plain_finding(finding: Finding) -> list[object]:
    return [finding.code, finding.severity.value, dict(finding.facts), finding.reject]


def from_plain(values: Mapping[str, list[object]]) -> OfficeFile:
    """The file from the child's JSON values."""
    return OfficeFile(
        blocks=tuple(block_from(block) for block in values["blocks"]),
        findings=tuple(finding_from(finding) for finding in values["findings"]),
    )


def block_from(values: object) -> Paragraph | Grid:
    if not isinstance(values, dict):
        raise TypeError(values)
    if "cells" not in values:
        return Paragraph(values["text"], values["number"], values["bold"])
    cells = tuple(Cell(*cell) for cell in values["cells"])
    hidden, folded = frozenset(values["hidden"]), frozenset(values["folded"])
    return Grid(values["name"], cells, hidden, values["invisible"], folded)


def finding_from(values: object) -> Finding:
    if not isinstance(values, list):
        raise TypeError(values)
    code, severity, facts, refused = values
    return Finding(code, Severity(severity), Clear.FILE, facts=facts, reject=refused)
