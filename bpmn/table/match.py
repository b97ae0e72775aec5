"""Which step of one table is which step of another."""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence

from bpmn.fiveclear import Step
from bpmn.folding import normal

Key = Callable[[Step], Hashable | None]


def partners(old: Sequence[Step], new: Sequence[Step]) -> list[int | None]:
    """For each new step the position of the old step that it is, or None.

    By id, else by number and name together, else by name, else by number: a row that moved keeps its name, and a row
    that was renamed keeps its number.  No old step is given twice.
    """
    found: list[int | None] = [None] * len(new)
    free = set(range(len(old)))
    for key in (identity, number_and_name, name, number):
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for at in sorted(free):
            waiting[key(old[at])].append(at)
        for at, step in enumerate(new):
            wanted = key(step)
            if found[at] is None and wanted is not None and waiting[wanted]:
                found[at] = waiting[wanted].popleft()
        free.difference_update(at for at in found if at is not None)
    return found


def identity(step: Step) -> Hashable | None:
    return step.id


def number_and_name(step: Step) -> Hashable | None:
    return normal(step.step_no), name(step)


def name(step: Step) -> Hashable | None:
    return normal(step.name).casefold() or None


def number(step: Step) -> Hashable | None:
    return normal(step.step_no) or None


def related(old: Sequence[Step], new: Sequence[Step]) -> bool:
    """Whether one table can be an edit of the other: some row has the id, the name, or number and performer of one."""
    return any(
        {key(step) for step in old if key(step) is not None} & {key(step) for step in new}
        for key in (identity, name, number_and_position)
    )


def number_and_position(step: Step) -> Hashable | None:
    return (number(step), normal(step.performer.position).casefold()) if step.performer is not None else None
