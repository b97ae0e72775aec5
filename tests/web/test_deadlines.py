from datetime import UTC, datetime, timedelta

import pytest

from engine.model import Instance, Task
from engine.worktime import WorkCalendar
from web.deadlines import Deadline, Urgency, case_deadline, deadline, deadline_of

CALENDAR = WorkCalendar.shipped()
DUE = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
"""17:00 of a Wednesday; the day before is off."""


@pytest.mark.parametrize(
    ("at", "minutes", "urgency"),
    [
        (DUE - timedelta(hours=3), 180, Urgency.SOON),
        (DUE, 0, Urgency.SOON),
        (DUE - timedelta(days=2), 480, Urgency.ON_TIME),
        (DUE + timedelta(hours=15), 60, Urgency.LATE),
    ],
)
def test_what_is_left_is_working_time(at: datetime, minutes: int, urgency: Urgency) -> None:
    assert deadline(DUE, at=at, calendar=CALENDAR) == Deadline(DUE, minutes, urgency)


def test_what_has_no_limit_is_never_late() -> None:
    assert deadline(None, at=DUE, calendar=CALENDAR).urgency is Urgency.OPEN_END


def test_what_waits_for_the_citizen_is_paused() -> None:
    waiting = Task(kind="receive", due_at=None, paused_at=DUE)

    assert deadline_of(waiting, at=DUE, calendar=CALENDAR).urgency is Urgency.PAUSED


def test_a_case_is_paused_while_its_clock_stands_still() -> None:
    instance = Instance(due_at=DUE, due_provisional=False, paused_at=DUE - timedelta(days=3), ended_at=None)

    assert case_deadline(instance, at=DUE + timedelta(days=9), calendar=CALENDAR).urgency is Urgency.PAUSED


def test_a_case_that_has_ended_does_not_become_late() -> None:
    instance = Instance(due_at=DUE, due_provisional=False, paused_at=None, ended_at=DUE - timedelta(hours=1))

    assert case_deadline(instance, at=DUE + timedelta(days=9), calendar=CALENDAR).urgency is not Urgency.LATE
