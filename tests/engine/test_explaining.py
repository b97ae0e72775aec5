"""Why a deadline: every day between, counted or not, with its reason and source."""

from datetime import date, datetime
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.fiveclear import Duration, TimeUnit
from engine.explaining import Budget, How, LineKind, why_limit, why_step
from engine.stands import Stand, hours_over
from engine.working_hours import Rule
from engine.worktime import MINUTE, ZONE, WorkCalendar
from tests.engine.papers import calendars, moments

CALENDAR = WorkCalendar.shipped()


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def hours(minutes):
    return Duration(f"{minutes} phút", TimeUnit.WORKING_MINUTE, Fraction(minutes))


def why(duration, since, due, *, rule=Rule.HOUR, stands=(), calendar=CALENDAR, planned=None, prefix=0, started=None):
    budget = Budget(duration, since, due, calendar, rule, stands)
    return why_step(budget, planned_at=planned or due, prefix_days=Fraction(prefix), clock_started_at=started or since)


def test_hours_over_tet_name_every_day_off_with_its_source():
    told = why(hours(240), at("2021-02-09 14:00"), at("2021-02-17 08:00"))

    assert told.how is How.HOURS
    assert (told.lines[0].day.day, told.lines[0].kind, told.lines[0].minutes) == (9, LineKind.PARTLY, 180)
    assert [line.name for line in told.lines[1:8]] == ["Tết Tân Sửu"] * 7
    assert all(line.source == CALENDAR.days.sources[2021] for line in told.lines[1:8])
    assert (told.lines[-1].minutes, told.lines[-1].kind) == (60, LineKind.PARTLY)


def test_a_swap_saturday_is_named():
    told = why(hours(480), at("2026-01-09 10:00"), at("2026-01-10 10:00"))

    assert (told.lines[1].reason, told.lines[1].name) == ("makeup", "làm bù cho 02/01")


def test_lunch_is_no_session():
    told = why(hours(30), at("2021-05-14 11:15"), at("2021-05-14 13:45"))

    assert told.lines[0].sessions == (
        (at("2021-05-14 11:15"), at("2021-05-14 11:30")),
        (at("2021-05-14 13:30"), at("2021-05-14 13:45")),
    )


def test_under_the_day_rule_the_first_day_does_not_count():
    told = why_limit(
        {"value": 2, "unit": "working_day", "text": "02 ngày"},
        at("2021-04-29 09:00"),
        at("2021-05-05 17:00"),
        calendar=CALENDAR,
    )

    assert told.how is How.DAYS
    assert [(line.day.day, line.kind) for line in told.lines] == [
        (29, LineKind.FIRST),
        *((day, LineKind.SKIPPED) for day in (30, 1, 2, 3)),
        (4, LineKind.COUNTED),
        (5, LineKind.COUNTED),
    ]


def test_calendar_days_say_only_where_the_end_moved():
    told = why_limit(
        {"value": 10, "unit": "calendar_day"}, at("2023-12-20 08:00"), at("2024-01-02 17:00"), calendar=CALENDAR
    )

    assert [(line.day, line.kind) for line in told.lines] == [
        (date(2023, 12, 30), LineKind.MOVED),
        (date(2023, 12, 31), LineKind.MOVED),
        (date(2024, 1, 1), LineKind.MOVED),
    ]


def test_a_step_that_opened_late_shows_both_moments():
    two = Duration("02 ngày", TimeUnit.CALENDAR_DAY, Fraction(2))

    told = why(
        two,
        at("2021-05-18 09:00"),
        at("2021-05-20 17:00"),
        planned=at("2021-05-17 17:00"),
        prefix=5,
        started=at("2021-05-10 08:00"),
    )

    assert (told.due_at, told.planned_at, told.since) == (
        at("2021-05-20 17:00"),
        at("2021-05-17 17:00"),
        at("2021-05-18 09:00"),
    )


def test_receipt_after_15_00_is_told():
    limit = {"unit": "same_day", "text": "Trong ngày"}

    told = why_limit(limit, at("2021-05-14 15:10"), at("2021-05-17 17:00"), calendar=CALENDAR)

    assert (told.how, told.received_at, told.since) == (How.CLOSE, at("2021-05-14 15:10"), at("2021-05-17 07:00"))


def test_a_year_without_calendar_is_provisional():
    assert why(hours(60), at("2027-01-04 08:00"), at("2027-01-04 09:00")).provisional


def test_a_huge_budget_lists_only_so_many_days():
    due = CALENDAR.add_minutes(at("2021-05-14 08:00"), 1_000_000)

    told = why(hours(1_000_000), at("2021-05-14 08:00"), due)

    assert len(told.lines) == 400
    assert told.more > 2_000


@settings(deadline=None, max_examples=40)
@given(both=calendars(), start=moments, minutes=st.integers(1, 3000), pause=st.tuples(*[st.integers(1, 4000)] * 2))
def test_what_is_told_as_counted_adds_up_to_the_budget(both, start, minutes, pause):
    calendar, _ = both
    since = start.replace(tzinfo=ZONE)
    stands = [Stand(since + pause[0] * MINUTE, since + sum(pause) * MINUTE)]
    due = hours_over(since, minutes * MINUTE, stands, calendar)

    told = why(hours(minutes), since, due, stands=stands, calendar=calendar)

    assert sum(line.minutes for line in told.lines) == minutes
    skipped = {line.day for line in told.lines if line.kind is LineKind.SKIPPED}
    assert skipped == {line.day for line in told.lines if not calendar.is_working_day(line.day)}
