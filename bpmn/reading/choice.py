"""Which table of a file is read: the corrected one, the named one, or the first of the surest; the others are named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bpmn.findings import Clear, Finding
from bpmn.folding import search_key
from bpmn.office.grid import Grid, OfficeFile, Paragraph
from bpmn.reading.columns import Recognised, recognise
from bpmn.reading.forms import forms_in
from bpmn.reading.joined import continued, with_joined
from bpmn.reading.prose import with_prose
from bpmn.reading.tidied import TITLE
from bpmn.reading.turned import lies_on_side, recognise_turned, turned
from bpmn.table.reading import TableMapping
from bpmn.verdicts import info

CORE = frozenset({"name", "performer", "duration"})
LONGEST_CAPTION = 200


@dataclass(frozen=True)
class Choice:
    """A grid with its mapping in its file. `others` are the numbers of the file's other step tables.

    Tables that the mapping joins to this one are empty in `file`: their rows stand in `grid`.
    """

    file: OfficeFile
    grid: Grid
    mapping: TableMapping
    others: tuple[int, ...] = ()


def chosen(file: OfficeFile, *, sheet: str | None, table: int | None, mapping: TableMapping | None) -> Choice | None:
    """The table to read. Without any table the paragraphs are read as one; its number is behind the last table's."""
    forms = {id(grid) for grid in forms_in(file)}
    tables = [at for at, grid in enumerate(file.grids) if id(grid) not in forms]
    found = {at: one for at in tables if (one := recognised(file, at)) is not None}
    if mapping is not None:
        return corrected(file, mapping, found)
    whole = with_parts(file, found, alone=table)
    wanted = [one for one in whole if is_wanted(file, one.mapping.table, sheet=sheet, table=table)]
    best = surest(wanted)
    if best is not None:
        others = tuple(one.mapping.table for one in whole if one is not best)
        return choice_of(file, best.mapping, found, others=others)
    prose = with_prose(file) if sheet is None and table in (None, len(file.grids)) else None
    return None if prose is None else Choice(*prose)


def with_parts(file: OfficeFile, found: Mapping[int, Recognised], *, alone: int | None) -> list[Recognised]:
    """The step tables, those that go on with another named in its mapping; the one that is asked for stays alone."""
    whole: list[Recognised] = []
    taken: set[int] = set()
    for at, one in found.items():
        if at in taken and at != alone:
            continue
        joined = continued(file, found, at)
        taken |= set(joined)
        whole.append(replace(one, mapping=replace(one.mapping, joined=joined)))
    return whole


def choice_of(
    file: OfficeFile, mapping: TableMapping, found: Mapping[int, Recognised], *, others: tuple[int, ...] = ()
) -> Choice:
    """The choice of a mapping: its grid turned, or with the rows of the tables that it joins."""
    grids = file.grids
    grid = grids[mapping.table]
    whole, known = (turned(grid), mapping) if mapping.turned else with_joined(file, mapping, found)
    empty = {id(grids[at]): replace(grids[at], cells=()) for at in mapping.joined} | {id(grid): whole}
    blocks = tuple(empty.get(id(block), block) if isinstance(block, Grid) else block for block in file.blocks)
    return Choice(replace(file, blocks=blocks), whole, known, others)


def corrected(file: OfficeFile, mapping: TableMapping, found: Mapping[int, Recognised]) -> Choice | None:
    if 0 <= mapping.table < len(file.grids):
        last = len(file.grids)
        joined = tuple(at for at in sorted(set(mapping.joined)) if mapping.table < at < last and not mapping.turned)
        own = {mapping.table, *joined}
        others = tuple(
            one.mapping.table
            for one in with_parts(file, found, alone=None)
            if own.isdisjoint({one.mapping.table, *one.mapping.joined})
        )
        return choice_of(file, replace(mapping, joined=joined), found, others=others)
    prose = with_prose(file) if mapping.table == len(file.grids) else None
    return None if prose is None else Choice(prose[0], prose[1], mapping)


def recognised(file: OfficeFile, at: int) -> Recognised | None:
    """The step table in a grid, upright or on its side; a hidden sheet counts less."""
    grid = file.grids[at]
    aside = recognise_turned(grid, at) if lies_on_side(grid) else None
    found = aside or recognise(grid, at)
    return None if found is None else replace(found, score=found.score - 5 * grid.invisible)


def is_wanted(file: OfficeFile, at: int, *, sheet: str | None, table: int | None) -> bool:
    return (sheet is None or file.grids[at].name == sheet) and (table is None or at == table)


def surest(found: Sequence[Recognised]) -> Recognised | None:
    """The first table that is as complete as the surest one: of cases a) and b) it is a)."""
    best = max(found, key=lambda one: one.score, default=None)
    if best is None:
        return None
    return next(one for one in found if core(one) >= core(best) and one.score > best.score - 2)


def core(found: Recognised) -> frozenset[str]:
    return CORE & {column.field for column in found.mapping.columns if column.field}


def more_tables(choice: Choice) -> Finding:
    """The file's other step tables by title and number; to people the first table or sheet is number 1."""
    grids = choice.file.grids
    steps = [grids[at] for at in (choice.mapping.table, *choice.others)]
    titles = [caption(choice.file, grids[at], steps) for at in choice.others]
    read = caption(choice.file, choice.grid, steps)
    return info("more-tables", clear=Clear.FILE, read=read, others=titles, tables=[at + 1 for at in choice.others])


def title_within(grid: Grid) -> str | None:
    """The title in a table's own first row."""
    first = next((cells for row in range(grid.rows) if (cells := [c for c in grid.starting(row) if c.text])), [])
    return first[0].text[:LONGEST_CAPTION] if len(first) == 1 and TITLE.match(search_key(first[0].text)) else None


def told_of(choice: Choice) -> list[Finding]:
    """How the table was put together: of which tables, and whether it was turned."""
    found = []
    if choice.mapping.turned:
        found.append(info("table-turned", clear=Clear.FILE, table=choice.mapping.table + 1))
    if choice.mapping.joined:
        tables = [choice.mapping.table + 1, *(at + 1 for at in choice.mapping.joined)]
        found.append(info("tables-joined", clear=Clear.FILE, tables=tables))
    return found


def caption(file: OfficeFile, grid: Grid, steps: Sequence[Grid]) -> str:
    """A sheet's name, or the last line before a Word table, `steps` being the step tables; its number without."""
    if own := title_within(grid):
        return own
    if not grid.name.isdigit():
        return grid.name
    at = next(at for at, block in enumerate(file.blocks) if block is grid)
    for block in reversed(file.blocks[:at]):
        if any(block is other for other in steps):
            break
        if isinstance(block, Paragraph) and block.text.strip():
            return block.text.strip().split("\n")[-1][:LONGEST_CAPTION]
    return grid.name
