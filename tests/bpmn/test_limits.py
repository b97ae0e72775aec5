"""Limits that a procedure states for itself."""

from fractions import Fraction

import pytest

from bpmn.limits import Stated, stated


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (3, "working_day", Stated(minutes=1440)),
        ("0,5", "working_day", Stated(minutes=240)),
        ("1/2", "calendar_day", Stated(days=Fraction(1, 2))),
        (Fraction(15), "calendar_day", Stated(days=Fraction(15))),
        (2.5, "working_hour", Stated(minutes=150)),
        (None, "same_day", Stated()),
        (7, "fortnight", Stated()),
        ("1e999999999", "working_day", Stated()),
        (True, "working_day", Stated()),
        (float("nan"), "working_day", Stated()),
    ],
)
def test_a_limit_is_minutes_or_days_or_neither(value: object, unit: str, expected: Stated) -> None:
    assert stated({"value": value, "unit": unit}) == expected


def test_no_limit_is_none() -> None:
    assert stated(None) is None
    assert stated({}) is None
