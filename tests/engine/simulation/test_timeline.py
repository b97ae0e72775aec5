"""The tables of the timeline against the calendar that they are made from."""

from datetime import UTC, datetime, timedelta
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
from engine.worktime import WorkCalendar

CALENDAR = WorkCalendar.shipped()
START = datetime(2025, 12, 20, 1, tzinfo=UTC)
LINE = Timeline(CALENDAR, START)
moments = st.integers(0, 3 * 366 * 86_400).map(lambda seconds: START + timedelta(seconds=seconds))


@given(moments, moments)
def test_working_time_passes_as_in_the_calendar(one: datetime, other: datetime) -> None:
    since, until = sorted((one, other))
    passed = LINE.worked(LINE.seconds(until)) - LINE.worked(LINE.seconds(since))

    assert passed // 60 == CALENDAR.minutes_between(since, until)


@given(moments, st.integers(0, 500_000))
def test_a_budget_ends_as_in_the_calendar(opened: datetime, minutes: int) -> None:
    end = LINE.after(LINE.seconds(opened), minutes * 60)

    assert LINE.moment(end) == CALENDAR.add_minutes(opened, minutes)


@given(moments)
def test_the_next_opening_is_the_first_second_of_work(moment: datetime) -> None:
    at = LINE.seconds(moment)
    opening = LINE.next_opening(at)

    assert at < opening
    assert LINE.worked(opening) == LINE.worked(opening - 1) < LINE.worked(opening + 1)
    assert CALENDAR.is_working_day(LINE.moment(opening).astimezone(CALENDAR.zone).date())


@given(moments, st.integers(0, 40 * 86_400), st.fractions(0, 30), st.fractions(0, 60))
def test_calendar_days_are_due_as_in_a_case(clock: datetime, later: int, own: Fraction, more: Fraction) -> None:
    opened, prefix = clock + timedelta(seconds=later), own + more
    budget = Budget(days=ceil(own), before=ceil(more), upto=ceil(prefix))
    due = Dues(LINE).step(budget, LINE.seconds(opened), LINE.seconds(clock))

    expected = step_due(
        Duration("", TimeUnit.CALENDAR_DAY, own),
        opened_at=opened,
        clock_started_at=clock,
        prefix_days=prefix,
        calendar=CALENDAR,
    )
    assert due is not None
    assert LINE.moment(due) == expected.due_at


@given(moments, st.sampled_from([TimeUnit.SAME_DAY, TimeUnit.IMMEDIATE, TimeUnit.BY_DATE, TimeUnit.OFFICE_HOURS]))
def test_any_other_limit_is_due_as_in_a_case(opened: datetime, unit: TimeUnit) -> None:
    duration = Duration("", unit, date="10-31")
    due = Dues(LINE).step(Budget(other=duration), LINE.seconds(opened), LINE.seconds(opened))

    expected = step_due(
        duration, opened_at=opened, clock_started_at=opened, prefix_days=Fraction(0), calendar=CALENDAR
    ).due_at
    assert (due is None) == (expected is None)
    assert due is None or LINE.moment(due) == expected


def test_years_are_added_as_they_are_reached() -> None:
    line = Timeline(CALENDAR, START)
    far = datetime(2150, 3, 4, 5, tzinfo=UTC)

    assert line.worked(line.seconds(far)) // 60 == CALENDAR.minutes_between(datetime(2024, 12, 31, 17, tzinfo=UTC), far)


def test_what_lies_behind_the_calendar_is_refused() -> None:
    with pytest.raises(BeyondCalendar):
        Timeline(CALENDAR, START).after(0, 200 * 366 * 86_400)
