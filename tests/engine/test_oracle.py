"""The working calendar against an oracle that counts minute by minute, on random calendars of town and unit."""

from datetime import datetime
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.stands import Stand, calendar_days_over, days_over, hours_over, stood
from engine.worktime import MINUTE, ZONE, WorkCalendar
from tests.engine.oracle import Paper, clock
from tests.engine.papers import budgets, calendars, moments

slow = settings(deadline=None, max_examples=40)
Both = tuple[WorkCalendar, Paper]


def local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=ZONE)


def naive(moment: datetime) -> datetime:
    return moment.astimezone(ZONE).replace(tzinfo=None)


@slow
@given(both=calendars(), start=moments, minutes=budgets)
def test_a_budget_passes_as_counted_minute_by_minute(both: Both, start: datetime, minutes: int) -> None:
    calendar, paper = both

    assert naive(calendar.add_minutes(local(start), minutes)) == paper.due(start, minutes)


@slow
@given(both=calendars(), start=moments, days=st.integers(0, 6), session=st.integers(0, 2))
def test_a_budget_that_ends_with_a_session_is_due_at_its_close(
    both: Both, start: datetime, days: int, session: int
) -> None:
    calendar, paper = both
    day = (start + days * 1440 * MINUTE).date()
    spans = paper.sessions.get(day.weekday()) or [("07:00", "11:00")]
    minute = clock(spans[session % len(spans)][1])
    end = datetime(day.year, day.month, day.day) + minute * MINUTE

    minutes = paper.between(start, end)

    assert naive(calendar.add_minutes(local(start), minutes)) == paper.due(start, minutes)


@slow
@given(both=calendars(), since=moments, minutes=st.integers(0, 20_000))
def test_the_time_between_is_as_counted_minute_by_minute(both: Both, since: datetime, minutes: int) -> None:
    calendar, paper = both
    until = since + minutes * MINUTE

    counted = paper.between(since, until)

    assert calendar.minutes_between(local(since), local(until)) == counted
    assert calendar.minutes_between(local(until), local(since)) == -counted


@slow
@given(both=calendars(), start=moments, days=st.integers(1, 30))
def test_whole_days_end_where_the_oracle_closes(both: Both, start: datetime, days: int) -> None:
    calendar, paper = both

    assert naive(calendar.day_rule(local(start), days)) == paper.nth_day(start, days)


@slow
@given(both=calendars(), start=moments, days=st.integers(1, 60))
def test_calendar_days_end_where_the_oracle_closes(both: Both, start: datetime, days: int) -> None:
    calendar, paper = both
    last = (start + days * 1440 * MINUTE).date()

    assert naive(calendar.calendar_rule(local(start), Fraction(days) - Fraction(1, 3))) == paper.close(last)


spans = st.lists(st.tuples(st.integers(0, 6_000), st.integers(1, 6_000)), max_size=4)


@slow
@given(both=calendars(), start=moments, minutes=st.integers(1, 2000), spans=spans)
def test_a_budget_over_pauses_counts_only_what_runs(
    both: Both, start: datetime, minutes: int, spans: list[tuple[int, int]]
) -> None:
    calendar, paper = both
    pauses = [(start + after * MINUTE, start + (after + length) * MINUTE) for after, length in spans]
    stands = [Stand(local(since), local(until)) for since, until in pauses]

    due = hours_over(local(start), minutes * MINUTE, stands, calendar)

    assert naive(due) == paper.due(start, minutes, pauses)
    assert calendar.minutes_between(local(start), due) - stood(local(start), due, stands, calendar) == minutes


@slow
@given(both=calendars(), start=moments, days=st.integers(1, 12), spans=spans)
def test_a_pause_adds_the_working_days_after_it_began(
    both: Both, start: datetime, days: int, spans: list[tuple[int, int]]
) -> None:
    calendar, paper = both
    after, length = spans[0] if spans else (0, 1)
    since, until = start + after * MINUTE, start + (after + length) * MINUTE
    due = paper.nth_day(start, days)
    wanted = due
    if due >= since:
        day, stood_days = since.date(), 0
        while day < until.date():
            day = (datetime(day.year, day.month, day.day) + 1440 * MINUTE).date()
            stood_days += paper.works(day)
        wanted = paper.nth_day(due, stood_days) if stood_days else due
        if wanted < until:
            wanted = paper.nth_day(wanted, 1)

    found = days_over(local(start), days, [Stand(local(since), local(until))], calendar)

    assert naive(found) == wanted


@slow
@given(both=calendars(), start=moments, days=st.integers(1, 40), spans=spans)
def test_a_pause_adds_its_calendar_days(both: Both, start: datetime, days: int, spans: list[tuple[int, int]]) -> None:
    calendar, paper = both
    after, length = spans[0] if spans else (0, 1)
    since, until = start + after * MINUTE, start + (after + length) * MINUTE
    due = paper.close((start + days * 1440 * MINUTE).date())
    stood_days = (until.date() - since.date()).days if due >= since else 0

    found = calendar_days_over(local(start), days, [Stand(local(since), local(until))], calendar)

    assert naive(found) == paper.close((start + (days + stood_days) * 1440 * MINUTE).date())


@settings(slow, max_examples=10)
@given(both=calendars(), start=moments, years=st.integers(1, 60))
def test_a_huge_budget_is_counted_back_exactly(both: Both, start: datetime, years: int) -> None:
    calendar, _ = both
    minutes = years * 120_000

    assert calendar.minutes_between(local(start), calendar.add_minutes(local(start), minutes)) == minutes
