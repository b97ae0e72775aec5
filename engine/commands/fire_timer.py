"""Fire a timer that is due."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import SYSTEM
from engine.advance import Guarded, hold
from engine.errors import Conflict
from engine.model.task import Task, TaskState
from engine.model.timer import Timer, TimerKind
from engine.telling import tell
from engine.timers import take_back


def fire_timer(session: Session, timer_id: int, *, at: datetime) -> bool:
    """Fire one due timer, once.

    Return False when it no longer applies (fired, taken back, held, not due, or the case has ended).
    """
    timer = session.get(Timer, timer_id)
    if timer is None:
        return False
    try:
        guarded = hold(session, timer.instance_id)
    except Conflict:
        take_back(session, Timer.id == timer.id)
        return False
    current = session.get(Timer, timer_id, populate_existing=True)
    if current is None or current.fired_at is not None or current.held or current.due_at > at:
        return False
    if current.kind == TimerKind.EVENT:
        fire(guarded, current, at=at)
    elif current.kind == TimerKind.SIGNAL:
        _hear(guarded, current, at=at)
    else:
        tell(guarded, current, at=at)
    return True


def fire(guarded: Guarded, timer: Timer, *, at: datetime) -> None:
    """Fire one timer of the model under the guard of its case."""
    timer.fired_at = at
    guarded.session.flush()
    guarded.record("timer-fired", by=SYSTEM, at=at, element=timer.element, facts={"due_at": timer.due_at.isoformat()})
    guarded.step(lambda run: run.fire(timer.key, at), by=SYSTEM, at=at)


def _hear(guarded: Guarded, timer: Timer, *, at: datetime) -> None:
    """Let one place hear a signal, unless it waits for it no more. One that may hear it again gets a row anew."""
    timer.fired_at = at
    task = guarded.session.scalars(
        select(Task).where(Task.instance_id == timer.instance_id, Task.key == timer.key, Task.state == TaskState.OPEN)
    ).one_or_none()
    if task is None:
        return
    task.state, task.completed_at = TaskState.COMPLETED, at
    guarded.session.flush()
    guarded.record("signal-heard", by=SYSTEM, at=at, element=timer.element, task_id=task.id, facts={"name": task.name})
    guarded.step(lambda run: run.receive(timer.key, None, at), by=SYSTEM, at=at)
