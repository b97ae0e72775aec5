from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.fiveclear import MINUTES, TimeUnit
from engine.calendar_days import DayKind
from engine.errors import BeyondCalendar
from engine.working_hours import Hours, Session, WorkingHours
from engine.worktime import ZONE, WorkCalendar

VECTORS = yaml.safe_load((Path(__file__).parents[1] / "files/domain/deadline_vectors.yaml").read_text())["vectors"]
LIMITS = {
    "03 ngày làm việc": (Fraction(3), TimeUnit.WORKING_DAY),
    "02 ngày làm việc": (Fraction(2), TimeUnit.WORKING_DAY),
    "01 ngày làm việc": (Fraction(1), TimeUnit.WORKING_DAY),
    "05 ngày làm việc": (Fraction(5), TimeUnit.WORKING_DAY),
    "½ ngày làm việc": (Fraction(1, 2), TimeUnit.WORKING_DAY),
    "04 giờ làm việc": (Fraction(4), TimeUnit.WORKING_HOUR),
    "02 giờ làm việc": (Fraction(2), TimeUnit.WORKING_HOUR),
    "30 phút": (Fraction(30), TimeUnit.WORKING_MINUTE),
    "15 ngày": (Fraction(15), TimeUnit.CALENDAR_DAY),
    "10 ngày": (Fraction(10), TimeUnit.CALENDAR_DAY),
    "Trong ngày": (Fraction(0), TimeUnit.SAME_DAY),
}
SHIPPED = WorkCalendar.shipped()
OTHER_HOURS = WorkCalendar(
    SHIPPED.days, WorkingHours((Hours((Session(time(7, 30), time(12)), Session(time(13), time(16, 45)))),))
)

moments = st.datetimes(datetime(2021, 1, 1), datetime(2028, 12, 31), timezones=st.just(ZONE)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
calendars = st.sampled_from([SHIPPED, OTHER_HOURS])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def by(vectors: str) -> list[object]:
    return [pytest.param(vector, id=vector["id"]) for vector in VECTORS if vectors in vector]


@pytest.mark.parametrize("vector", by("due_hour_rule"))
def test_the_hour_rule_gives_the_worked_case(vector: dict[str, object]) -> None:
    value, unit = LIMITS[str(vector["limit"])]
    received = at(str(vector["received"]))
    start = SHIPPED.receipt(received) if vector["apply_15h_rule"] else received

    if unit is TimeUnit.SAME_DAY:
        due = SHIPPED.same_day(received)
    else:
        due = SHIPPED.add_minutes(start, int(value * MINUTES[unit]))

    assert due == at(str(vector["due_hour_rule"]))


@pytest.mark.parametrize("vector", by("due_day_rule"))
def test_the_day_rule_gives_the_worked_case(vector: dict[str, object]) -> None:
    value, unit = LIMITS[str(vector["limit"])]
    received = at(str(vector["received"]))

    due = SHIPPED.same_day(received) if unit is TimeUnit.SAME_DAY else SHIPPED.day_rule(received, value)

    assert due == at(str(vector["due_day_rule"]))


@pytest.mark.parametrize("vector", by("due_calendar_rule"))
def test_the_calendar_rule_gives_the_worked_case(vector: dict[str, object]) -> None:
    value, _ = LIMITS[str(vector["limit"])]

    due = SHIPPED.calendar_rule(at(str(vector["received"])), value)

    assert due == at(str(vector["due_calendar_rule"]))


def test_every_vector_is_tried() -> None:
    rules = ("due_hour_rule", "due_day_rule", "due_calendar_rule")

    assert len(VECTORS) == 14
    assert all(any(rule in vector for rule in rules) for vector in VECTORS)


@settings(deadline=None)
@given(calendar=calendars, start=moments, minutes=st.integers(1, 400_000), seconds=st.integers(0, 59))
def test_what_was_added_lies_between(calendar: WorkCalendar, start: datetime, minutes: int, seconds: int) -> None:
    start += timedelta(seconds=seconds)

    due = calendar.add_minutes(start, minutes)

    assert calendar.minutes_between(start, due) == minutes
    assert calendar.minutes_between(start, due - timedelta(seconds=1)) == minutes - 1


@settings(deadline=None)
@given(calendar=calendars, start=moments, first=st.integers(0, 5000), second=st.integers(0, 5000))
def test_two_budgets_in_a_row_are_one(calendar: WorkCalendar, start: datetime, first: int, second: int) -> None:
    assert calendar.add_minutes(calendar.add_minutes(start, first), second) == calendar.add_minutes(
        start, first + second
    )


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        pytest.param("2021-05-14 07:00", 480, "2021-05-14 17:00", id="the close, not the next opening"),
        pytest.param("2021-05-14 07:00", 270, "2021-05-14 11:30", id="the lunch break, not its end"),
        pytest.param("2021-05-14 12:00", 1, "2021-05-14 13:31", id="opened over lunch"),
        pytest.param("2021-05-15 09:00", 60, "2021-05-17 08:00", id="opened on a Saturday"),
        pytest.param("2021-05-14 20:00", 60, "2021-05-17 08:00", id="opened after the last close"),
        pytest.param("2021-05-15 09:00", 0, "2021-05-15 09:00", id="no budget is due at once"),
        pytest.param("2021-12-31 16:59", 2, "2022-01-04 07:01", id="over New Year and its substitute day"),
        pytest.param("2027-04-29 16:59", 2, "2027-05-03 07:01", id="fixed holidays of a year without calendar"),
    ],
)
def test_a_budget_ends_at(start: str, minutes: int, due: str) -> None:
    assert SHIPPED.add_minutes(at(start), minutes) == at(due)


def test_seconds_are_kept() -> None:
    assert SHIPPED.add_minutes(at("2021-05-14 11:29:40"), 1) == at("2021-05-14 13:30:40")


def test_moments_come_back_in_utc_whatever_zone_they_came_in() -> None:
    in_tokyo = at("2021-05-14 08:00").astimezone(ZoneInfo("Asia/Tokyo"))

    due = SHIPPED.add_minutes(in_tokyo, 30)

    assert due == at("2021-05-14 08:30")
    assert due.tzinfo is UTC


def test_a_negative_budget_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        SHIPPED.add_minutes(at("2021-05-14 08:00"), -1)


def test_a_budget_beyond_the_last_year_is_refused() -> None:
    with pytest.raises(BeyondCalendar):
        SHIPPED.add_minutes(at("2021-05-14 08:00"), 10**12)
    with pytest.raises(BeyondCalendar):
        SHIPPED.calendar_rule(at("2021-05-14 08:00"), 5_000_000)


@pytest.mark.parametrize("year", [1, 9999])
def test_a_moment_in_no_year_of_ours_is_refused(year: int) -> None:
    with pytest.raises(BeyondCalendar):
        SHIPPED.calendar_rule(datetime(year, 1, 1, tzinfo=UTC), 3)


def test_exactly_15_00_still_counts_for_the_day() -> None:
    assert SHIPPED.same_day(at("2021-05-14 15:00")) == at("2021-05-14 17:00")
    assert SHIPPED.same_day(at("2021-05-14 15:00:01")) == at("2021-05-17 17:00")
    assert SHIPPED.receipt(at("2021-05-14 15:00")) == at("2021-05-14 15:00")
    assert SHIPPED.receipt(at("2021-05-14 15:01")) == at("2021-05-17 07:00")


def test_without_a_cutoff_only_the_close_ends_the_day() -> None:
    assert SHIPPED.same_day(at("2021-05-14 16:00"), None) == at("2021-05-14 17:00")
    assert SHIPPED.same_day(at("2021-05-14 17:30"), None) == at("2021-05-17 17:00")
    assert SHIPPED.same_day(at("2021-05-15 09:00"), None) == at("2021-05-17 17:00")


def test_fractions_of_days_are_rounded_up() -> None:
    assert SHIPPED.calendar_rule(at("2021-05-10 08:00"), Fraction(5, 2)) == at("2021-05-13 17:00")
    assert SHIPPED.day_rule(at("2021-05-10 08:00"), Fraction(5, 2)) == at("2021-05-13 17:00")


def test_the_hours_of_a_unit_are_its_own() -> None:
    assert OTHER_HOURS.closing(date(2021, 5, 14)) == at("2021-05-14 16:45")
    assert OTHER_HOURS.add_minutes(at("2021-05-14 07:00"), 480) == at("2021-05-14 16:30")


def test_a_make_up_saturday_is_worked_and_the_day_it_makes_up_is_not() -> None:
    assert SHIPPED.is_working_day(date(2026, 1, 10))
    assert not SHIPPED.is_working_day(date(2026, 1, 2))
    assert not SHIPPED.is_working_day(date(2026, 1, 17))


def test_a_year_without_calendar_is_provisional() -> None:
    assert SHIPPED.provisional(at("2027-01-04 08:00"))
    assert not SHIPPED.provisional(at("2026-12-31 23:59"))


def test_the_year_is_that_of_the_zone() -> None:
    assert SHIPPED.provisional(datetime(2026, 12, 31, 17, 30, tzinfo=UTC))


def test_an_explanation_names_every_skipped_day() -> None:
    skipped = SHIPPED.explain(at("2021-04-29 09:00"), at("2021-05-05 09:00"))

    assert [(off.day.day, off.kind, off.name) for off in skipped] == [
        (30, DayKind.ANNOUNCED, "Chiến thắng"),
        (1, DayKind.ANNOUNCED, "Quốc tế Lao động"),
        (2, DayKind.WEEKEND, None),
        (3, DayKind.ANNOUNCED, "nghỉ bù 01/5"),
    ]
    assert skipped[0].source == SHIPPED.days.sources[2021]


def test_an_explanation_leaves_out_a_worked_saturday() -> None:
    skipped = SHIPPED.explain(at("2026-01-09 10:00"), at("2026-01-12 10:00"))

    assert [off.day for off in skipped] == [date(2026, 1, 11)]


def test_an_explanation_marks_what_only_holds_until_the_year_is_known() -> None:
    skipped = SHIPPED.explain(at("2027-09-01 08:00"), at("2027-09-03 08:00"))

    assert [(off.day, off.kind) for off in skipped] == [(date(2027, 9, 2), DayKind.FIXED)]


@settings(deadline=None)
@given(calendar=calendars, start=moments, minutes=st.integers(1, 5000))
def test_a_due_is_explained_by_its_working_days(calendar: WorkCalendar, start: datetime, minutes: int) -> None:
    due = calendar.add_minutes(start, minutes).astimezone(ZONE)

    skipped = {off.day for off in calendar.explain(start, due)}

    span = {start.date() + timedelta(days=day) for day in range((due.date() - start.date()).days + 1)}
    assert skipped == {day for day in span if not calendar.is_working_day(day)}
