"""The page of one case: where it stands, what happened, what is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.calendar import calendars
from engine.model.instance import Instance, InstanceStage
from engine.model.task import Task, TaskState
from engine.queries.cases import HistoryRow, case
from engine.queries.reasons import Standing, standing, why_case
from web.deadlines import Deadline, case_deadline, deadline_of
from web.present.people import names
from web.present.why import WhyShown, why_shown


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that the page shows; `tasks` by opening, `due` the statutory deadline."""

    instance: Instance
    due: Deadline
    tasks: Sequence[Task]
    open_tasks: Sequence[Task]
    deadlines: Mapping[int, Deadline]
    history: Sequence[HistoryRow]
    current: Sequence[str]
    done: Sequence[str]
    names: Mapping[int, str]
    may_cancel: bool
    may_extend: bool
    why: WhyShown | None
    pauses: Sequence[Standing]


def case_page(session: Session, instance_id: int, *, by: Actor, at: datetime) -> CasePage:
    """Return what the page of a case shows. Raises `NotFound` also when the caller may not see it."""
    whole = case(session, instance_id, by)
    instance, known = whole.instance, calendars(session)
    waiting = [task for task in whole.tasks if task.state == TaskState.OPEN]
    active = instance.stage == InstanceStage.ACTIVE
    leads = by.commands or instance.definition.unit_code in by.heads
    return CasePage(
        instance=instance,
        due=case_deadline(instance, at=at, calendar=known.of(instance.definition.unit_code)),
        tasks=whole.tasks,
        open_tasks=waiting,
        deadlines={task.id: deadline_of(task, at=at, calendar=known.of(task.unit_code)) for task in waiting},
        history=whole.history,
        current=sorted({task.element for task in waiting}),
        done=sorted({task.element for task in whole.tasks if task.state == TaskState.COMPLETED}),
        names=names(session, at=at),
        may_cancel=active and instance.subject is None and leads,
        may_extend=active and leads and instance.due_at is not None and instance.extended_at is None,
        why=why_shown(why_case(session, instance)),
        pauses=standing(session, instance_id),
    )
