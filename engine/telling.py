"""Who is told of a deadline, each once: the performer before it, his head when it has passed, then the leadership.

Each telling sets up the next, so that a task that is done in time has had one timer; one that comes late, after the
worker slept, is followed at once by those that are due too.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.actor import SYSTEM
from engine.advance import Guarded
from engine.case_times import before_limit, leadership_at
from engine.load import SetTimer
from engine.model.task import Task, TaskState
from engine.model.timer import TimerKind

ANY = "any"


def watch_limit(case: Guarded, *, at: datetime) -> None:
    """Set the timer that tells of the statutory due before it comes, or of the due itself where that is too soon."""
    due_at = case.instance.due_at
    if due_at is not None and not case.run.finished:
        near = before_limit(due_at, case.clock)
        kind = TimerKind.LIMIT if near > at else TimerKind.OVERDUE
        _next(case, kind, near if near > at else due_at, None)


def tell(case: Guarded, timer: SetTimer, *, at: datetime) -> None:
    """Tell what a timer that has fired is set for, and set the next. The caller writes the rows."""
    if timer.task_id is None:
        _tell_of_case(case, timer, at=at)
        return
    task = case.session.get_one(Task, timer.task_id)
    if task.state != TaskState.OPEN or task.due_at is None:
        return
    if timer.kind == TimerKind.REMINDER:
        case.rows.change(task, reminded_at=at)
        _record(case, "task-reminded", task, at=at)
        _next(case, TimerKind.OVERDUE, task.due_at, task)
    elif timer.kind == TimerKind.OVERDUE:
        case.rows.change(task, escalated_at=at)
        _record(case, "task-overdue", task, at=at)
        _next(case, TimerKind.LEADERSHIP, leadership_at(case.clock, task), task)
    else:
        case.rows.change(task, leadership_at=at)
        _record(case, "task-escalated", task, at=at)


def _tell_of_case(case: Guarded, timer: SetTimer, *, at: datetime) -> None:
    due_at = case.instance.due_at
    if due_at is None:
        return
    facts: dict[str, Any] = {"due_at": due_at.isoformat()}
    if timer.kind == TimerKind.LIMIT:
        case.tell("limit-near", by=SYSTEM, at=at, facts=facts | {"rules": clock_rules(case)})
        _next(case, TimerKind.OVERDUE, due_at, None)
    else:
        case.tell("case-overdue", by=SYSTEM, at=at, facts=facts)


def clock_rules(case: Guarded) -> list[Mapping[str, str]]:
    """What the procedure says is to be done at any step when time runs out, as written."""
    head = case.ready.process.head
    rules = [branch for branch in head.branches if branch.at == ANY] if head is not None else []
    return [{"condition": rule.condition, "form": rule.form or "", "note": rule.note or ""} for rule in rules]


def _record(case: Guarded, kind: str, task: Task, *, at: datetime) -> None:
    facts = {"name": task.name, "due_at": task.due_at.isoformat() if task.due_at else None, "unit": task.unit}
    case.tell(kind, by=SYSTEM, at=at, element=task.element, task_id=task.id, facts=facts)


def _next(case: Guarded, kind: TimerKind, moment: datetime, task: Task | None) -> None:
    case.rows.add_timer(
        instance_id=case.instance.id,
        task_id=task.id if task is not None else None,
        kind=kind.value,
        key=task.key if task is not None else "",
        element=task.element if task is not None else "",
        due_at=moment,
        wake_at=moment,
    )
