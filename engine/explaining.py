"""Why a deadline is when it is: from when it counts, what was counted each day, what was not and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil

from bpmn.fiveclear import Duration, TimeUnit
from engine.deadlines import counts_from, limit_duration
from engine.stands import Stand, merged, shifted
from engine.working_hours import Rule
from engine.worktime import WorkCalendar

MOST_DAYS = 400
"""Days that are listed one by one; a longer span says how many more there are."""


class How(StrEnum):
    """By what a deadline counts."""

    HOURS = "hours"  # running working time
    DAYS = "days"  # whole working days after the first
    CALENDAR = "calendar"  # calendar days after the first
    PATH = "path"  # calendar days along the path from the start of the case
    CLOSE = "close"  # the close of the day
    DATE = "date"  # a date that is written
    NONE = "none"


class LineKind(StrEnum):
    COUNTED = "counted"
    PARTLY = "partly"
    FIRST = "first"  # the first day, which does not count
    SKIPPED = "skipped"
    PAUSED = "paused"
    MOVED = "moved"  # the end would have lain here, on a day off


@dataclass(frozen=True, slots=True)
class Line:
    """One day between start and due. `reason` is a kind of day, `sessions` those in which the clock ran."""

    day: date
    kind: LineKind
    minutes: int = 0
    sessions: tuple[tuple[datetime, datetime], ...] = ()
    reason: str | None = None
    name: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """A deadline with its reasons. `since` is where it counts from, `received_at` where that is later than receipt.

    `planned_at` and `due_at` are both given where a step opened later than planned; `prefix_days` is the sum along the
    path.  `more` days are not listed.
    """

    how: How
    text: str
    since: datetime
    due_at: datetime | None
    received_at: datetime | None = None
    planned_at: datetime | None = None
    prefix_days: Fraction | None = None
    budget_minutes: int | None = None
    unit: str = ""
    rule_source: str | None = None
    provisional: bool = False
    lines: tuple[Line, ...] = ()
    stands: tuple[Stand, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Budget:
    """What is explained: a limit counted from a moment, over the times in which the clock stood still."""

    duration: Duration
    since: datetime
    due_at: datetime | None
    calendar: WorkCalendar
    rule: Rule
    stands: Sequence[Stand] = ()


def why_step(budget: Budget, *, planned_at: datetime | None, prefix_days: Fraction, clock_started_at: datetime) -> Why:
    """Explain the due of a step."""
    if budget.duration.calendar_days is None:
        return _explained(budget)
    late = planned_at is not None and planned_at != budget.due_at
    since = budget.since if late else clock_started_at
    days = budget.duration.calendar_days if late else prefix_days
    lines = tuple(_calendar_lines(since, days, budget))
    return _why(budget, How.PATH, lines, since=since, planned_at=planned_at if late else None, prefix=prefix_days)


def why_limit(
    limit: Mapping[str, object],
    received_at: datetime,
    due_at: datetime | None,
    *,
    calendar: WorkCalendar,
    stands: Sequence[Stand] = (),
) -> Why:
    """Explain the statutory due of a case."""
    rule = calendar.counting(received_at).limits
    start = counts_from(limit, received_at, calendar, rule=rule)
    return _explained(Budget(limit_duration(limit), start, due_at, calendar, rule, stands), received_at=received_at)


def _explained(budget: Budget, *, received_at: datetime | None = None) -> Why:
    duration = budget.duration
    if budget.due_at is None:
        return _why(budget, How.NONE, (), received_at=received_at)
    if duration.calendar_days is not None:
        lines = tuple(_calendar_lines(budget.since, duration.calendar_days, budget))
        return _why(budget, How.CALENDAR, lines, received_at=received_at)
    if duration.unit is TimeUnit.BY_DATE:
        return _why(budget, How.DATE, (), received_at=received_at)
    if duration.working_minutes is None:
        return _why(budget, How.CLOSE, tuple(_hour_lines(budget)), received_at=received_at)
    if budget.rule is Rule.DAY and duration.unit is TimeUnit.WORKING_DAY:
        return _why(budget, How.DAYS, tuple(_day_lines(budget)), received_at=received_at)
    return _why(budget, How.HOURS, tuple(_hour_lines(budget)), received_at=received_at)


def _why(
    budget: Budget,
    how: How,
    lines: tuple[Line, ...],
    *,
    received_at: datetime | None = None,
    since: datetime | None = None,
    planned_at: datetime | None = None,
    prefix: Fraction | None = None,
) -> Why:
    calendar, start = budget.calendar, since or budget.since
    counting = calendar.counting(start)
    return Why(
        how=how,
        text=budget.duration.text,
        since=start,
        due_at=budget.due_at,
        received_at=received_at if received_at is not None and received_at != start else None,
        planned_at=planned_at,
        prefix_days=prefix,
        budget_minutes=budget.duration.working_minutes,
        unit=calendar.unit,
        rule_source=counting.source,
        provisional=budget.due_at is not None and (calendar.provisional(start) or calendar.provisional(budget.due_at)),
        lines=lines[:MOST_DAYS],
        stands=tuple(merged(budget.stands, start)),
        more=max(0, len(lines) - MOST_DAYS),
    )


def _hour_lines(budget: Budget) -> Iterator[Line]:
    """Every day with the sessions in which the clock ran, of what is left of them."""
    calendar, due_at = budget.calendar, budget.due_at
    assert due_at is not None
    stands = merged(budget.stands, budget.since)
    for day in _span(budget.since, due_at, calendar):
        off = calendar.off(day)
        if off is not None:
            yield Line(day, LineKind.SKIPPED, reason=off.kind, name=off.name, source=off.source)
            continue
        ran = tuple(_ran(calendar, day, (budget.since, due_at), stands))
        minutes = sum((until - since for since, until in ran), timedelta()) // timedelta(minutes=1)
        midnight, next_midnight = _bounds(day, calendar)
        paused = not ran and any(stand.since < next_midnight and stand.until > midnight for stand in stands)
        whole = minutes == calendar.minutes_between(midnight, next_midnight)
        kind = LineKind.COUNTED if whole else LineKind.PAUSED if paused else LineKind.PARTLY
        makeup = calendar.days.makeup_days.get(day)
        name, source = (makeup.name, makeup.source or calendar.days.sources.get(day.year)) if makeup else (None, None)
        yield Line(day, kind, minutes, ran, reason="makeup" if makeup else None, name=name, source=source)


def _day_lines(budget: Budget) -> Iterator[Line]:
    """Every day: the first does not count, days off do not, nor those that follow one on which the clock stands."""
    calendar, due_at = budget.calendar, budget.due_at
    assert due_at is not None
    stands = [(_on(stand.since, calendar), _on(stand.until, calendar)) for stand in merged(budget.stands, budget.since)]
    for number, day in enumerate(_span(budget.since, due_at, calendar)):
        off = calendar.off(day)
        if off is not None:
            yield Line(day, LineKind.SKIPPED, reason=off.kind, name=off.name, source=off.source)
        elif number == 0:
            yield Line(day, LineKind.FIRST)
        elif any(first < day <= last for first, last in stands):
            yield Line(day, LineKind.PAUSED)
        else:
            yield Line(day, LineKind.COUNTED)


def _calendar_lines(since: datetime, days: Fraction, budget: Budget) -> Iterator[Line]:
    """Days of the calendar count, days off too; only an end on a day off moves on."""
    calendar = budget.calendar
    start = since
    for stand in merged(budget.stands, since):
        start = shifted(start, stand, calendar)
    day = _on(start, calendar) + timedelta(days=ceil(days))
    while (off := calendar.off(day)) is not None:
        yield Line(day, LineKind.MOVED, reason=off.kind, name=off.name, source=off.source)
        day += timedelta(days=1)


def _ran(
    calendar: WorkCalendar, day: date, within: tuple[datetime, datetime], stands: Sequence[Stand]
) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of a day in which the clock ran."""
    for session in calendar.sessions_on(day):
        if not session.counts:
            continue
        since = max(datetime.combine(day, session.opens, calendar.zone), within[0])
        until = min(datetime.combine(day, session.closes, calendar.zone), within[1])
        for stand in stands:
            if since < stand.since < until:
                yield since, stand.since
            if stand.since < until and stand.until > since:
                since = max(since, stand.until)
        if since < until:
            yield since, until


def _span(since: datetime, until: datetime, calendar: WorkCalendar) -> Iterator[date]:
    first, last = _on(since, calendar), _on(until, calendar)
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _bounds(day: date, calendar: WorkCalendar) -> tuple[datetime, datetime]:
    midnight = datetime(day.year, day.month, day.day, tzinfo=calendar.zone)
    return midnight, midnight + timedelta(days=1)


def _on(moment: datetime, calendar: WorkCalendar) -> date:
    return moment.astimezone(calendar.zone).date()
