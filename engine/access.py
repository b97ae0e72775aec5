"""Who may see a task or a case. What may not be seen does not exist for the caller."""

from sqlalchemy import ColumnElement, exists, false, or_, select, true
from sqlalchemy.orm import Session, joinedload

from engine.actor import Actor
from engine.errors import NotFound
from engine.model.definition import Definition
from engine.model.instance import Instance
from engine.model.task import Task


def may_do(actor: Actor) -> ColumnElement[bool]:
    """Tasks that the actor may complete: assigned to him, or unclaimed and of one of his positions."""
    candidate = Task.assignee_id.is_(None) & Task.group_key.in_(actor.groups) if actor.groups else false()
    return or_(Task.assignee_id == actor.id, candidate)


def sees_task(actor: Actor) -> ColumnElement[bool]:
    """Tasks the actor may see: candidates, assignee, who completed it, heads of the unit, leadership, auditors."""
    if actor.oversees:
        return true()
    return or_(
        Task.assignee_id == actor.id,
        Task.completed_by == actor.id,
        Task.group_key.in_(actor.groups) if actor.groups else false(),
        Task.unit_code.in_(actor.heads) if actor.heads else false(),
    )


def may_see(task: Task, actor: Actor) -> bool:
    """Whether `sees_task` holds of a loaded task."""
    return (
        actor.oversees
        or actor.id in (task.assignee_id, task.completed_by)
        or task.group_key in actor.groups
        or task.unit_code in actor.heads
    )


def sees_instance(actor: Actor) -> ColumnElement[bool]:
    """Cases the actor may see: had a task in it, started it, leads a unit involved or the owning one, oversees all."""
    if actor.oversees:
        return true()
    touched = exists().where(Task.instance_id == Instance.id, sees_task(actor))
    owned = exists().where(Definition.id == Instance.definition_id, Definition.unit_code.in_(actor.heads))
    return or_(Instance.started_by == actor.id, touched, owned if actor.heads else false())


def visible_task(session: Session, task_id: int, actor: Actor) -> Task:
    """Return a task with its case and definition. Raises `NotFound` also when the actor may not see it."""
    task = session.scalars(
        select(Task)
        .where(Task.id == task_id, sees_task(actor))
        .options(joinedload(Task.instance).joinedload(Instance.definition))
    ).one_or_none()
    if task is None:
        raise NotFound(task=task_id)
    return task


def visible_instance(session: Session, instance_id: int, actor: Actor) -> Instance:
    """Return a case with its definition. Raises `NotFound` also when the actor may not see it."""
    instance = session.scalars(
        select(Instance)
        .where(Instance.id == instance_id, sees_instance(actor))
        .options(joinedload(Instance.definition))
    ).one_or_none()
    if instance is None:
        raise NotFound(instance=instance_id)
    return instance


def is_candidate(task: Task, actor: Actor) -> bool:
    """Whether the actor holds the task, or may take it."""
    if task.assignee_id is not None:
        return task.assignee_id == actor.id
    return task.group_key in actor.groups


def leads(task: Task, actor: Actor) -> bool:
    """Whether the actor leads the unit that the task lies with."""
    return task.unit_code in actor.heads
