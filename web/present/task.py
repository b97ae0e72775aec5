"""The page of one task: what to do, by when, who before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bpmn.elements import Node
from bpmn.fiveclear import Step
from engine.access import is_candidate, leads, visible_task
from engine.actor import Actor
from engine.calendar import calendar_of
from engine.commands.complete_task import outcomes
from engine.definitions import ready
from engine.model.task import Task, TaskState
from engine.queries.cases import HistoryRow, case
from engine.queries.moves import returnable
from engine.queries.reasons import Standing, standing, why_task
from procedures.model.version import Version
from procedures.queries.catalogue import awaiting
from procedures.queries.people import Person, holders
from web.deadlines import Deadline, deadline_of
from web.present.people import names
from web.present.ways import Way, ways_on
from web.present.why import WhyShown, why_shown


@dataclass(frozen=True, slots=True)
class Rights:
    """What the caller may do with the task now."""

    complete: bool
    claim: bool
    release: bool
    reassign: bool
    give_back: bool


@dataclass(frozen=True, slots=True)
class TaskPage:
    """Everything that the page shows. `before` are the tasks completed last, `after` the steps that may follow,
    `returnable` those that the case may go back to."""

    task: Task
    step: Step | None
    description: str | None
    outcomes: Sequence[str]
    deadline: Deadline
    before: Sequence[Task]
    after: Sequence[Way]
    others: Sequence[Task]
    history: Sequence[HistoryRow]
    done: Sequence[str]
    names: Mapping[int, str]
    colleagues: Sequence[Person]
    returnable: Sequence[Node]
    may: Rights
    subject: Version | None
    why: WhyShown | None
    pause: Standing | None


def task_page(session: Session, task_id: int, *, viewer: Person, at: datetime) -> TaskPage:
    """Return what the page of a task shows. Raises `NotFound` also when the caller may not see it."""
    by = viewer.actor
    task = visible_task(session, task_id, by)
    model = ready(task.instance.definition)
    node = model.node(task.element)
    whole = case(session, task.instance_id, by)
    finished = [each for each in whole.tasks if each.state == TaskState.COMPLETED and each.id != task.id]
    may = rights(task, by)
    return TaskPage(
        task=task,
        step=node.step,
        description=node.documentation,
        outcomes=outcomes(model, task.element),
        deadline=deadline_of(task, at=at, calendar=calendar_of(session, task.unit_code)),
        before=sorted((each for each in finished if each.completed_at), key=_completed)[-2:],
        after=ways_on(model.process, task.element),
        others=[each for each in whole.tasks if each.state == TaskState.OPEN and each.id != task.id],
        history=whole.history,
        done=sorted({each.element for each in finished}),
        names=names(session, at=at),
        colleagues=holders(session, task.group_key, at=at) if may.reassign else (),
        returnable=returnable(session, task) if may.give_back else (),
        may=may,
        subject=subject_of(session, task, viewer) if may.complete else None,
        why=why_shown(why_task(session, task)),
        pause=pause_now(session, task.instance_id) if task.paused_at is not None else None,
    )


def pause_now(session: Session, instance_id: int) -> Standing | None:
    """What a case's clock stands still for."""
    return next((each for each in standing(session, instance_id) if each.until is None), None)


def subject_of(session: Session, task: Task, viewer: Person) -> Version | None:
    """The version that a task of the approval path is about, where the task is the viewer's to do."""
    waiting = awaiting(session, viewer, task.act) if task.act else ()
    return next((version for version in waiting if version.instance_id == task.instance_id), None)


def rights(task: Task, by: Actor) -> Rights:
    """What an actor may do with a task as it is now; the commands decide again."""
    is_open = task.state == TaskState.OPEN
    candidate = is_candidate(task, by)
    return Rights(
        complete=is_open and candidate,
        claim=is_open and candidate and task.assignee_id is None,
        release=is_open and task.assignee_id is not None and (task.assignee_id == by.id or leads(task, by)),
        reassign=is_open and (task.assignee_id == by.id or leads(task, by)),
        give_back=is_open and (candidate or leads(task, by)),
    )


def _completed(task: Task) -> datetime:
    assert task.completed_at is not None
    return task.completed_at
