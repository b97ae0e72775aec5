"""The time limit of a step: its own, or that of the block of steps it shares one with."""

from collections.abc import Mapping
from fractions import Fraction

from bpmn.elements import Node
from bpmn.fiveclear import Duration, TimeUnit
from bpmn.paths.weights import Weight, counted_budget


def budget_of(node: Node, weights: Mapping[str, Weight]) -> Duration | None:
    """Return the limit that counts for a step, None where none does; `weights` are those of its process."""
    own = counted_budget(node.step)
    if own is None or not own.shared_block:
        return own
    amount = weights[node.id].amount
    if amount.days:
        return Duration(own.text, TimeUnit.CALENDAR_DAY, amount.days)
    return Duration(own.text, TimeUnit.WORKING_MINUTE, Fraction(amount.minutes))
