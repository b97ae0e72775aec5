"""The tables of the timeline against the calendar that they are made from."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.fiveclear import Duration, TimeUnit
from engine.deadlines import step_due
from engine.errors import BeyondCalendar
from engine.simulation.dues import Dues
from engine.simulation.place import Budget
from engine.simulation.timeline import Timeline
from engine.working_hours import Hours, Session, WorkingHours
from engine.worktime import WorkCalendar

SHIPPED = WorkCalendar.shipped()
MORNING, LATE = Session(time(7, 30), time(11, 30)), Session(time(13), time(16, 30))
OWN = (
    Hours((MORNING, LATE), from_on=date(2026, 3, 1)),
    Hours((MORNING,), from_on=date(2026, 6, 1), weekday=4),
    Hours((MORNING, Session(time(17), time(19), counts=False)), from_on=date(2026, 9, 1), weekday=2),
)
CALENDARS = (SHIPPED, WorkCalendar(SHIPPED.days, WorkingHours(SHIPPED.hours.town, OWN), "TCKH"))
START = datetime(2025, 12, 20, 1, tzinfo=UTC)
LINES = [Timeline(calendar, START) for calendar in CALENDARS]
lines = st.sampled_from(LINES)
moments = st.integers(0, 3 * 366 * 86_400).map(lambda seconds: START + timedelta(seconds=seconds))


@given(lines, moments, moments)
def test_working_time_passes_as_in_the_calendar(line: Timeline, one: datetime, other: datetime) -> None:
    since, until = sorted((one, other))
    passed = line.worked(line.seconds(until)) - line.worked(line.seconds(since))

    assert passed // 60 == line.calendar.minutes_between(since, until)


@given(lines, moments, st.integers(0, 500_000))
def test_a_budget_ends_as_in_the_calendar(line: Timeline, opened: datetime, minutes: int) -> None:
    end = line.after(line.seconds(opened), minutes * 60)

    assert line.moment(end) == line.calendar.add_minutes(opened, minutes)


@given(lines, moments)
def test_the_next_opening_is_the_first_second_of_work(line: Timeline, moment: datetime) -> None:
    at = line.seconds(moment)
    opening = line.next_opening(at)

    assert at < opening
    assert line.worked(opening) == line.worked(opening - 1) < line.worked(opening + 1)
    assert line.calendar.is_working_day(line.moment(opening).astimezone(line.calendar.zone).date())


@given(lines, moments, st.integers(0, 40 * 86_400), st.fractions(0, 30), st.fractions(0, 60))
def test_calendar_days_are_due_as_in_a_case(
    line: Timeline, clock: datetime, later: int, own: Fraction, more: Fraction
) -> None:
    opened, prefix = clock + timedelta(seconds=later), own + more
    budget = Budget(days=ceil(own), before=ceil(more), upto=ceil(prefix))
    due = Dues(line).step(budget, line.seconds(opened), line.seconds(clock))

    expected = step_due(
        Duration("", TimeUnit.CALENDAR_DAY, own),
        opened_at=opened,
        clock_started_at=clock,
        prefix_days=prefix,
        calendar=line.calendar,
    )
    assert due is not None
    assert line.moment(due) == expected.due_at


@given(
    lines, moments, st.sampled_from([TimeUnit.SAME_DAY, TimeUnit.IMMEDIATE, TimeUnit.BY_DATE, TimeUnit.OFFICE_HOURS])
)
def test_any_other_limit_is_due_as_in_a_case(line: Timeline, opened: datetime, unit: TimeUnit) -> None:
    duration = Duration("", unit, date="10-31")
    due = Dues(line).step(Budget(other=duration), line.seconds(opened), line.seconds(opened))

    expected = step_due(
        duration, opened_at=opened, clock_started_at=opened, prefix_days=Fraction(0), calendar=line.calendar
    ).due_at
    assert (due is None) == (expected is None)
    assert due is None or line.moment(due) == expected


def test_years_are_added_as_they_are_reached() -> None:
    line = Timeline(SHIPPED, START)
    far = datetime(2150, 3, 4, 5, tzinfo=UTC)

    assert line.worked(line.seconds(far)) // 60 == SHIPPED.minutes_between(datetime(2024, 12, 31, 17, tzinfo=UTC), far)


def test_what_lies_behind_the_calendar_is_refused() -> None:
    with pytest.raises(BeyondCalendar):
        Timeline(SHIPPED, START).after(0, 200 * 366 * 86_400)
