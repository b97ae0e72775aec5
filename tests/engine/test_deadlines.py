from datetime import datetime
from fractions import Fraction

import pytest

from bpmn.fiveclear import Duration, TimeUnit
from engine.deadlines import Due, Rule, limit_due, remaining, reminder_at, step_due
from engine.worktime import ZONE, WorkCalendar

CALENDAR = WorkCalendar.shipped()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def due_of(duration: Duration | None, opened: str, **path: object) -> Due:
    """A step opened at `opened`; `started` and `prefix` where the path matters."""
    return step_due(
        duration,
        opened_at=at(opened),
        clock_started_at=at(str(path.get("started", opened))),
        prefix_days=Fraction(str(path.get("prefix", 0))),
        calendar=CALENDAR,
        rule=Rule(path.get("rule", Rule.HOUR)),
    )


def days(value: str, unit: TimeUnit = TimeUnit.CALENDAR_DAY) -> Duration:
    return Duration(value, unit, Fraction(value))


def test_a_working_day_is_eight_running_hours() -> None:
    due = due_of(days("1/2", TimeUnit.WORKING_DAY), "2025-04-25 13:30")

    assert due == Due(at("2025-04-26 07:30"), at("2025-04-26 07:30"), 240)


def test_under_the_day_rule_a_working_day_ends_at_a_close() -> None:
    due = due_of(days("3", TimeUnit.WORKING_DAY), "2021-05-14 08:00", rule=Rule.DAY)

    assert due.due_at == at("2021-05-19 17:00")


def test_under_the_day_rule_hours_still_run() -> None:
    due = due_of(days("2", TimeUnit.WORKING_HOUR), "2021-10-08 16:50", rule=Rule.DAY)

    assert due.due_at == at("2021-10-11 08:50")


@pytest.mark.parametrize("unit", [TimeUnit.OFFICE_HOURS, TimeUnit.NOT_COUNTED, TimeUnit.SHARED])
def test_a_step_without_limit_is_never_due(unit: TimeUnit) -> None:
    assert due_of(Duration("", unit), "2021-05-14 08:00") == Due()
    assert due_of(None, "2021-05-14 08:00") == Due()


def test_an_immediate_step_is_due_when_it_opens() -> None:
    due = due_of(Duration("ngay", TimeUnit.IMMEDIATE), "2021-05-14 08:00")

    assert due.due_at == at("2021-05-14 08:00")


def test_a_step_of_the_day_ends_at_closing() -> None:
    assert due_of(Duration("trong ngày", TimeUnit.SAME_DAY), "2021-05-14 09:00").due_at == at("2021-05-14 17:00")


@pytest.mark.parametrize(
    ("date", "inclusive", "due"),
    [
        ("2021-05-28", True, "2021-05-28 17:00"),
        ("2021-05-30", True, "2021-05-31 17:00"),
        ("2021-05-30", False, "2021-05-28 17:00"),
        ("08-15", True, "2021-08-16 17:00"),
        ("03-15", True, "2022-03-15 17:00"),
        ("02-29", True, "2022-02-28 17:00"),
    ],
)
def test_a_date_is_due_at_its_close(date: str, inclusive: bool, due: str) -> None:
    duration = Duration("", TimeUnit.BY_DATE, date=date, extra={"inclusive": inclusive})

    assert due_of(duration, "2021-05-14 08:00").due_at == at(due)


@pytest.mark.parametrize("date", [None, "mùa xuân", "2021-02-30", "02-30"])
def test_a_date_that_is_none_gives_no_due(date: str | None) -> None:
    assert due_of(Duration("", TimeUnit.BY_DATE, date=date), "2021-05-14 08:00") == Due()


def test_calendar_days_add_up_from_the_start_of_the_clock() -> None:
    started = "2021-05-10 08:00"

    first = due_of(days("1/2"), started, started=started, prefix="1/2")
    second = due_of(days("1/2"), "2021-05-10 10:00", started=started, prefix="1")

    assert first.due_at == second.due_at == second.planned_at == at("2021-05-11 17:00")


def test_a_step_opened_early_keeps_its_place_in_the_plan() -> None:
    due = due_of(days("2"), "2021-05-10 09:00", started="2021-05-10 08:00", prefix="5")

    assert due == Due(at("2021-05-17 17:00"), at("2021-05-17 17:00"), None)


def test_a_step_opened_late_counts_from_its_opening_and_shows_both() -> None:
    due = due_of(days("2"), "2021-05-18 09:00", started="2021-05-10 08:00", prefix="5")

    assert due == Due(at("2021-05-20 17:00"), at("2021-05-17 17:00"), None)


def test_the_last_due_of_fitting_budgets_is_the_statutory_due() -> None:
    opened, started, prefix = "2021-05-14 08:00", "2021-05-14 08:00", Fraction(0)
    for budget in ("1/2", "9/2", "3", "7"):
        prefix += Fraction(budget)
        due = due_of(days(budget), opened, started=started, prefix=prefix).due_at
        assert due is not None
        opened = due.astimezone(ZONE).isoformat()[:19]

    assert due == limit_due({"value": 15, "unit": "calendar_day"}, at(started), CALENDAR).due_at


@pytest.mark.parametrize(
    ("limit", "received", "due"),
    [
        ({"value": 3, "unit": "working_day"}, "2021-05-14 08:00", "2021-05-19 17:00"),
        ({"value": 1, "unit": "working_day", "cutoff": "15:00"}, "2021-09-01 15:30", "2021-09-06 17:00"),
        ({"value": 8, "unit": "working_hour"}, "2021-05-14 08:00", "2021-05-17 08:00"),
        ({"value": 15, "unit": "calendar_day"}, "2021-05-14 08:00", "2021-05-31 17:00"),
        ({"unit": "same_day", "cutoff": "15:00"}, "2021-05-14 15:10", "2021-05-17 17:00"),
        ({"unit": "same_day", "cutoff": "16:00"}, "2021-05-14 15:10", "2021-05-14 17:00"),
    ],
)
def test_a_limit_is_due_by_the_day_rule(limit: dict[str, object], received: str, due: str) -> None:
    assert limit_due(limit, at(received), CALENDAR).due_at == at(due)


def test_a_limit_may_run_by_the_hour() -> None:
    limit = {"value": 1, "unit": "working_day", "cutoff": "15:00"}

    assert limit_due(limit, at("2021-09-01 15:30"), CALENDAR, rule=Rule.HOUR).due_at == at("2021-09-06 17:00")
    assert limit_due(limit, at("2021-09-01 14:30"), CALENDAR, rule=Rule.HOUR).due_at == at("2021-09-06 14:30")


def test_a_procedure_without_limit_has_no_due() -> None:
    assert limit_due(None, at("2021-05-14 08:00"), CALENDAR) == Due()


def test_a_due_that_reaches_an_unknown_year_is_provisional() -> None:
    assert limit_due({"value": 3, "unit": "working_day"}, at("2026-12-31 08:00"), CALENDAR).provisional
    assert not limit_due({"value": 3, "unit": "working_day"}, at("2026-12-25 08:00"), CALENDAR).provisional


def test_what_is_left_is_working_time() -> None:
    left = remaining(at("2021-05-14 16:00"), at("2021-05-17 08:00"), CALENDAR)

    assert (left.minutes, left.late) == (120, False)


def test_a_step_is_late_from_the_first_moment_after_its_due() -> None:
    due = at("2021-05-14 17:00")

    assert not remaining(due, due, CALENDAR).late
    assert remaining(at("2021-05-14 17:01"), due, CALENDAR).late
    assert remaining(at("2021-05-17 07:30"), due, CALENDAR).minutes == 30


def test_the_reminder_comes_when_most_of_the_budget_has_passed() -> None:
    reminder = reminder_at(at("2021-05-14 07:00"), at("2021-05-14 17:00"), budget_minutes=480, calendar=CALENDAR)

    assert reminder == at("2021-05-14 15:24")


def test_the_reminder_of_calendar_days_comes_a_working_day_before() -> None:
    reminder = reminder_at(at("2021-05-10 07:00"), at("2021-05-17 17:00"), budget_minutes=None, calendar=CALENDAR)

    assert reminder == at("2021-05-14 17:00")


@pytest.mark.parametrize("opened", ["2021-05-17 07:00", "2021-05-17 17:00", "2021-05-18 09:00"])
def test_the_reminder_never_comes_before_the_opening(opened: str) -> None:
    reminder = reminder_at(at(opened), at("2021-05-17 17:00"), budget_minutes=None, calendar=CALENDAR)

    assert reminder is not None
    assert reminder >= at(opened)


def test_a_task_that_is_not_due_has_no_reminder() -> None:
    assert reminder_at(at("2021-05-10 07:00"), None, budget_minutes=None, calendar=CALENDAR) is None
