"""When a step and a case are due, when to remind, and what is left.

Two moments per step: `due_at` binds its performer; `planned_at` is where the step would end if all before it had ended
at their due.  They differ only for a step in calendar days that opens late.
"""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from fractions import Fraction
from math import ceil

from bpmn.fiveclear import Duration, TimeUnit
from engine.stands import Stand, calendar_days_over, close_over, days_over, hours_over, merged, shifted
from engine.working_hours import Rule
from engine.worktime import CUTOFF, WorkCalendar, span

__all__ = ["Due", "Remaining", "Rule", "counts_from", "limit_due", "remaining", "reminder_at", "step_due"]

REMINDED_SHARE = Fraction(4, 5)
YEARLESS = re.compile(r"(?:--)?(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline. All moments are None where there is no limit; `budget_minutes` only for working time.

    `provisional`: the calendar of a year it reaches is not known yet.
    """

    due_at: datetime | None = None
    planned_at: datetime | None = None
    budget_minutes: int | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Remaining:
    """Working minutes left until `due_at`, or, when `late`, passed since; never negative."""

    due_at: datetime
    minutes: int
    late: bool


def step_due(
    duration: Duration | None,
    *,
    opened_at: datetime,
    clock_started_at: datetime,
    prefix_days: Fraction,
    calendar: WorkCalendar,
    rule: Rule | None = None,
    stands: Sequence[Stand] = (),
) -> Due:
    """Return when a step is due; `rule` None takes the unit's own.

    `stands`: when the case's clock stood still since the opening; `clock_started_at` has been moved by them already.

    `prefix_days`: calendar days along the longest path up to and including this step, unrounded; read only for a step
    in calendar days.  For a step of a shared block pass the block's own duration and the opening of its first step: the
    unit `shared` itself, like no limit, office hours and uncounted time, has no due.
    """
    if duration is None:
        return Due()
    if duration.calendar_days is not None:
        return _calendar_days_due(
            duration.calendar_days,
            opened_at=opened_at,
            started_at=clock_started_at,
            prefix=prefix_days,
            counted=Counted(calendar, Rule.HOUR, stands),
        )
    counted = Counted(calendar, rule or calendar.counting(opened_at).steps, stands)
    start = calendar.receipt(opened_at) if duration.unit is TimeUnit.SAME_DAY else opened_at
    due_at = _due_at(duration, start, counted)
    return _due(due_at, due_at, since=opened_at, minutes=duration.working_minutes, calendar=calendar)


def limit_due(
    statutory_limit: Mapping[str, object] | None,
    received_at: datetime,
    calendar: WorkCalendar,
    *,
    rule: Rule | None = None,
    stands: Sequence[Stand] = (),
) -> Due:
    """Return when the result of a case is due by the procedure's `statutory_limit` (text, value, unit, cutoff).

    `rule` None takes the unit's own.  `stands`: when the clock stood still.
    """
    if statutory_limit is None:
        return Due()
    limit = limit_duration(statutory_limit)
    counted = Counted(calendar, rule or calendar.counting(received_at).limits, stands)
    start = counts_from(statutory_limit, received_at, calendar, rule=counted.rule)
    if limit.calendar_days is not None:
        due_at: datetime | None = calendar_days_over(received_at, limit.calendar_days, stands, calendar)
    else:
        due_at = _due_at(limit, start, counted)
    return _due(due_at, due_at, since=received_at, minutes=limit.working_minutes, calendar=calendar)


def counts_from(
    statutory_limit: Mapping[str, object], received_at: datetime, calendar: WorkCalendar, *, rule: Rule
) -> datetime:
    """Return from when a limit counts: a `cutoff` such as `15:00` moves a later receipt to the next opening.

    Under the day rule only for `same_day`, whose cutoff is 15:00 where none is written.
    """
    written = statutory_limit.get("cutoff")
    cutoff = time.fromisoformat(str(written)) if written else None
    if statutory_limit.get("unit") == TimeUnit.SAME_DAY:
        return calendar.receipt(received_at, cutoff or CUTOFF)
    return calendar.receipt(received_at, cutoff) if cutoff and rule is Rule.HOUR else received_at


def remaining(now: datetime, due_at: datetime, calendar: WorkCalendar) -> Remaining:
    """Return what is left at `now`: late from the first moment after the due."""
    return Remaining(due_at.astimezone(UTC), abs(calendar.minutes_between(now, due_at)), late=now > due_at)


def reminder_at(
    opened_at: datetime,
    due_at: datetime | None,
    *,
    budget_minutes: int | None,
    calendar: WorkCalendar,
    stands: Sequence[Stand] = (),
) -> datetime | None:
    """Return when to remind of an open task: after 80 % of its budget, else one working day before the due.

    Where that would be before the opening, 80 % of the working time left at the opening; never before the opening, and
    None for a task that is not due.
    """
    if due_at is None:
        return None
    if budget_minutes is None:
        day_before = calendar.one_working_day_before(due_at)
        if day_before > opened_at:
            return day_before
        budget_minutes = max(0, calendar.minutes_between(opened_at, due_at))
    return hours_over(opened_at, span(int(budget_minutes * REMINDED_SHARE)), stands, calendar)


@dataclass(frozen=True, slots=True)
class Counted:
    """By what is counted."""

    calendar: WorkCalendar
    rule: Rule
    stands: Sequence[Stand]


def _calendar_days_due(
    days: Fraction, *, opened_at: datetime, started_at: datetime, prefix: Fraction, counted: Counted
) -> Due:
    calendar = counted.calendar
    opened = opened_at
    for stand in merged(counted.stands, opened_at):
        opened = shifted(opened, stand, calendar)
    planned_at = calendar.calendar_rule(started_at, prefix)
    opening_planned_at = calendar.calendar_rule(started_at, prefix - days)
    due_at = calendar.calendar_rule(opened, days) if opened > opening_planned_at else planned_at
    return _due(due_at, planned_at, since=min(started_at, opened_at), minutes=None, calendar=calendar)


def _due_at(duration: Duration, start: datetime, counted: Counted) -> datetime | None:
    """The due of everything that does not add up along the path."""
    minutes, calendar, stands = duration.working_minutes, counted.calendar, counted.stands
    if counted.rule is Rule.DAY and duration.unit is TimeUnit.WORKING_DAY and duration.value > 0:
        return days_over(start, ceil(duration.value), stands, calendar)
    if minutes is not None:
        return hours_over(start, span(minutes), stands, calendar)
    if duration.unit is TimeUnit.SAME_DAY:
        return close_over(start, stands, calendar)
    if duration.unit is TimeUnit.BY_DATE:
        return _by_date(duration, start, calendar=calendar)
    return start.astimezone(UTC) if duration.unit is TimeUnit.IMMEDIATE else None


def _by_date(duration: Duration, start: datetime, *, calendar: WorkCalendar) -> datetime | None:
    """The close of the day named, of the next working day if that is off, or (`inclusive: false`) of the one before."""
    day = _date(duration.date or "", start.astimezone(calendar.zone).date())
    if day is None:
        return None
    return calendar.closing(day) if duration.extra.get("inclusive", True) else calendar.closing_before(day)


def _date(text: str, start: date) -> date | None:
    """An ISO date; without a year (`08-15`) its first occurrence from `start` on; None for anything else.

    In a year without 29 February that is the 28th.
    """
    yearless = YEARLESS.fullmatch(text)
    try:
        if yearless is None:
            return date.fromisoformat(text)
        month, day = int(yearless[1]), int(yearless[2])
        date(LEAP_YEAR, month, day)
        this_year = _in(start.year, month, day)
        return this_year if this_year >= start else _in(start.year + 1, month, day)
    except ValueError:  # the gate reports dates that are none; a running case then has no due
        return None


LEAP_YEAR = 2024


def _in(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def limit_duration(limit: Mapping[str, object]) -> Duration:
    unit = TimeUnit(str(limit["unit"])) if limit.get("unit") else TimeUnit.NOT_COUNTED
    inclusive = {key: limit[key] for key in ("inclusive",) if key in limit}
    day = str(limit["date"]) if limit.get("date") else None
    return Duration(str(limit.get("text", "")), unit, Fraction(str(limit.get("value") or 0)), date=day, extra=inclusive)


def _due(
    due_at: datetime | None,
    planned_at: datetime | None,
    *,
    since: datetime,
    minutes: int | None,
    calendar: WorkCalendar,
) -> Due:
    if due_at is None:
        return Due()
    last = max(due_at, planned_at or due_at)
    return Due(due_at, planned_at, minutes, provisional=calendar.provisional(since) or calendar.provisional(last))
