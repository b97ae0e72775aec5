"""Loading calendars: what replaces what, what was known when, and what is refused."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from engine.calendar import calendar_of, calendars_known, load_known_at, year_missing
from engine.calendar_file import parse_calendar, shipped_calendar
from engine.commands.load_calendar import CalendarChange, load_calendar
from engine.errors import CalendarUnfit
from engine.model import CalendarDay, CalendarLoad, CalendarYear
from engine.working_hours import Rule
from engine.worktime import ZONE
from tests.factories import ADA, MONDAY

LATER = MONDAY + timedelta(days=1)
TOWN = [["07:00", "11:30"], ["13:30", "17:00"]]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def loaded(database, content, *, at=MONDAY, units=None):
    with database.transaction() as session:
        return load_calendar(session, CalendarChange(parse_calendar(content), "TB 1", units), at=at, by=ADA)


def refused(database, content, *, units=None):
    with pytest.raises(CalendarUnfit) as caught:
        loaded(database, content, units=units)
    return [problem["code"] for problem in caught.value.facts["problems"]]


@pytest.fixture
def town(database):
    with database.transaction() as session:
        load_calendar(session, shipped_calendar(), at=MONDAY)
    return database


def year(number=2027, **rest):
    return {"years": {number: {"source": "TB 99/TB-BNV", **rest}}}


def test_a_loaded_calendar_counts_as_the_shipped_one(town):
    with town.reading() as session:
        calendar = calendar_of(session)

    assert calendar.add_minutes(at("2026-08-21 08:00"), 1440) == at("2026-08-25 08:00")
    assert calendar.day_rule(at("2021-04-29 09:00"), 2) == at("2021-05-05 17:00")


def test_loading_the_same_again_changes_nothing(town):
    with town.transaction() as session:
        again = load_calendar(session, shipped_calendar(), at=LATER)

    with town.reading() as session:
        assert again is None
        assert session.scalar(select(func.count()).select_from(CalendarLoad)) == 1


def test_a_year_that_is_loaded_is_provisional_no_longer(town):
    with town.reading() as session:
        before = calendar_of(session)
    loaded(town, year(days_off=[{"date": "2027-02-08", "name": "Tết"}]))

    with town.reading() as session:
        after = calendar_of(session)
    assert before.provisional(at("2027-02-08 08:00"))
    assert before.is_working_day(date(2027, 2, 8))
    assert not after.provisional(at("2027-02-08 08:00"))
    assert not after.is_working_day(date(2027, 2, 8))
    assert after.off(date(2027, 2, 8)).source == "TB 99/TB-BNV"


def test_a_changed_year_is_known_as_it_was(town):
    loaded(town, year(2026, days_off=[{"date": "2026-11-26", "name": "nghỉ bão", "source": "CĐ 5"}]), at=LATER)

    with town.reading() as session:
        now = calendar_of(session)
        then = calendars_known(session, load_known_at(session, MONDAY)).of()
        never = calendars_known(session, 0).of()
    assert not now.is_working_day(date(2026, 11, 26))
    assert now.is_working_day(date(2026, 1, 2))
    assert then.is_working_day(date(2026, 11, 26))
    assert not then.is_working_day(date(2026, 1, 2))
    assert never.provisional(at("2026-01-02 08:00"))


def test_a_unit_has_its_own_days_and_sessions_and_the_town_keeps_its(town):
    desk = {
        "hours": [
            {"weekday": "sat", "from": "2026-12-01", "sessions": [["07:30", "11:30"]], "source": "QĐ 14/2010"},
            {"weekday": "sun", "reception": [["08:00", "10:00"]]},
        ],
        "days_off": [{"date": "2026-11-25", "name": "khánh thành"}],
    }
    loaded(town, {"units": {"VP": desk}})

    with town.reading() as session:
        calendar, others = calendar_of(session, "VP"), calendar_of(session, "QLDT")
    assert not calendar.is_working_day(date(2026, 11, 25))
    assert others.is_working_day(date(2026, 11, 25))
    assert not calendar.is_working_day(date(2026, 11, 28))
    assert calendar.is_working_day(date(2026, 12, 5))
    assert calendar.add_minutes(at("2026-12-04 16:00"), 120) == at("2026-12-05 08:30")
    assert not calendar.is_working_day(date(2026, 12, 6))
    assert [session.counts for session in calendar.sessions_on(date(2026, 12, 6))] == [False]


def test_hours_change_from_a_day_on(town):
    winter = {"hours": [{"from": "2026-12-01", "sessions": [["07:30", "12:00"], ["13:00", "16:30"]]}]}
    loaded(town, winter)

    with town.reading() as session:
        calendar = calendar_of(session)
    assert calendar.closing(date(2026, 11, 30)) == at("2026-11-30 17:00")
    assert calendar.closing(date(2026, 12, 1)) == at("2026-12-01 16:30")


def test_a_unit_chooses_how_it_counts_from_a_day_on(town):
    loaded(town, {"units": {"VP": {"rules": [{"from": "2026-12-01", "steps": "day", "limits": "hour"}]}}})

    with town.reading() as session:
        calendar, others = calendar_of(session, "VP"), calendar_of(session)
    assert calendar.counting(at("2026-11-30 08:00")).steps is Rule.HOUR
    assert (calendar.counting(at("2026-12-01 08:00")).steps, calendar.counting(LATER + timedelta(9)).limits) == (
        Rule.DAY,
        Rule.HOUR,
    )
    assert others.counting(at("2026-12-01 08:00")).steps is Rule.HOUR


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({}, "nothing-to-load"),
        (year(2028), "year-gap"),
        (year(days_off=[{"date": "2028-01-01", "name": "x"}]), "day-outside-years"),
        (year(days_off=[{"date": "2027-01-01", "name": "x"}] * 2), "day-twice"),
        (year(makeup_workdays=[{"date": "2027-01-09"}]), "makeup-without-swap"),
        (year(makeup_workdays=[{"date": "2027-01-09", "for": "2027-01-11"}]), "makeup-without-swap"),
        (year(makeup_workdays=[{"date": "2027-01-11", "for": "2027-01-12"}]), "makeup-on-weekday"),
        ({"years": {2027: {"source": " "}}}, "source-missing"),
        ({"hours": [{"from": "2027-01-01", "sessions": [["07:00", "12:00"], ["11:30", "17:00"]]}]}, "sessions-overlap"),
        ({"hours": [{"from": "2027-01-01", "sessions": [["12:00", "07:00"]]}]}, "session-empty"),
        ({"hours": [{"sessions": []}]}, "no-working-time"),
        ({"sessions_default": {"morning": ["08:00", "12:00"]}}, "default-hours-differ"),
        ({"units": {"NO": {"days_off": [{"date": "2026-11-25", "name": "x"}]}}}, "unknown-unit"),
        ({"rules": [{"leadership_days": 999}]}, "leadership-days"),
        ({"hours": [{"from": "2027-01-01", "sessions": TOWN}] * 2}, "hours-twice"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_loaded(town, content, code):
    assert code in refused(town, content, units={"VP"})
    with town.reading() as session:
        assert session.scalar(select(func.count()).select_from(CalendarLoad)) == 1


def test_a_make_up_day_is_worked_like_the_day_it_stands_for(town):
    swap = year(
        2027,
        days_off=[{"date": "2027-04-29", "name": "hoán đổi"}],
        makeup_workdays=[{"date": "2027-05-08", "note": "làm bù cho 29/4"}],
    )
    loaded(town, {**swap, "hours": [{"weekday": "thu", "from": "2027-01-01", "sessions": [["07:00", "11:00"]]}]})

    with town.reading() as session:
        assert calendar_of(session).closing(date(2027, 5, 8)) == at("2027-05-08 11:00")


def test_the_next_year_is_missed_from_october_on(town):
    with town.reading() as session:
        assert year_missing(session, date(2026, 9, 30)) is None
        assert year_missing(session, date(2026, 10, 1)) == 2027
        assert year_missing(session, date(2027, 1, 1)) == 2027


def test_of_one_day_only_one_row_is_known(town):
    with town.reading() as session:
        rows = session.scalars(select(CalendarDay).where(CalendarDay.day == date(2026, 2, 16))).all()
        assert [row.dropped_id for row in rows] == [None]
        assert session.get_one(CalendarYear, 2026).load_id == rows[0].load_id
