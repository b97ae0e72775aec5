"""Cases and their history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from bpmn.folding import search_key
from engine.access import sees_instance, visible_instance
from engine.actor import Actor
from engine.history import instance_stream
from engine.model.event import Event
from engine.model.event_private import EventPrivate
from engine.model.instance import Instance
from engine.model.task import Task

PAGE = 25  # cases a page


@dataclass(frozen=True, slots=True)
class CaseList:
    cases: Sequence[Instance]
    page: int
    pages: int
    count: int


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One event as a person reads it: who, what, when, due when."""

    number: int
    kind: str
    by: str
    element: str | None
    task_id: int | None
    facts: Mapping[str, Any]
    private: Mapping[str, Any]
    occurred_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """A case with all its tasks by opening and its history."""

    instance: Instance
    tasks: Sequence[Task]
    history: Sequence[HistoryRow]


def cases(session: Session, actor: Actor, *, stage: str | None = None, text: str = "", page: int = 1) -> CaseList:
    """Return the cases that the actor may see, newest first; cases of the approval path are left to the catalogue."""
    where = [sees_instance(actor), Instance.subject.is_(None)]
    if stage:
        where.append(Instance.stage == stage)
    if text.strip():
        key = search_key(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        where.append(Instance.search_key.like(f"%{key}%", escape="\\") | (Instance.code == text.strip().upper()))
    count = session.scalar(select(func.count()).select_from(Instance).where(*where)) or 0
    pages = max(1, -(-count // PAGE))
    page = min(max(1, page), pages)
    query = (
        select(Instance)
        .where(*where)
        .options(joinedload(Instance.definition))
        .order_by(Instance.started_at.desc(), Instance.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return CaseList(session.scalars(query).all(), page, pages, count)


def case(session: Session, instance_id: int, actor: Actor) -> Case:
    """Return a case with tasks and history. Raises `NotFound` also when the actor may not see it."""
    instance = visible_instance(session, instance_id, actor)
    tasks = session.scalars(select(Task).where(Task.instance_id == instance_id).order_by(Task.opened_at, Task.id)).all()
    return Case(instance, tasks, history(session, instance_stream(instance_id)))


def history(session: Session, stream: str) -> Sequence[HistoryRow]:
    """Return the events of a stream in their order."""
    rows = session.execute(
        select(Event, EventPrivate)
        .outerjoin(EventPrivate, EventPrivate.event_id == Event.id)
        .where(Event.stream == stream)
        .order_by(Event.number)
    )
    return [
        HistoryRow(
            number=event.number,
            kind=event.kind,
            by=str(private.facts.get("by", "")) if private else "",
            element=event.element,
            task_id=event.task_id,
            facts=event.facts,
            private=private.facts if private else {},
            occurred_at=event.occurred_at,
            recorded_at=event.recorded_at,
        )
        for event, private in rows
    ]
