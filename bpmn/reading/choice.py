"""Which table of a file is read: the corrected one, the named one, or the first of the surest; the others are named."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bpmn.findings import Clear, Finding
from bpmn.office.grid import Grid, OfficeFile, Paragraph
from bpmn.reading.columns import Recognised, recognise
from bpmn.reading.prose import with_prose
from bpmn.table.reading import TableMapping
from bpmn.verdicts import info

CORE = frozenset({"name", "performer", "duration"})
LONGEST_CAPTION = 200


@dataclass(frozen=True)
class Choice:
    """A grid with its mapping in its file. `others` are the numbers of the file's other step tables."""

    file: OfficeFile
    grid: Grid
    mapping: TableMapping
    others: tuple[int, ...] = ()


def chosen(file: OfficeFile, *, sheet: str | None, table: int | None, mapping: TableMapping | None) -> Choice | None:
    """The table to read. Without any table the paragraphs are read as one; its number is behind the last table's."""
    if mapping is not None:
        return corrected(file, mapping)
    found = [one for at in range(len(file.grids)) if (one := recognised(file, at)) is not None]
    wanted = [one for one in found if is_wanted(file, one.mapping.table, sheet=sheet, table=table)]
    best = surest(wanted)
    if best is not None:
        others = tuple(one.mapping.table for one in found if one is not best)
        return Choice(file, file.grids[best.mapping.table], best.mapping, others)
    prose = with_prose(file) if sheet is None and table in (None, len(file.grids)) else None
    return None if prose is None else Choice(*prose)


def corrected(file: OfficeFile, mapping: TableMapping) -> Choice | None:
    if 0 <= mapping.table < len(file.grids):
        return Choice(file, file.grids[mapping.table], mapping)
    prose = with_prose(file) if mapping.table == len(file.grids) else None
    return None if prose is None else Choice(prose[0], prose[1], mapping)


def recognised(file: OfficeFile, at: int) -> Recognised | None:
    """The step table in a grid; a hidden sheet counts less."""
    found = recognise(file.grids[at], at)
    return None if found is None else replace(found, score=found.score - 5 * file.grids[at].invisible)


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
    titles = [caption(choice.file, grids[at]) for at in choice.others]
    read = caption(choice.file, choice.grid)
    return info("more-tables", clear=Clear.FILE, read=read, others=titles, tables=[at + 1 for at in choice.others])


def caption(file: OfficeFile, grid: Grid) -> str:
    """A sheet's name, or the last line before a Word table; its number where there is none."""
    if not grid.name.isdigit():
        return grid.name
    at = next(at for at, block in enumerate(file.blocks) if block is grid)
    for block in reversed(file.blocks[:at]):
        if isinstance(block, Grid):
            break
        if isinstance(block, Paragraph) and block.text.strip():
            return block.text.strip().split("\n")[-1][:LONGEST_CAPTION]
    return grid.name
