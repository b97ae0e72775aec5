"""Differences of tables: head, steps, branches."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from bpmn.compare.change import Change, plain
from bpmn.compare.matching import Pair, alike, folded, matched, moved
from bpmn.fiveclear import Branch, Duration, FiveClear, Performer, Step
from bpmn.folding import normal

LISTS = ("legal_basis", "inputs", "outputs", "windows")
NOT_HEAD = frozenset({"steps", "branches", "extra", *LISTS})
NOT_PLAIN = frozenset({"id", "performer", "duration", "extra"})


@dataclass(frozen=True, slots=True)
class Steps:
    """Both versions' steps and which belong together."""

    old: Sequence[Step]
    new: Sequence[Step]
    pairs: Sequence[Pair]

    @property
    def numbers(self) -> Mapping[str, str]:
        """New numbers by old ones."""
        return {normal(self.old[one].step_no): normal(self.new[other].step_no) for one, other in self.pairs}


def compare_tables(old: FiveClear, new: FiveClear) -> Iterator[Change]:
    """All differences of two tables, head first."""
    steps = Steps(old.steps, new.steps, matched(old.steps, new.steps))
    yield from head_changes(old, new)
    yield from step_changes(steps)
    yield from branch_changes(old.branches, new.branches, steps)


def head_changes(old: FiveClear, new: FiveClear) -> Iterator[Change]:
    for each in fields(FiveClear):
        if each.name not in NOT_HEAD:
            yield from differing("head-changed", each.name, getattr(old, each.name), getattr(new, each.name))
    for name in LISTS:
        yield from item_changes(name, getattr(old, name), getattr(new, name))
    yield from extra_changes("head-changed", old.extra, new.extra)


def differing(
    kind: str, name: str, old: object, new: object, *, element: str | None = None, no: str | None = None
) -> Iterator[Change]:
    """One change where two values are not the same."""
    if plain(old) != plain(new):
        yield Change(kind, element, no, name, plain(old), plain(new))


def item_changes(name: str, old: Sequence[object], new: Sequence[object]) -> Iterator[Change]:
    """What was taken from a list and what was put in, or that only its order changed."""
    before, after = [repr(plain(item)) for item in old], [repr(plain(item)) for item in new]
    removed, added = Counter(before) - Counter(after), Counter(after) - Counter(before)
    for text, item in zip(before, old, strict=True):
        if removed[text] > 0:
            removed[text] -= 1
            yield Change("item-removed", field=name, old=plain(item))
    for text, item in zip(after, new, strict=True):
        if added[text] > 0:
            added[text] -= 1
            yield Change("item-added", field=name, new=plain(item))
    if before != after and Counter(before) == Counter(after):
        yield Change("items-reordered", field=name, old=plain(old), new=plain(new))


def extra_changes(
    kind: str,
    old: Mapping[str, object],
    new: Mapping[str, object],
    *,
    element: str | None = None,
    no: str | None = None,
) -> Iterator[Change]:
    for key in dict.fromkeys([*old, *new]):
        yield from differing(kind, f"extra.{key}", old.get(key), new.get(key), element=element, no=no)


def step_changes(steps: Steps) -> Iterator[Change]:
    """Removed, added, moved and changed steps; the last two in the new order."""
    kept = {one for one, _ in steps.pairs}
    for at, step in enumerate(steps.old):
        if at not in kept:
            yield Change("step-removed", step.id, step.step_no, old=plain(step))
    origins = {other: one for one, other in steps.pairs}
    far = moved(steps.pairs)
    for at, step in enumerate(steps.new):
        if at not in origins:
            yield Change("step-added", step.id, step.step_no, new=plain(step))
            continue
        if at in far:
            places = (before(steps.old, origins[at]), before(steps.new, at))
            yield Change("step-moved", step.id, step.step_no, None, *places)
        yield from changes_of(steps.old[origins[at]], step)


def before(steps: Sequence[Step], at: int) -> str | None:
    """The number of the step before; None for the first."""
    return steps[at - 1].step_no if at else None


def changes_of(old: Step, new: Step) -> Iterator[Change]:
    """What of one step changed, field by field."""
    kind, place = "step-changed", {"element": new.id or old.id, "no": new.step_no}
    for each in fields(Step):
        if each.name not in NOT_PLAIN:
            yield from differing(kind, each.name, getattr(old, each.name), getattr(new, each.name), **place)
    yield from performer_changes(old.performer, new.performer, place)
    yield from time_changes(old.duration, new.duration, place)
    yield from extra_changes(kind, old.extra, new.extra, **place)


def performer_changes(
    old: Performer | None, new: Performer | None, place: Mapping[str, str | None]
) -> Iterator[Change]:
    if old is None or new is None:
        yield from differing("step-changed", "performer", old, new, **place)
        return
    position = (old.position, old.unit), (new.position, new.unit)
    if position[0] != position[1]:
        seats = [plain(Performer(*each)) for each in position]
        yield Change("step-changed", place["element"], place["no"], "performer", *seats)
    yield from differing("step-changed", "person", old.person, new.person, **place)
    yield from differing("step-changed", "substitute", old.substitute, new.substitute, **place)
    yield from differing("step-changed", "performer_responsibility", old.responsibility, new.responsibility, **place)
    yield from extra_changes("step-changed", old.extra, new.extra, **place)


def time_changes(old: Duration | None, new: Duration | None, place: Mapping[str, str | None]) -> Iterator[Change]:
    """Another amount is a change of time; the same amount in other words one of its text."""
    if amount(old) == amount(new) and plain(old) != plain(new):
        yield Change("step-changed", place["element"], place["no"], "time_text", plain(old), plain(new))
    else:
        yield from differing("step-changed", "time", old, new, **place)


def amount(duration: Duration | None) -> object:
    if duration is None:
        return None
    return duration.unit, duration.value, duration.date, duration.shared_block, plain(duration.extra)


def branch_changes(old: Sequence[Branch], new: Sequence[Branch], steps: Steps) -> Iterator[Change]:
    """Branches by step and condition, else by step and goal; a step's new number alone changes none."""
    renamed = [renumbered(branch, steps.numbers) for branch in old]
    pairs = branch_pairs(renamed, new)
    ids = {normal(step.step_no): step.id for step in (*steps.old, *steps.new)}
    kept = {one for one, _ in pairs}
    for at, branch in enumerate(old):
        if at not in kept:
            yield Change("branch-removed", ids.get(normal(branch.at)), branch.at, old=plain(branch))
    origins = {other: one for one, other in pairs}
    for at, branch in enumerate(new):
        element = ids.get(normal(branch.at))
        if at not in origins:
            yield Change("branch-added", element, branch.at, new=plain(branch))
            continue
        source = renamed[origins[at]]
        for each in fields(Branch):
            if each.name != "extra":
                values = getattr(source, each.name), getattr(branch, each.name)
                yield from differing("branch-changed", each.name, *values, element=element, no=branch.at)
        yield from extra_changes("branch-changed", source.extra, branch.extra, element=element, no=branch.at)
    yield from reordered(renamed, new, pairs, ids)


def renumbered(branch: Branch, numbers: Mapping[str, str]) -> Branch:
    """The branch with the numbers of the new version."""
    at, goto = numbers.get(normal(branch.at), branch.at), numbers.get(normal(branch.goto), branch.goto)
    return Branch(at, branch.condition, goto, branch.clock, branch.form, branch.note, branch.extra)


def branch_pairs(old: Sequence[Branch], new: Sequence[Branch]) -> list[Pair]:
    pairs: list[Pair] = []
    for same in (equal, same_condition, same_goal, like_condition):
        taken, known = {one for one, _ in pairs}, {other for _, other in pairs}
        for at, branch in enumerate(new):
            if at in known:
                continue
            found = next((one for one, other in enumerate(old) if one not in taken and same(other, branch)), None)
            if found is not None:
                taken.add(found)
                pairs.append((found, at))
    return pairs


def equal(old: Branch, new: Branch) -> bool:
    return old == new


def same_condition(old: Branch, new: Branch) -> bool:
    return same_step(old, new) and folded(old.condition) == folded(new.condition)


def same_goal(old: Branch, new: Branch) -> bool:
    return same_step(old, new) and normal(old.goto) == normal(new.goto)


def like_condition(old: Branch, new: Branch) -> bool:
    return same_step(old, new) and alike(old.condition, new.condition) > 0.5


def same_step(old: Branch, new: Branch) -> bool:
    return normal(old.at) == normal(new.at)


def reordered(
    old: Sequence[Branch], new: Sequence[Branch], pairs: Sequence[Pair], ids: Mapping[str, str | None]
) -> Iterator[Change]:
    """Steps whose branches are the same in another order: the first that holds is taken."""
    for step in dict.fromkeys(normal(branch.at) for branch in new):
        own = [pair for pair in sorted(pairs, key=lambda each: each[1]) if normal(new[pair[1]].at) == step]
        if [one for one, _ in own] != sorted(one for one, _ in own):
            was = [old[one].condition for one in sorted(one for one, _ in own)]
            now = [new[other].condition for _, other in own]
            yield Change("branches-reordered", ids.get(step), step, None, was, now)
