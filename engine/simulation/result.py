"""What a simulation gives. Times are working minutes unless a name says otherwise; shares lie between 0 and 1."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from math import ceil

from engine.simulation.scenario import plain


@dataclass(frozen=True, slots=True)
class Spread:
    """How a quantity is distributed: its mean, the values that 50, 90 and 95 of 100 do not exceed, the greatest."""

    mean: float
    p50: float
    p90: float
    p95: float
    longest: float


@dataclass(frozen=True, slots=True)
class StepResult:
    """One element where time passes: a task, or a wait for a message or a timer (`kind` task, message, timer).

    `visits` were finished, `withdrawn` not; `per_case` counts visits a finished case.  `late`: share of visits done
    after their due, None where none had one.  `share`: of all time that cases spent, for a picture of heat.
    """

    element: str
    no: str
    name: str
    kind: str
    performer: str
    visits: int
    withdrawn: int
    per_case: float
    waiting: Spread | None
    work: Spread | None
    elapsed: Spread | None
    late: float | None
    share: float


@dataclass(frozen=True, slots=True)
class PositionResult:
    """One position. `officers` is None where as many were supposed as are needed.

    `utilisation`: part of the officers' present working time that they worked.  `offered`: work that arrived, as a part
    of what all officers can do in the time of the arrivals; from 1 on the queue grows without end.  `enough`: officers
    with whom that part is at most 0.85.  `queue`, `queue_longest`: steps that wait, on average and at most.
    """

    position: str
    officers: int | None
    visits: int
    busy_minutes: float
    utilisation: float | None
    offered: float | None
    enough: int
    queue: float
    queue_longest: int
    waiting: Spread | None


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """Where most can be won.

    `kind`: overload (a position gets more work than it can do), queue (cases wait for a position), step (none waits:
    the step that takes longest).  `element` is where it shows; `share` the part of all time that is lost there.
    """

    kind: str
    element: str
    position: str
    share: float


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of a traced case; `begun` and `completed` are None where it was withdrawn before."""

    case: int
    element: str
    opened: datetime
    begun: datetime | None
    due: datetime | None
    completed: datetime | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Result:
    """A simulation's result.  `arrived` = `done` + `open`.

    `lead`: from arrival to end in working minutes, `lead_days` in calendar days, `queued`: its part that steps waited
    for officers, steps side by side counted each.  `late`: share of finished cases that ended after the statutory due,
    None where there is no limit.  `mean_open`: cases in progress on average over working time; `per_day`: cases
    finished a working day.  `provisional`: years were reached whose calendar is not known yet.  `leads` are the lead
    times themselves, the shortest first; plain values leave them out.
    """

    started: datetime
    ended: datetime
    seed: int
    arrived: int
    done: int
    open: int
    lead: Spread | None
    lead_days: Spread | None
    queued: Spread | None
    late: float | None
    ends: Mapping[str, int]
    mean_open: float
    most_open: int
    per_day: float
    provisional: bool
    steps: Sequence[StepResult]
    positions: Sequence[PositionResult]
    bottleneck: Bottleneck | None
    visits: Sequence[Visit] = ()
    leads: Sequence[float] = ()

    def as_json(self) -> dict[str, object]:
        """The result in plain values; moments in ISO 8601 with their offset."""
        return {each.name: plain(getattr(self, each.name)) for each in fields(self) if each.name != "leads"}


def spread(values: Sequence[int], unit: int) -> Spread | None:
    """The spread of whole numbers in units of so many, by nearest rank; None of nothing."""
    if not values:
        return None
    ordered = sorted(values)

    def rank(share: int) -> float:
        return figure(ordered[max(0, ceil(len(ordered) * share / 100) - 1)] / unit)

    mean = figure(sum(ordered) / len(ordered) / unit)
    return Spread(mean, rank(50), rank(90), rank(95), figure(ordered[-1] / unit))


def figure(value: float) -> float:
    """A number with as many digits as mean something."""
    return round(value, 4)
