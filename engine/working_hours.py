"""The sessions of a day: each unit's own, from a day on, for one weekday or for every ordinary working day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from engine.calendar_days import SATURDAY

EVER = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Session:
    """A stretch of a day. `counts`: the clock runs in it; otherwise the desk only takes dossiers in.

    Source: Decision 14/2010/QĐ-TTg (dossiers are taken in on Saturday mornings, which are no working time).
    """

    opens: time
    closes: time
    counts: bool = True

    @property
    def length(self) -> timedelta:
        return datetime.combine(date.min, self.closes) - datetime.combine(date.min, self.opens)


@dataclass(frozen=True, slots=True)
class Hours:
    """The sessions of a unit from `from_on` until its next ones; `weekday` 0 is Monday, None any ordinary working day.

    Without sessions the unit does not work on that weekday.
    """

    sessions: tuple[Session, ...]
    from_on: date = EVER
    weekday: int | None = None
    source: str | None = None


class Rule(StrEnum):
    """How working days are counted: running hours (a day is 480 minutes), or whole days after the first."""

    HOUR = "hour"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Counting:
    """How a unit counts from `from_on` on: its steps, its statutory limits, and when leadership hears of lateness.

    `leadership_days`: working days after the due.
    """

    steps: Rule = Rule.HOUR
    limits: Rule = Rule.DAY
    leadership_days: int = 2
    from_on: date = EVER
    source: str | None = None


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Hours and rules as they change with time: `own` are the unit's, which win over the `town`'s."""

    town: Sequence[Hours]
    own: Sequence[Hours] = ()
    counting: Sequence[Counting] = field(default=(Counting(),))

    def on(self, day: date, weekday: int | None) -> Hours | None:
        """Return the hours that hold on `day` when it is worked as that weekday, None for an ordinary working day.

        On a weekend only what is said of that weekday holds.
        """
        for hours in (self.own, self.town):
            found = _latest(hours, day, weekday)
            if found is None and weekday is not None and weekday < SATURDAY:
                found = _latest(hours, day, None)
            if found is not None:
                return found
        return None

    def rules(self, day: date) -> Counting:
        """Return how is counted what begins on `day`; the last entry of a day wins."""
        known = [each for each in self.counting if each.from_on <= day]
        return max(known, key=lambda each: each.from_on, default=Counting())


def _latest(hours: Sequence[Hours], day: date, weekday: int | None) -> Hours | None:
    known = [each for each in hours if each.weekday == weekday and each.from_on <= day]
    return max(known, key=lambda each: each.from_on, default=None)
