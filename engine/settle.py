"""Bring task rows, timers, history and the case itself in line with where the run stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.case_times import due_now, reminder
from engine.clock import CaseClock
from engine.definitions import Ready
from engine.history import Happening, instance_stream, record
from engine.locality import placed
from engine.model.definition import Definition
from engine.model.instance import Instance, InstanceStage
from engine.model.task import Task, TaskState
from engine.model.timer import Timer, TimerKind
from engine.pausing import begin_pauses, end_pauses, take_ways
from engine.spiff import PendingTimer, Run, Waiting
from engine.timers import take_back


@dataclass(slots=True)
class Settling:
    """What one settling works on."""

    session: Session
    instance: Instance
    definition: Definition
    ready: Ready
    clock: CaseClock
    run: Run
    by: Actor
    at: datetime

    def record(self, kind: str, **rest: Any) -> None:
        record(self.session, instance_stream(self.instance.id), Happening(kind, self.by, self.at, **rest))


def settle(work: Settling) -> None:
    """Write rows for what now waits, close what no longer does, and end the case when the run has ended."""
    _passed(work)
    waiting = {waiting.key: waiting for waiting in work.run.waiting()}
    open_tasks = {task.key: task for task in _open_tasks(work.session, work.instance.id)}
    for key, task in open_tasks.items():
        if key not in waiting:
            _cancel(work, task)
    end_pauses(work, waiting, open_tasks, at=work.at)
    opened: list[Task] = []
    order = {element: place for place, element in enumerate(work.ready.compiled.elements)}
    for item in sorted(waiting.values(), key=lambda item: order[item.element]):  # parallel steps in the file's order
        if item.key not in open_tasks:
            opened.append(_open(work, item))
    _sync_timers(work)
    begin_pauses(work, opened, at=work.at)
    if work.run.finished:
        _end(work)


def _open_tasks(session: Session, instance_id: int) -> list[Task]:
    return list(session.scalars(select(Task).where(Task.instance_id == instance_id, Task.state == TaskState.OPEN)))


def _passed(work: Settling) -> None:
    """Tell which gateway flows and events the step passed."""
    for passed in work.run.passed:
        node = work.ready.node(passed.element)
        flows = [work.ready.process.flows[flow].name for flow in passed.flows if flow in work.ready.process.flows]
        facts = {"name": node.name, "tag": node.tag, "ways": [name for name in flows if name]}
        work.record("element-passed", element=passed.element, facts=facts)
    taken = [work.ready.process.flows.get(flow) for passed in work.run.passed for flow in passed.flows]
    take_ways(work, [flow for flow in taken if flow is not None and flow.clock is not None], at=work.at)


def _open(work: Settling, item: Waiting) -> Task:
    node = work.ready.node(item.element)
    performer = _performer(work, item.element)
    due = due_now(work, item.element, work.at)
    task = Task(
        instance_id=work.instance.id,
        key=item.key,
        element=item.element,
        step_no=node.step.step_no if node.step else "",
        name=node.name or item.element,
        kind=item.kind,
        act=node.step.act if node.step else None,
        unit_code=performer["unit_code"],
        unit=performer["unit"],
        position=performer["position"],
        group_key=performer["group"],
        state=TaskState.OPEN,
        opened_at=work.at,
        due_at=due.due_at,
        planned_at=due.planned_at,
        budget_minutes=due.budget_minutes,
        provisional=due.provisional,
    )
    work.session.add(task)
    work.session.flush()
    _remind(work, task)
    facts = {"name": task.name, "due_at": due.due_at.isoformat() if due.due_at else None, "group": task.group_key}
    work.record("task-opened", element=task.element, task_id=task.id, facts=facts)
    return task


def _performer(work: Settling, element: str) -> Mapping[str, str]:
    """Return who performs an element, with the case's own ward filled in where the model leaves it open."""
    found = work.definition.performers.get(element)
    if found is None:
        return {"group": "", "unit_code": "", "unit": "", "position": ""}
    return {key: placed(str(value), work.run.variables) for key, value in found.items()}


def _remind(work: Settling, task: Task) -> None:
    moment = reminder(work.clock, task, work.ready.budget(task.element))
    if moment is not None:
        work.session.add(
            Timer(
                instance_id=task.instance_id,
                task_id=task.id,
                kind=TimerKind.REMINDER,
                key=task.key,
                element=task.element,
                due_at=moment,
                wake_at=moment,
            )
        )


def drop_reminder(session: Session, task: Task) -> None:
    """Take back the reminder of a task that is closed."""
    take_back(session, Timer.task_id == task.id)


def _cancel(work: Settling, task: Task) -> None:
    task.state = TaskState.CANCELLED
    task.completed_at = work.at
    drop_reminder(work.session, task)
    work.record("task-cancelled", element=task.element, task_id=task.id, facts={"name": task.name})


def _sync_timers(work: Settling) -> None:
    wanted: dict[str, PendingTimer] = {timer.key: timer for timer in work.run.timers()}
    known = work.session.scalars(
        select(Timer).where(
            Timer.instance_id == work.instance.id, Timer.kind == TimerKind.EVENT, Timer.fired_at.is_(None)
        )
    ).all()
    for timer in known:
        if timer.key not in wanted or wanted[timer.key].due_at != timer.due_at:
            take_back(work.session, Timer.id == timer.id)
        else:
            del wanted[timer.key]
    for pending in wanted.values():
        work.session.add(
            Timer(
                instance_id=work.instance.id,
                kind=TimerKind.EVENT,
                key=pending.key,
                element=pending.element,
                due_at=pending.due_at,
                wake_at=pending.due_at,
            )
        )


def _end(work: Settling) -> None:
    work.instance.stage = InstanceStage.COMPLETED
    work.instance.ended_at = work.at
    work.instance.ended_in = work.run.ended_at
    node = work.ready.compiled.elements.get(work.run.ended_at or "")
    work.record("case-ended", element=work.run.ended_at, facts={"name": node.name if node else ""})
