"""A deadline as a person reads it: how much working time is left, until when, and one word for it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from engine.deadlines import remaining
from engine.model.instance import Instance
from engine.model.task import Task
from engine.queries.worklist import SOON
from engine.worktime import WorkCalendar


class Urgency(StrEnum):
    """The four words of the one-stop offices, and one for what has no limit."""

    ON_TIME = "on-time"
    SOON = "soon"
    LATE = "late"
    PAUSED = "paused"
    OPEN_END = "open-end"


@dataclass(frozen=True, slots=True)
class Deadline:
    """`minutes` is working time left, or past when late. `provisional`: the calendar of that year is not loaded yet.

    `since`: from when on the clock stands still.
    """

    due_at: datetime | None
    minutes: int
    urgency: Urgency
    provisional: bool = False
    since: datetime | None = None


def deadline_of(task: Task, *, at: datetime, calendar: WorkCalendar) -> Deadline:
    """The deadline of an open task; paused while its clock stands still."""
    if task.paused_at is not None:
        return Deadline(task.due_at, 0, Urgency.PAUSED, since=task.paused_at)
    return deadline(task.due_at, at=at, calendar=calendar, provisional=task.provisional)


def case_deadline(instance: Instance, *, at: datetime, calendar: WorkCalendar) -> Deadline:
    """The statutory deadline of a case: paused while its clock stands still, as it was at its end when it has ended."""
    if instance.paused_at is not None and instance.ended_at is None:
        return Deadline(instance.due_at, 0, Urgency.PAUSED, since=instance.paused_at)
    seen_at = instance.ended_at or at
    return deadline(instance.due_at, at=seen_at, calendar=calendar, provisional=instance.due_provisional)


def deadline(due_at: datetime | None, *, at: datetime, calendar: WorkCalendar, provisional: bool = False) -> Deadline:
    """The deadline that ends at `due_at`, seen at `at`."""
    if due_at is None:
        return Deadline(None, 0, Urgency.OPEN_END)
    left = remaining(at, due_at, calendar)
    in_time = Urgency.SOON if due_at <= at + SOON else Urgency.ON_TIME
    return Deadline(due_at, left.minutes, Urgency.LATE if left.late else in_time, provisional)
