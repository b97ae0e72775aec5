"""Soundness: whether a case can always come to its end, decided on the markings that it can reach.

What is meant by each word stands in docs/rules.md, "Soundness".  `faults` names every kind of fault that there is, or
those found before its limit of work was hit, or says that none was found until then.
"""

from collections.abc import Iterator

from bpmn.elements import Process
from bpmn.soundness.judge import Fault, Judge, Kind
from bpmn.soundness.moves import Step
from bpmn.soundness.net import is_analysed
from bpmn.soundness.units import Parts

MAX_WORK = 600_000
"""How many tokens and moves are looked at for one process at most: well under a second."""
LEAST_WORK = 20_000


def faults(process: Process, limit: int = MAX_WORK) -> Iterator[Fault]:
    """The faults of a process and of the sub-processes in it.

    Where an inner part is at fault its outer part is still examined, as if the inner one did what is drawn.
    """
    parts = Parts(process)
    for unit in parts.units():
        if is_analysed(parts, unit):
            judge = Judge(parts, unit, limit)
            limit = max(limit - judge.space.work, LEAST_WORK)
            yield from judge.faults()


__all__ = ["LEAST_WORK", "MAX_WORK", "Fault", "Kind", "Step", "faults"]
