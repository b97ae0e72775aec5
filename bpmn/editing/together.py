"""What two people made of one table, together: row by row and word by word.

The same law as of documents (`bpmn.threeway`): what one of them changed is taken; where both changed one place the
other's stays and the place is told; a row that one took out and the other wrote in stays.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from bpmn.editing.fields import FIELDS, HEAD_FIELDS, field_text, head_text
from bpmn.editing.numbers import Rows, provisional, renumbered
from bpmn.fiveclear import Branch, FiveClear, Performer, Step
from bpmn.threeway import Conflict

CELLS = {"performer": "position", "duration": "time", "counted": "time", "co_performers": "co"}
"""Fields of a step that stand in a cell of another name."""
Key = Hashable


@dataclass(slots=True)
class Three:
    """One kind of things in the three tables, by key; `told` grows."""

    base: Mapping[Any, Any]
    mine: Mapping[Any, Any]
    theirs: Mapping[Any, Any]
    told: list[Conflict] = field(default_factory=list)


def together(base: FiveClear, mine: FiveClear, theirs: FiveClear) -> tuple[FiveClear, Sequence[Conflict]]:
    """The table of both, and where they disagree: `theirs` stands there. Rows are known by their ids."""
    told: list[Conflict] = []
    ways = Three(ways_of(base), ways_of(mine), ways_of(theirs), told)
    rows = Three(rows_of(base), rows_of(mine), rows_of(theirs), told)
    steps = {row: step for row in known(rows) if (step := row_together(row, rows, ways)) is not None}
    order = woven(tuple(tuple(side) for side in (rows.base, rows.mine, rows.theirs)), steps)
    numbered = numbers([steps[row] for row in order], rows)
    ids = {step.id or "": step.step_no for step in numbered}
    heirs = heirs_of(rows, steps)
    stay = (way for key in known(ways) if (way := way_together(key, ways)) is not None and way.at not in heirs)
    led = tuple(replace(way, at=ids.get(way.at, way.at), goto=led_to(way.goto, ids, heirs)) for way in stay)
    whole = replace(head_together((base, mine, theirs), told), steps=numbered, branches=led)
    before = Rows({step.step_no: step.id or "" for step in numbered}, Rows.of(theirs).plain)
    return renumbered(whole, before), tuple(dict.fromkeys(told))


def rows_of(table: FiveClear) -> Mapping[str, Step]:
    return {step.id or "": step for step in table.steps}


def ways_of(table: FiveClear) -> Mapping[Key, Branch]:
    """The branches with ids for numbers, by row, condition and how often the two came before."""
    ids = {step.step_no: step.id or "" for step in reversed(table.steps)}
    found: dict[Key, Branch] = {}
    often: Counter[Key] = Counter()
    for way in table.branches:
        named = replace(way, at=ids.get(way.at, way.at), goto=ids.get(way.goto, way.goto))
        place = named.at, named.condition
        found[*place, often[place]] = named
        often[place] += 1
    return found


def known(three: Three) -> Sequence[Any]:
    return woven(tuple(tuple(side) for side in (three.base, three.mine, three.theirs)), None)


def row_together(row: str, rows: Three, ways: Three) -> Step | None:
    """The row, or None where it is gone."""
    was, mine, theirs = (side.get(row) for side in (rows.base, rows.mine, rows.theirs))
    stays: Step | None = mine or theirs
    if mine is None or theirs is None:
        if was is None or stays is None:
            return stays
        side = ways.mine if mine is not None else ways.theirs
        if same_row(was, stays) and not added_ways(row, side, ways.base):
            return None
        rows.told.append(Conflict(row, "removed", *((stays.name, None) if mine is not None else (None, stays.name))))
        return stays
    values = {
        each.name: words_together(row, each.name, (was, mine, theirs), rows.told)
        for each in fields(Step)
        if each.name not in ("id", "step_no")
    }
    joined: Step = replace(theirs, **values)
    return joined


def same_row(one: Step, other: Step) -> bool:
    return replace(one, step_no="") == replace(other, step_no="")


def added_ways(row: str, side: Mapping[Any, Branch], base: Mapping[Any, Branch]) -> bool:
    """Whether a row has a way out that it had not."""
    return any(way.at == row and key not in base for key, way in side.items())


def words_together(row: str, name: str, sides: tuple[Step | None, Step, Step], told: list[Conflict]) -> object:
    was, mine, theirs = (getattr(side, name, None) for side in sides)
    if name == "performer" and isinstance(mine, Performer) and isinstance(theirs, Performer):
        return performer_together(row, (was, mine, theirs), told)
    cell = CELLS.get(name, name)
    return chosen((was, mine, theirs), told, conflict_of(row, cell, sides[1], sides[2]))


def conflict_of(row: str, cell: str, mine: Step, theirs: Step) -> Conflict:
    texts = [field_text(side, cell) if cell in FIELDS else None for side in (mine, theirs)]
    return Conflict(row, cell, *texts)


def performer_together(
    row: str, sides: tuple[Performer | None, Performer, Performer], told: list[Conflict]
) -> Performer:
    """Position and unit are two cells."""
    values = {}
    for each in fields(Performer):
        name = each.name
        asked = [getattr(side, name, None) for side in sides]
        texts = [str(value or "") for value in asked[1:]]
        values[name] = chosen(asked, told, Conflict(row, name, *texts))
    return replace(sides[2], **values)


def chosen(values: Sequence[Any], told: list[Conflict], conflict: Conflict) -> Any:
    was, mine, theirs = values
    if mine in (was, theirs):
        return theirs
    if theirs != was:
        told.append(conflict)
        return theirs
    return mine


def way_together(key: Key, ways: Three) -> Branch | None:
    was, mine, theirs = (side.get(key) for side in (ways.base, ways.mine, ways.theirs))
    stays: Branch | None = theirs or mine
    if stays is not None and mine not in (was, theirs) and theirs != was:
        ways.told.append(Conflict(stays.at, "way", shown(mine), shown(theirs)))
    elif mine in (was, theirs):
        stays = theirs
    else:
        stays = mine
    return stays


def shown(way: Branch | None) -> str | None:
    return None if way is None else f"{way.condition} → {way.goto}"


def head_together(tables: tuple[FiveClear, FiveClear, FiveClear], told: list[Conflict]) -> FiveClear:
    values: dict[str, Any] = {}
    for name in (each.name for each in fields(FiveClear) if each.name not in ("steps", "branches")):
        texts = [head_text(table, name) if name in HEAD_FIELDS else None for table in tables[1:]]
        asked = [getattr(table, name) for table in tables]
        values[name] = chosen(asked, told, Conflict(None, name, *texts))
    return replace(tables[2], **values)


def woven(sides: Sequence[Sequence[Any]], left: Mapping[Any, Any] | None) -> list[Any]:
    """The keys in the order of whoever changed it; others stand behind what they stood behind. `left`: those that
    stay, None for all."""
    base, mine, theirs = sides
    common = set(base) & set(mine) & set(theirs)
    orders = [[key for key in side if key in common] for side in sides]
    leads = mine if orders[1] != orders[0] and orders[2] == orders[0] else theirs
    order = list(leads)
    for other in (theirs, mine, base):
        before: Any = None
        for key in other:
            if key not in order:
                order.insert(0 if before is None else order.index(before) + 1, key)
            before = key
    return [key for key in order if left is None or key in left]


def numbers(steps: Sequence[Step], rows: Three) -> tuple[Step, ...]:
    """The rows with their own numbers; a number that another row has is given anew."""
    taken = {step.step_no for step in steps if step.id in rows.theirs}
    found = []
    for step in steps:
        mine = step.id not in rows.theirs and step.step_no in taken
        found.append(replace(step, step_no=provisional(step)) if mine else step)
        taken.add(step.step_no)
    return tuple(found)


def heirs_of(rows: Three, steps: Mapping[str, Step]) -> Mapping[str, str | None]:
    """For each row that is gone the one behind it that is left."""
    found: dict[str, str | None] = {}
    for side in (rows.theirs, rows.mine, rows.base):
        names = list(side)
        for at, name in enumerate(names):
            if name not in steps:
                found[name] = next((each for each in names[at:] if each in steps), None)
    return found


def led_to(goto: str, ids: Mapping[str, str], heirs: Mapping[str, str | None]) -> str:
    """Where a way leads now, as a number or an ending."""
    if goto in heirs:
        heir = heirs[goto]
        return ids[heir] if heir is not None else "end_1"
    return ids.get(goto, goto)
