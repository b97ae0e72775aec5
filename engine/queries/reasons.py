"""Why the deadlines of a case are when they are, from what is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.calendar import Calendars, calendars
from engine.case_times import stands_of
from engine.clock import CaseClock, counted_from
from engine.definitions import ready
from engine.explaining import Budget, Why, why_limit, why_step
from engine.model.instance import Instance
from engine.model.pause import Pause
from engine.model.task import Task
from engine.stands import Stand
from engine.worktime import WorkCalendar


@dataclass(frozen=True, slots=True)
class Standing:
    """A time in which a case's clock stood still: since when, until when (None: it still does), and why."""

    name: str
    mode: str
    since: datetime
    until: datetime | None


def why_task(session: Session, task: Task) -> Why | None:
    """Explain the due of a task with its case and definition loaded; None where no limit counts."""
    instance, model = task.instance, ready(task.instance.definition)
    budget = model.budget(task.element)
    if budget is None or task.due_at is None:
        return None
    known = calendars(session)
    stands = [stand for stand in stands_of(session, instance.id) if stand.waits]
    times = model.times if instance.clock_element is None else model.times_from(instance.clock_element)
    clock = CaseClock(_calendar(known, instance), times, instance.clock_started_at)
    calendar = clock.calendar if budget.calendar_days is not None else known.of(task.unit_code)
    since = _opened(session, task, model.block(task.element))
    return why_step(
        Budget(budget, since, task.due_at, calendar, calendar.counting(since).steps, stands),
        planned_at=task.planned_at,
        prefix_days=clock.prefix(budget, task.element),
        clock_started_at=instance.clock_started_at,
    )


def why_case(session: Session, instance: Instance) -> Why | None:
    """Explain the statutory due of a case with its definition loaded; None where there is none, or a new date holds."""
    if not instance.definition.limit or instance.due_at is None or instance.extended_at is not None:
        return None
    stands: Sequence[Stand] = stands_of(session, instance.id)
    start = counted_from(instance.received_at, stands)
    calendar = _calendar(calendars(session), instance)
    return why_limit(instance.definition.limit, start, instance.due_at, calendar=calendar, stands=stands)


def standing(session: Session, instance_id: int) -> Sequence[Standing]:
    """Return when a case's clock stood still and why, in order."""
    query = select(Pause).where(Pause.instance_id == instance_id).order_by(Pause.from_at, Pause.id)
    return [Standing(row.name, row.mode, row.from_at, row.until_at) for row in session.scalars(query)]


def _calendar(known: Calendars, instance: Instance) -> WorkCalendar:
    return known.of(instance.definition.unit_code)


def _opened(session: Session, task: Task, members: Sequence[str]) -> datetime:
    if not members:
        return task.opened_at
    query = select(func.min(Task.opened_at)).where(
        Task.instance_id == task.instance_id,
        Task.element.in_(members),
        Task.opened_at >= task.instance.clock_started_at,
    )
    return session.scalar(query) or task.opened_at
