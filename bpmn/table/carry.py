"""What an Office table cannot say, carried over from the table that it replaces.

An Office file holds less than the table: no ids, no legal basis, no form of a branch as its own field.  So three tables
are compared: the kept one, what a reader finds in an Office file written from it, and what was read from the file that
came.  Where the last two are the same, nobody has changed anything, and the kept words stay.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from bpmn.fiveclear import Branch, FiveClear, Performer, Step
from bpmn.folding import same_text
from bpmn.table.match import partners

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "performer": ("performer", "unit", "co"),
    "co_performers": ("performer", "co"),
    "duration": ("duration",),
    "counted": ("duration",),
    "output": ("output", "result"),
    "forms": ("forms", "result"),
    "responsibility": ("responsibility",),
    "authority": ("authority",),
    "product": ("product",),
}
"""The columns that say a field. A field is not said where none of its columns is in the file."""

ROWS = tuple(field.name for field in fields(Step) if field.name not in ("step_no", "id", "co_performers"))
HEAD = tuple(field.name for field in fields(FiveClear) if field.name not in ("steps", "branches"))


@dataclass(frozen=True, slots=True)
class Carrying:
    """`mirrored`: `kept` written as an Office file and read again.  `columns`: the fields of the columns that came."""

    kept: FiveClear
    mirrored: FiveClear
    columns: frozenset[str]


def carry(carrying: Carrying, came: FiveClear) -> FiveClear:
    """The table that came, with all that it says no other word about than the kept one's mirror as in the kept one."""
    rows = kept_rows(carrying, came)
    steps = [one_step(carrying, step, row) for step, row in zip(came.steps, rows, strict=True)]
    groups = one_name(steps, came, rows)
    head = {name: one_value(carrying, came, name) for name in HEAD}
    steps = [replace(step, parallel_group=group) for step, group in zip(steps, groups, strict=True)]
    return replace(came, steps=tuple(steps), branches=branches_of(carrying, came, rows), **head)  # type: ignore[arg-type]  # fields of FiveClear


Row = tuple[Step, Step]
"""A kept step and its mirror."""


def kept_rows(carrying: Carrying, came: FiveClear) -> list[Row | None]:
    """The kept row of each row that came."""
    mirror = dict(zip(partners(carrying.kept.steps, carrying.mirrored.steps), carrying.mirrored.steps, strict=True))
    known = [(step, mirror[at]) for at, step in enumerate(carrying.kept.steps) if at in mirror]
    found = partners([mirrored for _, mirrored in known], came.steps)
    return [None if at is None else known[at] for at in found]


def one_step(carrying: Carrying, came: Step, row: Row | None) -> Step:
    if row is None:
        return came
    kept, mirrored = row
    values = {name: getattr(kept, name) for name in ROWS if is_kept(carrying, name, mirrored, came)}
    supporters = supporters_of(carrying, came, row)
    return replace(came, id=kept.id, co_performers=supporters, **values)


def is_kept(carrying: Carrying, name: str, mirrored: Step, came: Step) -> bool:
    said = name not in COLUMNS or not carrying.columns.isdisjoint(COLUMNS[name])
    return not said or alike(getattr(mirrored, name), getattr(came, name))


def alike(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return same_text(one, other)
    return one == other


def supporters_of(carrying: Carrying, came: Step, row: Row) -> tuple[Performer, ...]:
    """The supporting performers, each with the words that were kept of him."""
    kept, mirrored = row
    if is_kept(carrying, "co_performers", mirrored, came):
        return kept.co_performers
    pairs = list(zip(mirrored.co_performers, kept.co_performers, strict=False))
    return tuple(next((own for mirror, own in pairs if mirror == found), found) for found in came.co_performers)


def one_name(steps: Sequence[Step], came: FiveClear, rows: Sequence[Row | None]) -> list[str | None]:
    """The parallel groups as they came, under the names that were kept of their members."""
    names: dict[str, str] = {}
    for step, row in zip(came.steps, rows, strict=True):
        own = row[0].parallel_group if row is not None else None
        if step.parallel_group and own and own not in names.values():
            names.setdefault(step.parallel_group, own)
    return [
        names.get(new.parallel_group, new.parallel_group) if new.parallel_group else step.parallel_group
        for step, new in zip(steps, came.steps, strict=True)
    ]


def one_value(carrying: Carrying, came: FiveClear, name: str) -> object:
    kept, mirrored, new = (getattr(table, name) for table in (carrying.kept, carrying.mirrored, came))
    return kept if not new or alike(mirrored, new) else new


def branches_of(carrying: Carrying, came: FiveClear, rows: Sequence[Row | None]) -> tuple[Branch, ...]:
    """The branches that came; those of a step about which nothing else is said stay as they were kept."""
    numbers = {row[0].step_no: step.step_no for step, row in zip(came.steps, rows, strict=True) if row is not None}
    mirrors = {row[1].step_no: step.step_no for step, row in zip(came.steps, rows, strict=True) if row is not None}
    gone = {step.step_no for step in carrying.kept.steps} - numbers.keys()
    kept = [renumbered(branch, numbers) for branch in carrying.kept.branches if not {branch.at, branch.goto} & gone]
    mirrored = [renumbered(branch, mirrors) for branch in carrying.mirrored.branches]
    found: list[Branch] = []
    places = [*(step.step_no for step in came.steps), *(branch.at for branch in (*kept, *came.branches))]
    for at in dict.fromkeys(places):
        mine, theirs = ([branch for branch in some if branch.at == at] for some in (mirrored, came.branches))
        own = [branch for branch in kept if branch.at == at]
        silent = "branch" not in carrying.columns and not theirs
        found += own if silent or mine == theirs else [same_or(branch, mine, own) for branch in theirs]
    return in_order(found, kept)


def renumbered(branch: Branch, numbers: Mapping[str, str]) -> Branch:
    return replace(branch, at=numbers.get(branch.at, branch.at), goto=numbers.get(branch.goto, branch.goto))


def same_or(branch: Branch, mirrored: Sequence[Branch], kept: Sequence[Branch]) -> Branch:
    """A branch as it was kept, where neither its mirror nor its way changed."""
    if branch not in mirrored:
        return branch
    return next((own for own in kept if (own.condition, own.goto) == (branch.condition, branch.goto)), branch)


def in_order(found: Sequence[Branch], kept: Sequence[Branch]) -> tuple[Branch, ...]:
    """The branches in the kept order, new ones behind those of their step."""
    if all(branch in kept for branch in found):
        return tuple(branch for branch in kept if branch in found)
    return tuple(found)
