"""Deliver a message from outside to a case that waits for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from unicodedata import normalize

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.access import visible_instance
from engine.actor import Actor
from engine.advance import Guarded, hold
from engine.commands.complete_task import fire_overdue
from engine.errors import NotFound
from engine.model.instance import Instance
from engine.model.task import Task, TaskState
from engine.settle import close_task
from engine.spiff import Waiting, WaitingFor


@dataclass(frozen=True, slots=True)
class Message:
    """What has come in: the message's name as the model has it, the case's code, and what it brings."""

    name: str
    case: str
    variables: Mapping[str, Any] = field(default_factory=dict)


def deliver_message(session: Session, message: Message, *, by: Actor, at: datetime) -> Instance:
    """Give a message to the place of a case that has waited for it longest.

    Model timers that are overdue fire first.  Raises `NotFound` for a case that is not there or not the actor's to see,
    and when nothing in it waits for that message; `Conflict` when it has ended.
    """
    instance_id = session.scalar(select(Instance.id).where(Instance.code == message.case))
    if instance_id is None:
        raise NotFound(case=message.case)
    visible_instance(session, instance_id, by)
    guarded = hold(session, instance_id)
    fire_overdue(guarded, at=at)
    place = _place(guarded, normalize("NFC", message.name).strip())
    if place is None:
        raise NotFound(case=message.case, message=message.name)
    task = _received(session, guarded, place, by=by, at=at)
    facts = {"name": place.message}
    guarded.tell("message-received", by=by, at=at, element=place.element, task_id=task.id, facts=facts)
    guarded.resume_clock(task, at=at)
    guarded.step(lambda run: run.receive(place.key, message.variables, at), by=by, at=at)
    return guarded.instance


def _place(guarded: Guarded, name: str) -> Waiting | None:
    """What waits for the message, the oldest first."""
    kinds = (WaitingFor.RECEIVE, WaitingFor.MESSAGE)
    places = (place for place in guarded.run.waiting() if place.kind in kinds)
    return next((place for place in places if normalize("NFC", place.message or "").strip() == name), None)


def _received(session: Session, guarded: Guarded, place: Waiting, *, by: Actor, at: datetime) -> Task:
    """Close the row of the place; one that may receive again opens a new row by settling."""
    task = session.scalars(
        select(Task).where(Task.instance_id == guarded.instance.id, Task.key == place.key, Task.state == TaskState.OPEN)
    ).one()
    guarded.rows.change(task, state=TaskState.COMPLETED.value, completed_at=at, completed_by=by.id)
    close_task(guarded.rows, task.id, task.key)
    return task
