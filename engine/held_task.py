"""A task under the guard of its case."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.access import visible_task
from engine.actor import Actor
from engine.advance import Guarded, hold
from engine.errors import Conflict, TaskClosed
from engine.model.task import Task, TaskState


@dataclass(frozen=True, slots=True)
class HeldTask:
    task: Task
    guarded: Guarded


def hold_task(session: Session, task_id: int, *, by: Actor) -> HeldTask:
    """Take the guard of an open task's case, then read the task as it is now.

    Raises `NotFound` when `by` may not see the task, `TaskClosed` naming who completed it.
    """
    task = visible_task(session, task_id, by)
    _definition = task.instance.definition  # held, so that the session need not read it again
    try:
        guarded = hold(session, task.instance_id)
    except Conflict:
        session.refresh(task)
        raise closed(task) from None
    session.refresh(task)
    if task.state != TaskState.OPEN:
        raise closed(task)
    return HeldTask(task, guarded)


def closed(task: Task) -> TaskClosed:
    """Say that a task is closed, and by whom."""
    return TaskClosed(task=task.id, state=task.state, by=task.completed_by)
