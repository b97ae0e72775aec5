"""What a file offers to be read: its tables with their titles, the cells of one, and what its columns seem to hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bpmn.folding import search_key
from bpmn.office.grid import Grid, OfficeFile
from bpmn.reading.choice import caption, chosen, recognised
from bpmn.reading.columns import MAX_SEARCH, assigned, header_text, names_fields
from bpmn.reading.durations import unit_in
from bpmn.reading.forms import forms_in
from bpmn.reading.headers import header_key
from bpmn.reading.prose import NAME as PROSE
from bpmn.reading.tidied import tidied
from bpmn.reading.turned import turned
from bpmn.table.reading import SEVERAL, Column, TableMapping

MOST_COLUMNS = 60  # of a mapping made by hand
MOST_TABLES = 60  # that are offered


@dataclass(frozen=True, slots=True)
class TableOutline:
    """A table or a sheet of a file; `number` counts from 0. `steps`: a step table was recognised in it."""

    number: int
    title: str
    rows: int
    columns: int
    steps: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """The tables of a file, and the grid of the one that is read, as its mapping counts it.

    `goes_on` are the tables that seem to go on with it.  Paragraphs read as a table have no number among the tables.
    """

    tables: tuple[TableOutline, ...]
    grid: Grid
    goes_on: tuple[int, ...] = ()

    @property
    def is_prose(self) -> bool:
        """Whether the steps stand in paragraphs."""
        return self.grid.name == PROSE


def outline(file: OfficeFile, mapping: TableMapping) -> Outline | None:
    """What a file offers besides what a mapping chose; None where the mapping fits no table of it."""
    tidy = tidied(file)
    choice = chosen(tidy, sheet=None, table=None, mapping=mapping)
    if choice is None:
        return None
    alone = chosen(tidy, sheet=None, table=mapping.table, mapping=None)
    goes_on = alone.mapping.joined if alone is not None and not mapping.turned else ()
    return Outline(tables_of(tidy), choice.grid, goes_on)


def tables_of(file: OfficeFile) -> tuple[TableOutline, ...]:
    """The first tables of a tidy file that hold anything."""
    forms = {id(grid) for grid in forms_in(file)}
    filled = [at for at, grid in enumerate(file.grids) if any(cell.text for cell in grid.cells)]
    return tuple(outlined(file, at, form=id(file.grids[at]) in forms) for at in filled[:MOST_TABLES])


def outlined(file: OfficeFile, at: int, *, form: bool) -> TableOutline:
    grid = file.grids[at]
    steps = not form and recognised(file, at) is not None
    return TableOutline(at, caption(file, grid, file.grids), grid.rows, grid.columns, steps)


def first_guess(file: OfficeFile) -> TableMapping | None:
    """How the first table of a file might be meant in which no steps were recognised; None without any table."""
    filled = [at for at, grid in enumerate(tidied(file).grids) if any(cell.text for cell in grid.cells)]
    return guess(file, filled[0]) if filled else None


def guess(file: OfficeFile, table: int, *, on_side: bool = False, header: Sequence[int] | None = None) -> TableMapping:
    """How the columns of any table of a file seem to be meant, under the header that a person or the words name.

    Raises `IndexError` for a table that the file does not have.
    """
    grid = tidied(file).grids[table]
    seen = turned(grid) if on_side else grid
    return replace(headed(seen, table, header_of(seen) if header is None else header), turned=on_side)


def headed(grid: Grid, table: int, header: Sequence[int]) -> TableMapping:
    """A grid's mapping under these rows."""
    rows = tuple(sorted(row for row in set(header) if 0 <= row < grid.rows))
    texts = {column: header_text(grid, rows, column) for column in range(min(grid.columns, MOST_COLUMNS))}
    columns = assigned(grid, texts, max(rows, default=-1) + 1)
    unit = next((unit_in(column.header) for column in columns if column.field == "duration"), None)
    return TableMapping(table, columns, rows, unit, grid.name)


def header_of(grid: Grid) -> tuple[int, ...]:
    """The row that names most fields, else the first with several cells."""
    rows = range(min(grid.rows, MAX_SEARCH))
    named = {row: names_fields(cell.text for cell in grid.starting(row)) for row in rows}
    best = max(rows, key=lambda row: (named[row], -row), default=0)
    if named.get(best, 0) > 1:
        return (best,)
    wide = (row for row in rows if sum(1 for cell in grid.starting(row) if cell.text) > 1)
    return tuple([row for _, row in zip(range(1), wide, strict=False)])


def with_fields(mapping: TableMapping, fields: Mapping[str, str]) -> TableMapping:
    """The mapping with what the headers of some columns were said to hold; "" is a column that holds no field.

    `fields` has folded headers (`header_key`). A field that one column may hold alone leaves the column it was in.
    """
    said = {column.column: name for column in mapping.columns if (name := fields.get(header_key(column.header)))}
    silent = {column.column for column in mapping.columns if fields.get(header_key(column.header)) == ""}
    taken: set[str] = set()
    told: dict[int, str] = {}
    for column, name in said.items():
        if name in SEVERAL or name not in taken:
            told[column] = name
            taken.add(name)
    columns = tuple(refilled(column, told, taken, silent=column.column in silent) for column in mapping.columns)
    return replace(mapping, columns=columns)


def refilled(column: Column, told: Mapping[int, str], taken: set[str], *, silent: bool) -> Column:
    """A column with what it was told to hold; its own field is kept where no other column was told to."""
    if column.column in told:
        return replace(column, field=told[column.column], confidence=1.0)
    if silent:
        return replace(column, field=None, confidence=1.0)
    lost = column.field in taken and column.field not in SEVERAL
    return replace(column, field=None, confidence=0.0) if lost else column


def by_habit(file: OfficeFile, fields: Mapping[str, str]) -> TableMapping | None:
    """The mapping of the first table with a row whose words were said before to head tasks and another field."""
    for at, grid in enumerate(tidied(file).grids):
        for row in range(min(grid.rows, MAX_SEARCH)):
            known = {fields.get(header_key(cell.text)) for cell in grid.starting(row) if search_key(cell.text)}
            if "name" in known and len(known - {None, ""}) > 1:
                return with_fields(headed(grid, at, (row,)), fields)
    return None
