"""Where two tokens first meet in a run, whatever the order of what does not depend on each other.

A run tells one order.  The steps that a step needs are those whose tokens it took, and what they needed; leaving out
the others, two tokens may already lie on a flow where in the run one was gone before the other came.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Sequence

from bpmn.soundness.moves import Step


def first_meeting(steps: Sequence[Step]) -> tuple[list[Step], str] | None:
    """The steps needed for two tokens to lie on one flow, and that flow; None where they meet nowhere before."""
    needed = needs(steps)
    taker = takers(steps)
    given: dict[str, list[int]] = defaultdict(list)
    for index, step in enumerate(steps):
        for place in step.gives:
            for earlier in given[place]:
                taken_by = taker.get((earlier, place))
                if taken_by is None or not needed[index] >> taken_by & 1:
                    kept = needed[index] | needed[earlier] | 1 << index | 1 << earlier
                    chosen = [number for number in range(index + 1) if kept >> number & 1]
                    return ([steps[number] for number in chosen], place) if may_leave_out(steps, chosen) else None
            given[place].append(index)
    return None


def needs(steps: Sequence[Step]) -> list[int]:
    """For each step those it cannot do without, as bits."""
    lying: dict[str, deque[int]] = defaultdict(deque)
    found: list[int] = []
    for index, step in enumerate(steps):
        needed = 0
        for place in step.takes:
            if lying[place]:
                source = lying[place].popleft()
                needed |= found[source] | 1 << source
        found.append(needed)
        for place in step.gives:
            lying[place].append(index)
    return found


def takers(steps: Sequence[Step]) -> dict[tuple[int, str], int]:
    """Which step took the token that a step put on a flow."""
    lying: dict[str, deque[int]] = defaultdict(deque)
    found: dict[tuple[int, str], int] = {}
    for index, step in enumerate(steps):
        for place in step.takes:
            if lying[place]:
                found[lying[place].popleft(), place] = index
        for place in step.gives:
            lying[place].append(index)
    return found


def may_leave_out(steps: Sequence[Step], chosen: Sequence[int]) -> bool:
    """Whether every inclusive join still may go on: where no token lies that did not lie there in the whole run."""
    kept, whole, part = set(chosen), Counter[str](), Counter[str]()
    for index, step in enumerate(steps[: chosen[-1] + 1]):
        if index in kept and step.joins and not part <= whole:
            return False
        advance(whole, step)
        if index in kept:
            advance(part, step)
    return True


def advance(marking: Counter[str], step: Step) -> None:
    marking.subtract(step.takes)
    marking.update(step.gives)
