"""A task under the guard of its case."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.access import may_see, visible_task
from engine.actor import Actor
from engine.advance import Guarded, guarded
from engine.errors import NotFound, TaskClosed
from engine.load import load
from engine.model.task import Task, TaskState


@dataclass(frozen=True, slots=True)
class HeldTask:
    task: Task
    guarded: Guarded


def hold_task(session: Session, task_id: int, *, by: Actor) -> HeldTask:
    """Take the guard of an open task's case, then read the task as it is now.

    Raises `NotFound` when `by` may not see the task, `TaskClosed` naming who completed it.
    """
    loaded = load(session, task_id=task_id)
    if loaded is None or loaded.task is None:  # there is no such task, or its case has ended
        raise closed(visible_task(session, task_id, by))
    if not may_see(loaded.task, by):
        raise NotFound(task=task_id)
    if loaded.task.state != TaskState.OPEN:
        raise closed(loaded.task)
    return HeldTask(loaded.task, guarded(session, loaded))


def closed(task: Task) -> TaskClosed:
    """Say that a task is closed, and by whom."""
    return TaskClosed(task=task.id, state=task.state, by=task.completed_by)
