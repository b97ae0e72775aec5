from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from tests.visitors import Website
from web.moments import calendar_days, day, machine, moment, working


def test_moments_are_told_by_the_clocks_of_vietnam() -> None:
    at = datetime(2026, 11, 25, 17, 30, tzinfo=UTC)

    assert (moment(at), day(at), machine(at)) == ("00:30 26/11/2026", "26/11/2026", "2026-11-26T00:30:00+07:00")
    assert (moment(None), day(None), day(date(2026, 1, 2))) == ("", "", "02/01/2026")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 phút làm việc"),
        (45, "45 phút làm việc"),
        (180, "3 giờ làm việc"),
        (324, "5 giờ 24 phút làm việc"),
        (480, "1 ngày làm việc"),
        (780, "1 ngày 5 giờ làm việc"),
        (510, "1 ngày làm việc"),
        (-60, "1 giờ làm việc"),
    ],
)
def test_working_time_is_told_as_the_office_counts_it(website: Website, minutes: int, words: str) -> None:
    with website.app.test_request_context():
        assert working(minutes) == words


def test_calendar_days_have_a_comma(website: Website) -> None:
    with website.app.test_request_context():
        assert (calendar_days(Fraction(5, 2)), calendar_days(12)) == ("2,5 ngày", "12 ngày")
