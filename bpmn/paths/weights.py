"""What each element adds to a path: its own budget, or the block of steps it shares one limit with."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bpmn.elements import Node
from bpmn.fiveclear import MINUTES, Duration, Step, TimeUnit
from bpmn.paths.amount import NOTHING, Amount

WORDS = re.compile(r"(\d+(?:[.,]\d+)?|½|\d+/\d+)\s*(ngày làm việc|giờ|buổi|phút|ngày)", re.IGNORECASE)
WORD_UNITS = {
    "ngày làm việc": TimeUnit.WORKING_DAY,
    "giờ": TimeUnit.WORKING_HOUR,
    "buổi": TimeUnit.HALF_DAY,
    "phút": TimeUnit.WORKING_MINUTE,
    "ngày": TimeUnit.CALENDAR_DAY,
}


@dataclass(frozen=True, slots=True)
class Weight:
    """`amount` counts each time, or once for all elements of the same `block`."""

    amount: Amount = NOTHING
    block: str | None = None


def weights(nodes: Iterable[Node]) -> Mapping[str, Weight]:
    """The weight of every node. A step without a counted limit weighs nothing."""
    counted = [(node.id, budget) for node in nodes if (budget := counted_budget(node.step)) is not None]
    blocks: dict[str, Amount] = {}
    for _, duration in counted:
        if duration.shared_block:
            known = blocks.get(duration.shared_block, NOTHING)
            blocks[duration.shared_block] = max(known, duration_amount(duration), key=lambda amount: amount.size)
    return {name: weigh(duration, blocks) for name, duration in counted}


def counted_budget(step: Step | None) -> Duration | None:
    return step.duration if step is not None and step.counted else None


def weigh(duration: Duration, blocks: Mapping[str, Amount]) -> Weight:
    if duration.shared_block:
        return Weight(blocks[duration.shared_block], duration.shared_block)
    return Weight(duration_amount(duration))


def step_amount(step: Step | None) -> Amount:
    """The budget of one step alone: nothing where it is not counted or has no limit that adds up."""
    budget = counted_budget(step)
    return NOTHING if budget is None else duration_amount(budget)


def duration_amount(duration: Duration) -> Amount:
    """Working minutes or calendar days; every other unit adds nothing to a path."""
    if duration.unit is TimeUnit.SHARED:
        return shared_amount(duration)
    return amount_of(duration.value, duration.unit)


def amount_of(value: Fraction, unit: TimeUnit) -> Amount:
    if unit is TimeUnit.CALENDAR_DAY:
        return Amount(days=value)
    return Amount(minutes=int(value * MINUTES.get(unit, 0)))


def shared_amount(duration: Duration) -> Amount:
    """A shared limit says its unit in words alone: `07 ngày làm việc (chung cho bước 6-13)`."""
    match = WORDS.search(duration.text)
    if match is None:
        return NOTHING
    number = "1/2" if match[1] == "½" else match[1].replace(",", ".")
    if number.endswith("/0"):
        return NOTHING
    return amount_of(duration.value or Fraction(number), WORD_UNITS[match[2].lower()])
