"""What a person does in a rehearsal, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from engine.worktime import WorkCalendar

MAX_ACTS = 500
DAY = 480  # working minutes

Plain = str | int | float | bool | list[str]
"""A value that a condition may ask for; a list where a step is done once for each of its entries."""


class ActKind(StrEnum):
    """A person's step is done, a message comes, or a timer's moment comes."""

    DONE = "done"
    CAME = "came"
    FIRED = "fired"


class Pace(StrEnum):
    """When an act is done: at once, after half of the time left, at the due, a working day late; or so much later."""

    NOW = "now"
    HALF = "half"
    DUE = "due"
    LATE = "late"
    DAY = "day"
    WEEK = "week"


LATER = {Pace.DAY: DAY, Pace.WEEK: 5 * DAY}


@dataclass(frozen=True, slots=True)
class Act:
    """One act at an element; `item` counts what waits there at once from 0, the oldest first.

    `values` are variables written with it.
    """

    kind: ActKind
    element: str
    pace: Pace = Pace.DUE
    outcome: str = ""
    item: int = 0
    values: Mapping[str, Plain] = field(default_factory=dict)


def moment_of(pace: Pace, *, at: datetime, due: datetime | None, calendar: WorkCalendar) -> datetime:
    """When an act of that pace is done, never before `at`; what has no due is done at once."""
    if pace in LATER:
        return calendar.add_minutes(at, LATER[pace])
    if pace is Pace.NOW or due is None:
        return at
    if pace is Pace.HALF:
        return calendar.add_minutes(at, max(0, calendar.minutes_between(at, due)) // 2)
    if pace is Pace.LATE:
        return calendar.add_minutes(max(at, due), DAY)
    return max(at, due)
