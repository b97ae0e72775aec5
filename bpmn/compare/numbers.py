"""Steps that only got another number because others came, went or moved, and texts that name them by it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bpmn.compare.change import Change
from bpmn.fiveclear import Step
from bpmn.folding import normal

NO = r"(?:\d+(?:\.\d+)*[a-zđ]?|[IVXLC]+(?:\.\d+)*)(?!\w)"
TOKEN = re.compile(rf"(?<!\w)({NO})", re.IGNORECASE)
NAMED = re.compile(
    rf"(?<!\w)(?:bước|step)\s+(?:số\s+)?(?:{NO}\s*(?:[,;–-]|và|hoặc|hay|đến|tới)\s*(?:bước\s+)?)*$", re.IGNORECASE
)
"""What stands before a number that names a step: the word, and perhaps numbers of other steps."""

LISTS = frozenset({"different_from", "same_as"})
"""Fields whose numbers are all those of steps."""

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Numbers:
    """New numbers of steps by their old ones."""

    new: Mapping[str, str]

    @classmethod
    def of(cls, old: Sequence[Step], new: Sequence[Step], pairs: Sequence[Pair]) -> "Numbers":
        return cls({normal(old[one].step_no): normal(new[other].step_no) for one, other in pairs})

    def same(self, old: object, new: object, *, field: str = "") -> bool:
        """Whether two plain values say the same: white space, Unicode's forms and new numbers of steps aside."""
        match old, new:
            case str(), str():
                return normal(old) == normal(new) or self.renamed(normal(old), normal(new), everywhere=field in LISTS)
            case list(), list():
                return len(old) == len(new) and all(self.same(one, other) for one, other in zip(old, new, strict=True))
            case dict(), dict():
                return old.keys() == new.keys() and all(self.same(old[key], new[key]) for key in old)
        return old == new

    def renamed(self, old: str, new: str, *, everywhere: bool) -> bool:
        """Whether two texts differ only in the numbers of steps that are the same ones."""
        here, there = TOKEN.split(old), TOKEN.split(new)
        if len(here) != len(there) or here[::2] != there[::2]:
            return False
        for at in range(1, len(here), 2):
            if here[at] != there[at]:
                names_step = everywhere or NAMED.search("".join(here[:at])) is not None
                if not names_step or self.new.get(here[at]) != there[at]:
                    return False
        return True


NONE = Numbers({})


def renumberings(old: Sequence[Step], new: Sequence[Step], pairs: Sequence[Pair]) -> Iterator[Change]:
    """One change for each run of steps that stand together in both versions and have other numbers now.

    A single step that has its place among all still is no run: its number was edited.
    """
    for run in runs(old, new, pairs):
        if len(run) > 1 or run[0][0] != run[0][1]:
            numbers = [old[one].step_no for one, _ in run], [new[other].step_no for _, other in run]
            yield Change("steps-renumbered", None, None, "step_no", *numbers)
        else:
            step, now = old[run[0][0]], new[run[0][1]]
            yield Change("step-changed", now.id or step.id, now.step_no, "step_no", step.step_no, now.step_no)


def runs(old: Sequence[Step], new: Sequence[Step], pairs: Sequence[Pair]) -> list[list[Pair]]:
    found: list[list[Pair]] = []
    for one, other in pairs:
        if normal(old[one].step_no) == normal(new[other].step_no):
            continue
        if found and found[-1][-1] == (one - 1, other - 1):
            found[-1].append((one, other))
        else:
            found.append([(one, other)])
    return found
