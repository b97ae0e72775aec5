"""Claim a task, or give it back."""

from datetime import datetime

from sqlalchemy.orm import Session

from engine.access import is_candidate, leads
from engine.actor import Actor
from engine.errors import NotAllowed, TaskTaken
from engine.held_task import hold_task
from engine.model.task import Task


def claim_task(session: Session, task_id: int, *, by: Actor, at: datetime) -> Task:
    """Make an unclaimed task of one's position one's own. Claiming one's own task again changes nothing.

    Raises `TaskTaken` naming the holder, `TaskClosed`, or `NotAllowed` for who sees the task without being a candidate.
    """
    held = hold_task(session, task_id, by=by)
    task = held.task
    if task.assignee_id == by.id:
        return task
    if task.assignee_id is not None:
        raise TaskTaken(task=task.id, by=task.assignee_id)
    if not is_candidate(task, by):
        raise NotAllowed(task=task.id)
    held.guarded.rows.change(task, assignee_id=by.id, claimed_at=at)
    facts = {"name": task.name}
    held.guarded.record("task-claimed", by=by, at=at, element=task.element, task_id=task.id, facts=facts)
    return task


def release_task(session: Session, task_id: int, *, by: Actor, at: datetime) -> Task:
    """Give a claimed task back to its position. The holder may, and the head of its unit."""
    held = hold_task(session, task_id, by=by)
    task = held.task
    if task.assignee_id != by.id and not leads(task, by):
        raise NotAllowed(task=task.id)
    if task.assignee_id is None:
        return task
    held.guarded.rows.change(task, assignee_id=None, claimed_at=None)
    facts = {"name": task.name}
    held.guarded.record("task-released", by=by, at=at, element=task.element, task_id=task.id, facts=facts)
    return task
