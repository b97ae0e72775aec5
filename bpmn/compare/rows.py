"""Differences of tables: head, steps, branches."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

from bpmn.compare.change import Change, plain
from bpmn.compare.differing import Place, differing, extra_changes, head_changes
from bpmn.compare.matching import Pair, alike, folded, matched, moved
from bpmn.compare.numbers import Numbers, renumberings
from bpmn.compare.splits import Division, divisions
from bpmn.fiveclear import Branch, Duration, FiveClear, Performer, Step
from bpmn.folding import normal

NOT_PLAIN = frozenset({"id", "step_no", "performer", "duration", "extra"})
TOLD_BY_DIVISION = frozenset({"name", "time", "time_text"})


@dataclass(frozen=True)
class Steps:
    """Both versions' steps and which belong together."""

    old: Sequence[Step]
    new: Sequence[Step]
    pairs: Sequence[Pair]

    @cached_property
    def numbers(self) -> Numbers:
        return Numbers.of(self.old, self.new, self.pairs)

    @cached_property
    def origins(self) -> Mapping[int, int]:
        """Old positions by new ones."""
        return {other: one for one, other in self.pairs}

    @cached_property
    def far(self) -> set[int]:
        """New positions of what was moved."""
        return moved(self.pairs)

    @cached_property
    def split(self) -> Sequence[Division]:
        return divisions(self.old, self.new, self.pairs)

    @cached_property
    def merged(self) -> Sequence[Division]:
        return divisions(self.new, self.old, [(other, one) for one, other in self.pairs])


def compare_tables(old: FiveClear, new: FiveClear) -> Iterator[Change]:
    """All differences of two tables, head first."""
    steps = Steps(old.steps, new.steps, matched(old.steps, new.steps))
    yield from head_changes(old, new)
    yield from step_changes(steps)
    yield from branch_changes(old.branches, new.branches, steps)


def step_changes(steps: Steps) -> Iterator[Change]:
    """Removed, added, divided, moved and changed steps, then those with another number alone."""
    kept = {one for one, _ in steps.pairs} | {part for each in steps.merged for part in each.parts}
    kept |= {each.whole for each in steps.split}
    for at, step in enumerate(steps.old):
        if at not in kept:
            yield Change("step-removed", step.id, step.step_no, old=plain(step))
    came = {part for each in steps.split for part in each.parts} | {each.whole for each in steps.merged}
    for at, step in enumerate(steps.new):
        yield from division_changes(steps, at)
        if at not in steps.origins:
            if at not in came:
                yield Change("step-added", step.id, step.step_no, new=plain(step))
            continue
        if at in steps.far:
            yield move(steps, at)
        found = changes_of(steps.old[steps.origins[at]], step, steps.numbers)
        yield from (each for each in found if at not in came or each.field not in TOLD_BY_DIVISION)
    told = came | steps.far
    yield from renumberings(steps.old, steps.new, [pair for pair in steps.pairs if pair[1] not in told])


def division_changes(steps: Steps, at: int) -> Iterator[Change]:
    """What the step at a position of the new version was made of, or that it is the first part of another."""
    step = steps.new[at]
    for each in steps.split:
        if each.parts[0] == at:
            whole, parts = steps.old[each.whole], [plain(steps.new[part]) for part in each.parts]
            yield Change("step-split", step.id, step.step_no, old=plain(whole), new=parts)
    for each in steps.merged:
        if each.whole == at:
            parts = [plain(steps.old[part]) for part in each.parts]
            yield Change("steps-merged", step.id, step.step_no, old=parts, new=plain(step))


def move(steps: Steps, at: int) -> Change:
    """Where a step went, in the old numbers: before the step that it overtook, or after the one that overtook it."""
    step, old = steps.new[at], steps.old[steps.origins[at]]
    stay = [(one, other) for one, other in steps.pairs if other not in steps.far]
    after = next((one for one, other in stay if other > at), None)
    before = next((one for one, other in reversed(stay) if other < at), None)
    goal = ("before", after) if after is not None and after < steps.origins[at] else ("after", before)
    beside = {} if goal[1] is None else {goal[0]: steps.old[goal[1]].step_no}
    return Change("step-moved", step.id, step.step_no, None, {"no": old.step_no}, {"no": step.step_no, **beside})


def changes_of(old: Step, new: Step, numbers: Numbers) -> Iterator[Change]:
    """What of one step changed, field by field."""
    place = Place("step-changed", new.id or old.id, new.step_no, numbers)
    for each in fields(Step):
        if each.name not in NOT_PLAIN:
            yield from differing(place, each.name, getattr(old, each.name), getattr(new, each.name))
    yield from performer_changes(old.performer, new.performer, place)
    yield from time_changes(old.duration, new.duration, place)
    yield from extra_changes(place, old.extra, new.extra)


def performer_changes(old: Performer | None, new: Performer | None, place: Place) -> Iterator[Change]:
    if old is None or new is None:
        yield from differing(place, "performer", old, new)
        return
    yield from differing(place, "performer", *(Performer(each.position, each.unit) for each in (old, new)))
    yield from differing(place, "person", old.person, new.person)
    yield from differing(place, "substitute", old.substitute, new.substitute)
    yield from differing(place, "performer_responsibility", old.responsibility, new.responsibility)
    yield from extra_changes(place, old.extra, new.extra)


def time_changes(old: Duration | None, new: Duration | None, place: Place) -> Iterator[Change]:
    """Another amount is a change of time; the same amount in other words one of its text."""
    yield from differing(place, "time_text" if amount(old) == amount(new) else "time", old, new)


def amount(duration: Duration | None) -> object:
    if duration is None:
        return None
    return duration.unit, duration.value, duration.date, duration.shared_block, plain(duration.extra)


def branch_changes(old: Sequence[Branch], new: Sequence[Branch], steps: Steps) -> Iterator[Change]:
    """Branches by step and condition, else by step and goal; a step's new number alone changes none."""
    renamed = [renumbered(branch, steps.numbers.new) for branch in old]
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
        place = Place("branch-changed", element, branch.at, steps.numbers)
        for each in fields(Branch):
            if each.name != "extra":
                yield from differing(place, each.name, getattr(source, each.name), getattr(branch, each.name))
        yield from extra_changes(place, source.extra, branch.extra)
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
