"""All deadlines of one case, counted anew from what is stored: when its clock stood still, or its calendar changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from bpmn.elements import Node
from bpmn.fiveclear import Duration
from engine.case_rows import CaseRows
from engine.clock import CaseClock, case_limit
from engine.deadlines import Due, reminder_at
from engine.definitions import Ready
from engine.model.definition import Definition
from engine.model.instance import ClockState, Instance
from engine.model.pause import Pause
from engine.model.task import Task, TaskState
from engine.model.timer import Timer, TimerKind
from engine.spiff import PendingTimer, Run
from engine.stands import Stand

STOP = "stop"
STANDING = ("pause", "restart", STOP)
"""What a wait or a way back may do to a case's clock so that it does not simply go on."""


class HeldCase(Protocol):
    """A case under its guard."""

    @property
    def session(self) -> Session: ...

    rows: CaseRows
    instance: Instance
    definition: Definition
    ready: Ready
    clock: CaseClock
    run: Run


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline that was counted anew and is another, or (`was` the same as `now`) is provisional no longer.

    `task` is None for the statutory due.
    """

    task: Task | None
    was: datetime | None
    now: datetime | None
    since: datetime


def stands_of(session: Session, instance_id: int) -> list[Stand]:
    """Return when the clock of a case stood still and went on."""
    query = select(Pause).where(Pause.instance_id == instance_id, Pause.mode != STOP, Pause.until_at.is_not(None))
    return [
        Stand(row.from_at, row.until_at, restarts=row.mode == "restart", waits=row.task_id is not None)
        for row in session.scalars(query.order_by(Pause.from_at, Pause.id))
        if row.until_at is not None
    ]


def opened_since(case: HeldCase, node: Node, at: datetime) -> datetime:
    """Return from when the budget of a task counts that opens now: for a shared one the opening of its block."""
    members = case.ready.block(node.id)
    if not members:
        return at
    opened = select(func.min(Task.opened_at)).where(
        Task.instance_id == case.instance.id,
        Task.element.in_(members),
        Task.opened_at >= case.instance.clock_started_at,
    )
    return case.session.scalar(opened) or at


def due_now(case: HeldCase, element: str, opened_at: datetime) -> Due:
    """Return when a task is due that opens now."""
    node = case.ready.node(element)
    return case.clock.step_due(case.ready.budget(element), opened_since(case, node, opened_at), element)


def reminder(clock: CaseClock, task: Task, budget: Duration | None, stands: Sequence[Stand] = ()) -> datetime | None:
    """Return when to remind of a task."""
    calendar = clock.calendar_for(budget, task.element)
    return reminder_at(
        task.opened_at, task.due_at, budget_minutes=task.budget_minutes, calendar=calendar, stands=stands
    )


def count_anew(case: HeldCase) -> list[Moved]:
    """Bring every open deadline, reminder and working-time timer of a case in line; return what moved.

    What is completed keeps its due, and so does a date that was given anew.  The caller stores the run.
    """
    case.rows.flush()
    stands = stands_of(case.session, case.instance.id)
    moved = [*_limit(case, stands)]
    waits = [stand for stand in stands if stand.waits]
    query = select(Task).where(Task.instance_id == case.instance.id, Task.state == TaskState.OPEN).order_by(Task.id)
    for task in case.session.scalars(query).all():
        moved += _task(case, task, waits)
    for timer in case.run.timers():
        _model_timer(case, timer, waits)
    case.session.flush()
    return moved


def _limit(case: HeldCase, stands: Sequence[Stand]) -> Iterator[Moved]:
    instance = case.instance
    if instance.clock == ClockState.STOPPED:
        return
    due = case_limit(case.clock, instance, case.definition.limit, stands)
    if (due.due_at, due.provisional) == (instance.due_at, instance.due_provisional):
        return
    was, instance.due_at, instance.due_provisional = instance.due_at, due.due_at, due.provisional
    if due.due_at is not None:
        _move_limit(case, due.due_at)
    yield Moved(None, was, due.due_at, instance.received_at)


def _move_limit(case: HeldCase, due_at: datetime) -> None:
    """Move what is told of the case as a whole."""
    whole = Timer.task_id.is_(None)
    _move(case.session, whole & (Timer.kind == TimerKind.LIMIT), before_limit(due_at, case.clock), case.instance.id)
    _move(case.session, whole & (Timer.kind == TimerKind.OVERDUE), due_at, case.instance.id)


def before_limit(due_at: datetime, clock: CaseClock) -> datetime:
    """Return when it is told that a case will be due."""
    return clock.calendar.one_working_day_before(due_at)


def _task(case: HeldCase, task: Task, stands: Sequence[Stand]) -> Iterator[Moved]:
    budget = case.ready.budget(task.element)
    if budget is None:
        return
    since = opened_since(case, case.ready.node(task.element), task.opened_at)
    due = case.clock.step_due(budget, since, task.element, stands=stands)
    was = task.due_at, task.planned_at, task.provisional
    if (due.due_at, due.planned_at, due.provisional) == was:
        return
    task.due_at, task.planned_at, task.provisional = due.due_at, due.planned_at, due.provisional
    for kind, moment in told_at(case, task, budget, stands):
        _move(case.session, (Timer.kind == kind) & (Timer.task_id == task.id), moment, task.instance_id)
    if (due.due_at, due.provisional) != (was[0], was[2]):
        yield Moved(task, was[0], due.due_at, since)


def told_at(
    case: HeldCase, task: Task, budget: Duration | None, stands: Sequence[Stand]
) -> Iterator[tuple[TimerKind, datetime]]:
    """Return when the performer is reminded of a task, when its head and when the leadership are told."""
    moment = reminder(case.clock, task, budget, stands)
    if moment is None or task.due_at is None:
        return
    yield TimerKind.REMINDER, moment
    yield TimerKind.OVERDUE, task.due_at
    yield TimerKind.LEADERSHIP, leadership_at(case.clock, task)


def leadership_at(clock: CaseClock, task: Task) -> datetime:
    """Return when the leadership is told of an overdue task: so many working days after its due as the unit says."""
    assert task.due_at is not None
    calendar = clock.of(task.element) if clock.of is not None else clock.calendar
    return calendar.day_rule(task.due_at, calendar.counting(task.due_at).leadership_days)


def _move(session: Session, which: object, moment: datetime, instance_id: int) -> None:
    where = (Timer.instance_id == instance_id, Timer.fired_at.is_(None), which)
    session.execute(update(Timer).where(*where).values(due_at=moment, wake_at=moment))  # type: ignore[arg-type]  # a clause


def _model_timer(case: HeldCase, timer: PendingTimer, stands: Sequence[Stand]) -> None:
    """Move a timer in working time; where the case waits for others, it runs while the clock stands."""
    if timer.working is None or timer.since is None:
        return
    counted = stands if stands_still(case.ready, timer.element) else ()
    due = case.clock.step_due(timer.working, timer.since, timer.watches, stands=counted).due_at
    if due is None or due == timer.due_at:
        return
    case.run.reschedule(timer.key, due)
    _move(case.session, (Timer.kind == TimerKind.EVENT) & (Timer.key == timer.key), due, case.instance.id)


def stands_still(ready: Ready, element: str) -> bool:
    """Whether a working-time timer stands with the clock of its case: one on the border of a task done here."""
    node = ready.node(element)
    if node.attached_to is None or not any(event.timer is not None for event in node.events):
        return False
    return ready.node(node.attached_to).clock not in STANDING and any(
        event.timer is not None and event.timer.kind == "working" for event in node.events
    )


def hold_timers(case: HeldCase) -> None:
    """Let nothing be told and no silence pass while the clock stands still."""
    standing = [element for element in case.ready.compiled.elements if stands_still(case.ready, element)]
    passing = Timer.kind.in_((TimerKind.EVENT, TimerKind.SIGNAL))  # a signal is heard whatever the clock does
    which = or_(~passing, (Timer.kind == TimerKind.EVENT) & Timer.element.in_(standing))
    case.session.execute(
        update(Timer).where(Timer.instance_id == case.instance.id, Timer.fired_at.is_(None), which).values(held=True)
    )


def of_case(case: HeldCase) -> ColumnElement[bool]:
    """The timers that tell of the case as a whole."""
    told = Timer.kind.in_((TimerKind.LIMIT, TimerKind.OVERDUE))
    return (Timer.instance_id == case.instance.id) & Timer.task_id.is_(None) & told


def hold_limit(case: HeldCase) -> None:
    """Let nothing be told of the case as a whole while only its own clock stands still."""
    case.session.execute(update(Timer).where(of_case(case), Timer.fired_at.is_(None)).values(held=True))


def release_timers(case: HeldCase) -> None:
    case.session.execute(update(Timer).where(Timer.instance_id == case.instance.id).values(held=False))
