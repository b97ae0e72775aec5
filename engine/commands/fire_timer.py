"""Fire a timer that is due."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import SYSTEM
from engine.advance import Guarded, hold
from engine.errors import Conflict
from engine.load import SetTimer
from engine.model.task import Task, TaskState
from engine.model.timer import Timer, TimerKind
from engine.telling import tell
from engine.timers import take_back


def fire_timer(session: Session, timer_id: int, *, at: datetime) -> bool:
    """Fire one due timer, once.

    Return False when it no longer applies (fired, taken back, held, not due, or the case has ended).
    """
    instance_id = session.scalar(select(Timer.instance_id).where(Timer.id == timer_id))
    if instance_id is None:
        return False
    try:
        guarded = hold(session, instance_id)
    except Conflict:
        take_back(session, Timer.id == timer_id)
        return False
    timer = next((timer for timer in guarded.rows.timers if timer.id == timer_id), None)
    if timer is None or timer.held or timer.due_at > at:
        return False
    if timer.kind == TimerKind.EVENT:
        fire(guarded, timer, at=at)
    elif timer.kind == TimerKind.SIGNAL:
        _hear(guarded, timer, at=at)
    else:
        _mark_fired(guarded, timer, at=at)
        tell(guarded, timer, at=at)
        guarded.rows.write()
    return True


def fire(guarded: Guarded, timer: SetTimer, *, at: datetime) -> None:
    """Fire one timer of the model under the guard of its case."""
    _mark_fired(guarded, timer, at=at)
    guarded.tell("timer-fired", by=SYSTEM, at=at, element=timer.element, facts={"due_at": timer.due_at.isoformat()})
    guarded.step(lambda run: run.fire(timer.key, at), by=SYSTEM, at=at)


def _mark_fired(guarded: Guarded, timer: SetTimer, *, at: datetime) -> None:
    guarded.rows.timers.remove(timer)
    guarded.rows.change_by_id(Timer, timer.id, fired_at=at)


def _hear(guarded: Guarded, timer: SetTimer, *, at: datetime) -> None:
    """Let one place hear a signal, unless it waits for it no more. One that may hear it again gets a row anew."""
    _mark_fired(guarded, timer, at=at)
    task = guarded.rows.tasks.get(timer.key)
    if task is None:
        guarded.rows.write()
        return
    guarded.rows.change_by_id(Task, task.id, state=TaskState.COMPLETED.value, completed_at=at)
    guarded.rows.open_keys.discard(task.key)  # other signals for this place stay
    guarded.tell("signal-heard", by=SYSTEM, at=at, element=timer.element, task_id=task.id, facts={"name": task.name})
    guarded.step(lambda run: run.receive(timer.key, None, at), by=SYSTEM, at=at)
