"""Timers are read strictly: exact fractions, calendar months, Vietnamese time where no offset is given."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.elements import TimerText
from bpmn.errors import TimeError
from bpmn.fiveclear import TimeUnit
from bpmn.isotime import VIETNAM, parse_timer

AT = datetime(2026, 1, 31, 8, 0, tzinfo=VIETNAM)


def due(kind: str, text: str, at: datetime = AT) -> datetime:
    return parse_timer(TimerText(kind, text)).first_due(at)


def refused(kind: str, text: str) -> str:
    with pytest.raises(TimeError) as caught:
        parse_timer(TimerText(kind, text)).first_due(AT)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("PT5M", timedelta(minutes=5)),
        ("P1.5D", timedelta(hours=36)),
        ("P1,5D", timedelta(hours=36)),
        ("P2W", timedelta(weeks=2)),
        ("P1DT2H30M", timedelta(days=1, hours=2, minutes=30)),
        ("PT0.25S", timedelta(milliseconds=250)),
        ('"PT5M"', timedelta(minutes=5)),
        (" 'PT5M' ", timedelta(minutes=5)),
    ],
)
def test_a_duration_is_exact(text: str, length: timedelta) -> None:
    assert due("duration", text) - AT == length


@pytest.mark.parametrize(
    ("text", "day"),
    [("P1M", (2026, 2, 28)), ("P2M", (2026, 3, 31)), ("P1Y1M", (2027, 2, 28)), ("P25M", (2028, 2, 29))],
)
def test_a_month_is_a_calendar_month_and_clamps_to_its_end(text: str, day: tuple[int, int, int]) -> None:
    timer = parse_timer(TimerText("duration", text))

    assert timer.calendar
    assert timer.first_due(AT) == datetime(*day, 8, 0, tzinfo=VIETNAM)


def test_the_month_is_counted_on_the_vietnamese_calendar() -> None:
    late_evening_in_utc = datetime(2026, 1, 30, 20, 0, tzinfo=UTC)

    assert due("duration", "P1M", late_evening_in_utc) == datetime(2026, 2, 28, 3, 0, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2027-03-01T08:00:00+07:00", datetime(2027, 3, 1, 1, tzinfo=UTC)),
        ("2027-03-01T08:00:00", datetime(2027, 3, 1, 1, tzinfo=UTC)),
        ("2027-03-01T08:00", datetime(2027, 3, 1, 1, tzinfo=UTC)),
        ("2027-03-01T08:00:00Z", datetime(2027, 3, 1, 8, tzinfo=UTC)),
        ("2027-03-01", datetime(2027, 2, 28, 17, tzinfo=UTC)),
        ("2027-03-01T08:00:00.5-0430", datetime(2027, 3, 1, 12, 30, 0, 500_000, tzinfo=UTC)),
    ],
)
def test_a_date_without_offset_is_vietnamese_time(text: str, moment: datetime) -> None:
    assert due("date", text) == moment


def test_a_cycle_tells_its_repeats_and_its_first_moment() -> None:
    thrice = parse_timer(TimerText("cycle", "R3/PT1H"))
    endless = parse_timer(TimerText("cycle", "R/P1D"))
    begun = parse_timer(TimerText("cycle", "R2/2027-01-01T00:00:00Z/P1D"))

    assert (thrice.repeats, thrice.first_due(AT)) == (3, AT + timedelta(hours=1))
    assert endless.repeats is None
    assert begun.first_due(AT) == datetime(2027, 1, 1, tzinfo=UTC)


def test_a_working_value_is_understood_and_left_to_the_calendar() -> None:
    timer = parse_timer(TimerText("working", "1/2 working_day"))

    assert timer.working is not None
    assert (timer.working.value, timer.working.unit) == (Fraction(1, 2), TimeUnit.WORKING_DAY)
    assert refused("working", "3 working_day") == "timer-working"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *[("duration", text) for text in ("", "P", "PT", "P1DT", "-PT5M", "P-3D", "300", "3 ngày", "PT５M", "pt5m")],
        *[("duration", text) for text in ("PT" + "9" * 400 + "S", "P0.5M", "P1.5DT2H", "P1D2H", "PT5M\n1", "'PT5M")],
        *[("cycle", text) for text in ("PT1M", "R-1/PT1M", "R3", "R3/", "R/P", "0 0 9 * * ?", "R3/PT1H/2027-01-01")],
        *[("date", text) for text in ("2027-02-30T08:00:00+07:00", "2027-13-01", "01/03/2027", "2027-3-1", "")],
        *[("date", text) for text in ("2027-03-01T24:00", "2027-03-01T08:00:00+25:00", "2027-03-01T08", "20270301")],
        *[("working", text) for text in ("3", "3 ngày", "x working_day", "1/0 working_day", "3 century")],
        ("strange", "PT1H"),
    ],
)
def test_what_is_not_iso_is_a_syntax_fault(kind: str, text: str) -> None:
    assert refused(kind, text) == "timer-syntax"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("duration", "PT0S"),
        ("duration", "P999999999D"),
        ("duration", "P999999999Y"),
        ("cycle", "R/PT0S"),
        ("cycle", "R/PT59S"),
        ("cycle", "R0/PT1H"),
        ("cycle", "R999999999/PT1H"),
        ("date", "9999-12-31T23:59:59-12:00"),
        ("date", "0001-01-01T00:00:00+14:00"),
        ("working", "0 working_day"),
        ("working", "999999 working_day"),
    ],
)
def test_what_the_clock_cannot_hold_is_a_range_fault(kind: str, text: str) -> None:
    assert refused(kind, text) == "timer-range"


def test_a_due_beyond_the_calendar_is_a_range_fault() -> None:
    with pytest.raises(TimeError) as caught:
        due("duration", "P90Y", datetime(9990, 1, 1, tzinfo=UTC))

    assert caught.value.code == "timer-range"


@given(st.sampled_from(["duration", "date", "cycle", "working"]), st.text("PRTYMWDHS0123456789.,-+:/Z ", max_size=30))
def test_any_text_is_read_or_refused(kind: str, text: str) -> None:
    try:
        moment = due(kind, text)
    except TimeError as refusal:
        assert refusal.code in {"timer-syntax", "timer-range", "timer-working"}
    else:
        assert moment.tzinfo is not None
