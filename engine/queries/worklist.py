"""The inbox: open tasks of a person, one indexed query; no case is loaded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from engine.access import may_do
from engine.actor import Actor
from engine.model.instance import Instance
from engine.model.task import Task, TaskState

PAGE = 25  # tasks a page
SOON = timedelta(days=1)  # what is due within it counts as soon due


class View(StrEnum):
    """`mine`: what I can do now; `team`: all open tasks of my positions and units; `due`: mine, soon due or overdue."""

    MINE = "mine"
    TEAM = "team"
    DUE = "due"
    DONE = "done"


SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "due": (Task.due_at.is_(None), Task.due_at.asc(), Task.id.asc()),
    "opened": (Task.opened_at.desc(), Task.id.desc()),
    "name": (Task.name.asc(), Task.id.asc()),
}


@dataclass(frozen=True, slots=True)
class Worklist:
    """One page of tasks, each with its case, and how many there are in each view."""

    tasks: Sequence[Task]
    view: View
    sort: str
    page: int
    pages: int
    counts: dict[View, int]


def worklist(
    session: Session, actor: Actor, *, view: View = View.MINE, sort: str = "due", page: int = 1, at: datetime
) -> Worklist:
    """Return one page of the inbox. An unknown sort falls back to `due`; pages count from 1."""
    order = SORTS.get(sort, SORTS["due"])
    if view is View.DONE:
        order = (Task.completed_at.desc(), Task.id.desc())
    counts = {each: _count(session, actor, each, at) for each in View}
    pages = max(1, -(-counts[view] // PAGE))
    page = min(max(1, page), pages)
    query = (
        _of(actor, view, at)
        .options(joinedload(Task.instance).joinedload(Instance.definition))
        .order_by(*order)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return Worklist(session.scalars(query).all(), view, sort, page, pages, counts)


def _of(actor: Actor, view: View, at: datetime) -> Select[Task]:
    return select(Task).where(*_where(actor, view, at))


def _where(actor: Actor, view: View, at: datetime) -> tuple[ColumnElement[bool], ...]:
    if view is View.DONE:
        return (Task.state == TaskState.COMPLETED, Task.completed_by == actor.id)
    is_open = Task.state == TaskState.OPEN
    if view is View.TEAM:
        return (is_open, _team(actor))
    if view is View.DUE:
        return (is_open, may_do(actor), Task.due_at <= at + SOON, Task.paused_at.is_(None))
    return (is_open, may_do(actor))


def _team(actor: Actor) -> ColumnElement[bool]:
    """All of one's positions and led units; the leadership's own, not the whole town."""
    return or_(
        Task.assignee_id == actor.id,
        Task.group_key.in_(actor.groups),
        Task.unit_code.in_(actor.heads),
    )


def _count(session: Session, actor: Actor, view: View, at: datetime) -> int:
    return session.scalar(select(func.count()).select_from(Task).where(*_where(actor, view, at))) or 0


def overdue(session: Session, actor: Actor) -> Sequence[Task]:
    """Return the open tasks of whose lateness the actor was told, the longest overdue first, with their cases.

    The head of a unit is told of its tasks, the leadership of all that stayed overdue for some days more.
    """
    told = []
    if actor.heads:
        told.append(Task.unit_code.in_(actor.heads))
    if actor.commands:
        told.append(Task.leadership_at.is_not(None))
    if not told:
        return ()
    query = (
        select(Task)
        .where(Task.state == TaskState.OPEN, Task.escalated_at.is_not(None), Task.paused_at.is_(None), or_(*told))
        .options(joinedload(Task.instance).joinedload(Instance.definition))
        .order_by(Task.escalated_at, Task.id)
        .limit(PAGE)
    )
    return session.scalars(query).all()
