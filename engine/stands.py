"""Budgets over the times in which a case's clock stands still: only what runs is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from engine.worktime import WorkCalendar


@dataclass(frozen=True, slots=True)
class Stand:
    """A time in which the clock stands still. `restarts`: afterwards the case's limit counts from zero.

    `waits`: everybody waited for somebody outside; otherwise a step was done again and its own limit went on.
    """

    since: datetime
    until: datetime
    restarts: bool = False
    waits: bool = True


def merged(stands: Sequence[Stand], start: datetime) -> list[Stand]:
    """Return the stands after `start` in order, those that overlap as one."""
    found: list[Stand] = []
    for stand in sorted(stands, key=lambda each: each.since):
        since = max(stand.since, start)
        if stand.until <= since:
            continue
        if found and since <= found[-1].until:
            found[-1] = Stand(found[-1].since, max(found[-1].until, stand.until))
        else:
            found.append(Stand(since, stand.until))
    return found


def hours_over(start: datetime, worked: timedelta, stands: Sequence[Stand], calendar: WorkCalendar) -> datetime:
    """Return when `worked` working time has passed that was not stood still (hour rule)."""
    for stand in merged(stands, start):
        passed = calendar.worked_between(start, stand.since)
        if passed >= worked:
            break
        start, worked = stand.until, worked - passed
    return calendar.add(start, worked)


def days_over(start: datetime, days: int, stands: Sequence[Stand], calendar: WorkCalendar) -> datetime:
    """Return the close of the last of `days` working days after that of `start` (day rule).

    The day on which the clock comes to stand counts, the day on which it goes on does not, as the first day does not.
    """
    for stand in merged(stands, start):
        if calendar.day_rule(start, days) < stand.since:
            break
        start, days = stand.until, days - calendar.days_between(start, stand.since)
        if days <= 0:
            return close_over(start, stands, calendar)
    return calendar.day_rule(start, days)


def close_over(start: datetime, stands: Sequence[Stand], calendar: WorkCalendar) -> datetime:
    """Return the close of the day of `start`, or of the day on which the clock goes on that stands still then."""
    close = calendar.same_day(start, None)
    for stand in merged(stands, start):
        if close < stand.since:
            break
        close = calendar.same_day(stand.until, None)
    return close


def calendar_days_over(
    start: datetime, days: int | Fraction, stands: Sequence[Stand], calendar: WorkCalendar
) -> datetime:
    """Return the end of a calendar-day budget: every day on which the clock stands is added."""
    for stand in merged(stands, start):
        if calendar.calendar_rule(start, days) < stand.since:
            break
        start = shifted(start, stand, calendar)
    return calendar.calendar_rule(start, days)


def shifted(start: datetime, stand: Stand, calendar: WorkCalendar) -> datetime:
    """Return the start of a calendar-day budget as if it had begun so many days later as the clock stood still."""
    return start + timedelta(days=(_day(stand.until, calendar) - _day(stand.since, calendar)).days)


def stood(since: datetime, until: datetime, stands: Sequence[Stand], calendar: WorkCalendar) -> int:
    """Return the working minutes between two moments in which the clock stood still."""
    spans = ((stand.since, min(stand.until, until)) for stand in merged(stands, since))
    return sum(calendar.minutes_between(first, last) for first, last in spans if last > first)


def _day(moment: datetime, calendar: WorkCalendar) -> date:
    return moment.astimezone(calendar.zone).date()
