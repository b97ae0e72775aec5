"""Which step of one version is which of the other, and which of them moved."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from bpmn.fiveclear import Step
from bpmn.folding import normal
from bpmn.table.identifiers import slug

ALIKE, HARDLY = 0.6, 0.3
"""Names of which so much is the same are one step's: anywhere in the table, and at the same number."""

Pair = tuple[int, int]
Same = Callable[[Step, Step], bool]


def matched(old: Sequence[Step], new: Sequence[Step]) -> list[Pair]:
    """Pairs of positions, in the order of the new version; no position stands twice.

    A step is known by its name and id, by its name, or by an id that does not come from its number (tables number
    theirs anew); else by the likeness of names, by any id, and by its number if anything else of it is kept.
    """
    pairs: list[Pair] = []
    for same in (id_and_name, number_and_name, same_name, kept_id, longer_name):
        pair(old, new, pairs, same)
    likeness(old, new, pairs)
    for same in (same_id, same_place):
        pair(old, new, pairs, same)
    return sorted(pairs, key=lambda each: each[1])


def pair(old: Sequence[Step], new: Sequence[Step], pairs: list[Pair], same: Same) -> None:
    taken = {position for position, _ in pairs}
    known = {position for _, position in pairs}
    for at, step in enumerate(new):
        if at in known:
            continue
        found = next((number for number, other in enumerate(old) if number not in taken and same(other, step)), None)
        if found is not None:
            taken.add(found)
            pairs.append((found, at))


def likeness(old: Sequence[Step], new: Sequence[Step], pairs: list[Pair]) -> None:
    """Pair what is left by the likeness of names, the most alike first, before them those that kept their id."""
    taken = {position for position, _ in pairs}
    known = {position for _, position in pairs}
    found = [
        (alike(step.name, other.name), same_id(step, other), -at, -number)
        for at, step in enumerate(old)
        if at not in taken
        for number, other in enumerate(new)
        if number not in known
    ]
    likely = (each for each in found if each[0] >= ALIKE)
    for _, _, at, number in sorted(likely, key=lambda each: (each[1], each), reverse=True):
        if -at not in taken and -number not in known:
            taken.add(-at)
            known.add(-number)
            pairs.append((-at, -number))


def alike(one: str, other: str) -> float:
    return SequenceMatcher(None, folded(one), folded(other), autojunk=False).ratio()


def folded(text: str) -> str:
    return normal(text).casefold()


def id_and_name(old: Step, new: Step) -> bool:
    return same_id(old, new) and same_name(old, new)


def same_id(old: Step, new: Step) -> bool:
    return old.id is not None and old.id == new.id


def longer_name(old: Step, new: Step) -> bool:
    """Whether a step with its id only says more or less than before."""
    one, other = folded(old.name), folded(new.name)
    return same_id(old, new) and bool(one and other) and (one in other or other in one)


def kept_id(old: Step, new: Step) -> bool:
    return same_id(old, new) and old.id != f"step_{slug(new.step_no)}"


def number_and_name(old: Step, new: Step) -> bool:
    return normal(old.step_no) == normal(new.step_no) and same_name(old, new)


def same_name(old: Step, new: Step) -> bool:
    return bool(folded(old.name)) and folded(old.name) == folded(new.name)


def same_place(old: Step, new: Step) -> bool:
    """Whether a step with another name is the same: its number, and its performer or part of its name."""
    if not normal(old.step_no) or normal(old.step_no) != normal(new.step_no):
        return False
    return (old.performer is not None and old.performer == new.performer) or alike(old.name, new.name) >= HARDLY


def moved(pairs: Sequence[Pair]) -> set[int]:
    """New positions of the steps that have to be moved to get from one order to the other, as few as possible."""
    order = [old for old, _ in sorted(pairs, key=lambda each: each[1])]
    new = sorted(position for _, position in pairs)
    tails: list[int] = []  # for each length, where in `order` the best rising row of it ends
    before: dict[int, int | None] = {}
    for at, old in enumerate(order):
        length = bisect_left([order[tail] for tail in tails], old)
        before[at] = tails[length - 1] if length else None
        tails[length : length + 1] = [at]
    kept: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return {new[at] for at in range(len(order)) if at not in kept}
