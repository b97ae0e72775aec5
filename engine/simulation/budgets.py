"""The limit of a step as numbers, and the work that its share is taken of."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from math import ceil

from bpmn.elements import Node, Process
from bpmn.fiveclear import Duration, TimeUnit
from bpmn.paths import PathTimes
from bpmn.paths.weights import duration_amount, weights
from engine.simulation.place import Budget
from engine.virtual import Blocks

WORKED = Fraction(5, 7)
"""Of a limit in calendar days, what lies on working days."""

GUESSED: Mapping[TimeUnit, Fraction] = {TimeUnit.SAME_DAY: Fraction(1, 2), TimeUnit.BY_DATE: Fraction(1)}
"""Working days that stand for limits without an amount. An assumption, see docs/simulation.md."""


def budget_of(node: Node, process: Process, times: PathTimes) -> Budget | None:
    """What a virtual run counts for the step, None where nothing is counted."""
    duration = Blocks(process).budget(node)
    if duration is None:
        return None
    own = node.step.duration if node.step is not None else None
    return as_budget(duration, node.id, times, block=own.shared_block if own is not None else None)


def as_budget(duration: Duration, element: str, times: PathTimes, *, block: str | None = None) -> Budget:
    amount = times.due.get(element)
    prefix = amount.size if amount is not None else Fraction(0)
    minutes = duration.working_minutes
    days = duration.calendar_days
    if days is not None:
        return Budget(days=ceil(days), before=ceil(prefix - days), upto=ceil(prefix), block=block)
    if minutes is not None:
        return Budget(seconds=minutes * 60, block=block)
    return Budget(other=duration, block=block)


def bases(process: Process, day_length: int) -> Mapping[str, float]:
    """Working seconds per element of which its work is a share; a shared limit is divided among its steps."""
    nodes = list(process.nodes.values())
    members = Counter(block for node in nodes if (block := block_of(node)) is not None)
    shared = weights(nodes)
    found: dict[str, float] = {}
    for node in nodes:
        duration = node.step.duration if node.step is not None else None
        if duration is None:
            continue
        block = block_of(node)
        amount = shared[node.id].amount if block is not None else duration_amount(duration)
        days = amount.days * WORKED + GUESSED.get(duration.unit, 0)
        found[node.id] = float(amount.minutes * 60 + days * day_length) / (members[block] if block else 1)
    return found


def block_of(node: Node) -> str | None:
    """The block of steps whose limit the step shares, where that is counted."""
    step = node.step
    return step.duration.shared_block if step is not None and step.duration is not None and step.counted else None
