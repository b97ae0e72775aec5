"""Give a task to another officer."""

from datetime import datetime

from sqlalchemy.orm import Session

from engine.access import leads
from engine.actor import Actor
from engine.errors import Invalid, NotAllowed
from engine.held_task import hold_task
from engine.model.task import Task


def reassign_task(session: Session, task_id: int, to: Actor, *, reason: str, by: Actor, at: datetime) -> Task:
    """Assign an open task to a holder of its position. The head of its unit may, and who holds it now.

    Raises `Invalid` without a reason or when `to` does not hold the position.
    """
    held = hold_task(session, task_id, by=by)
    task = held.task
    if task.assignee_id != by.id and not leads(task, by):
        raise NotAllowed(task=task.id)
    if not reason.strip():
        raise Invalid(field="reason")
    if task.group_key not in to.groups:
        raise Invalid(field="to", officer=to.id)
    held.guarded.rows.change(task, assignee_id=to.id, claimed_at=at)
    held.guarded.record(
        "task-reassigned",
        by=by,
        at=at,
        element=task.element,
        task_id=task.id,
        facts={"name": task.name, "to": to.id},
        private={"to": to.name, "reason": reason.strip()},
    )
    return task
