"""A step that became several, or several that became one, by the words of their names."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bpmn.compare.matching import Pair, folded
from bpmn.fiveclear import Step

MOST = 4  # parts of a step
COVERED, OWN = 0.75, 0.5
"""How much of a step's name its parts have to say again, and how much of each part's name has to come from it."""
COMMON = 3
"""Words that more than one step in so many has say nothing of a step."""
EMPTY = frozenset({"và", "của", "các", "cho", "theo", "để", "đến", "tại", "với", "về"})


@dataclass(frozen=True, slots=True)
class Division:
    """A step and its parts, as positions: `whole` in one version, `parts` in the other."""

    whole: int
    parts: tuple[int, ...]


def divisions(whole: Sequence[Step], parts: Sequence[Step], pairs: Sequence[Pair]) -> list[Division]:
    """The steps of one version that stand as several, one after the other, in the other version.

    `pairs` are positions in `whole` and in `parts`; at most one of a step's parts is its partner, the others have none.
    """
    partner, known = dict(pairs), {other for _, other in pairs}
    common = common_words([*whole, *parts])
    found: list[Division] = []
    for at, step in enumerate(whole):
        own = partner.get(at)
        if own is not None and folded(parts[own].name) == folded(step.name):
            continue
        used = {part for each in found for part in each.parts}
        free = [other for other in range(len(parts)) if (other not in known or other == own) and other not in used]
        for group in groups(free, own):
            if is_division(words(step, common), [words(parts[other], common) for other in group]):
                found.append(Division(at, group))
                break
    return found


def groups(free: Sequence[int], own: int | None) -> Iterator[tuple[int, ...]]:
    """Neighbouring positions, the more the better; with the partner among them where there is one."""
    for size in range(MOST, 1, -1):
        for start in range(len(free) - size + 1):
            group = tuple(free[start : start + size])
            if group[-1] - group[0] == size - 1 and (own is None or own in group):
                yield group


def is_division(whole: frozenset[str], parts: Sequence[frozenset[str]]) -> bool:
    """Whether the parts together say what the whole says, each something of it that no other part says."""
    if not whole or not all(parts):
        return False
    said = frozenset().union(*parts) & whole
    if len(said) < COVERED * len(whole):
        return False
    for at, part in enumerate(parts):
        others = frozenset().union(*(other for number, other in enumerate(parts) if number != at))
        if len(part & whole) < OWN * len(part) or not (part & whole) - others:
            return False
    return True


def words(step: Step, common: frozenset[str]) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", folded(step.name))) - common


def common_words(steps: Sequence[Step]) -> frozenset[str]:
    """Words that many steps have."""
    count = Counter(word for step in steps for word in set(re.findall(r"\w+", folded(step.name))))
    return EMPTY | {word for word, times in count.items() if times > max(4, len(steps) / COMMON)}
