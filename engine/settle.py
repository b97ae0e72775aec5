"""Bring task rows, timers, history and the case itself in line with where the run stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.case_rows import CaseRows
from engine.case_times import due_now
from engine.clock import CaseClock
from engine.deadlines import Due, reminder_at
from engine.definitions import Ready
from engine.history import Happening
from engine.load import OpenTask
from engine.locality import placed
from engine.model.definition import Definition
from engine.model.instance import Instance, InstanceStage
from engine.model.task import Task, TaskState
from engine.model.timer import TimerKind
from engine.pausing import begin_pauses, end_pauses, take_ways
from engine.spiff import PendingTimer, Run, Waiting


@dataclass(slots=True)
class Settling:
    """What one settling works on."""

    rows: CaseRows
    instance: Instance
    definition: Definition
    ready: Ready
    clock: CaseClock
    run: Run
    by: Actor
    at: datetime

    @property
    def session(self) -> Session:
        return self.rows.session

    def tell(self, kind: str, **rest: Any) -> None:
        self.rows.tell(Happening(kind, self.by, self.at, **rest))


def settle(work: Settling) -> None:
    """Write rows for what now waits, close what no longer does, and end the case when the run has ended."""
    _passed(work)
    waiting = {waiting.key: waiting for waiting in work.run.waiting()}
    for key in [key for key in work.rows.open_keys if key not in waiting]:
        cancel_task(work.rows, work.rows.tasks[key], by=work.by, at=work.at)
    new = [item for key, item in waiting.items() if key not in work.rows.open_keys]
    if len(new) > 1:  # parallel steps in the file's order
        order = {element: place for place, element in enumerate(work.ready.compiled.elements)}
        new.sort(key=lambda item: order[item.element])
    end_pauses(work, waiting, work.rows.open_keys, at=work.at)
    opened = _open(work, new)
    _sync_timers(work)
    begin_pauses(work, opened, at=work.at)
    if work.run.finished:
        _end(work)


def _passed(work: Settling) -> None:
    """Tell which gateway flows and events the step passed."""
    for passed in work.run.passed:
        node = work.ready.node(passed.element)
        flows = [work.ready.process.flows[flow].name for flow in passed.flows if flow in work.ready.process.flows]
        facts = {"name": node.name, "tag": node.tag, "ways": [name for name in flows if name]}
        work.tell("element-passed", element=passed.element, facts=facts)
    taken = [work.ready.process.flows.get(flow) for passed in work.run.passed for flow in passed.flows]
    take_ways(work, [flow for flow in taken if flow is not None and flow.clock is not None], at=work.at)


def _open(work: Settling, items: Sequence[Waiting]) -> list[OpenTask]:
    """Open a task for each item, with its deadline and its reminder."""
    opened = [_new_task(work, item) for item in items]
    ids = work.rows.add_tasks([values for values, _ in opened])
    for values, due in opened:
        task_id = ids[values["key"]]
        _remind(work, task_id, values, due)
        facts = {
            "name": values["name"],
            "due_at": due.due_at.isoformat() if due.due_at else None,
            "group": values["group_key"],
        }
        work.tell("task-opened", element=values["element"], task_id=task_id, facts=facts)
    return [OpenTask(ids[values["key"]], values["key"], values["element"], values["name"]) for values, _ in opened]


def _new_task(work: Settling, item: Waiting) -> tuple[dict[str, Any], Due]:
    node = work.ready.node(item.element)
    performer = _performer(work, item.element)
    due = due_now(work, item.element, work.at)
    values = {
        "instance_id": work.instance.id,
        "key": item.key,
        "element": item.element,
        "step_no": node.step.step_no if node.step else "",
        "name": node.name or item.element,
        "kind": item.kind.value,
        "act": node.step.act if node.step else None,
        "unit_code": performer["unit_code"],
        "unit": performer["unit"],
        "position": performer["position"],
        "group_key": performer["group"],
        "state": TaskState.OPEN.value,
        "opened_at": work.at,
        "due_at": due.due_at,
        "planned_at": due.planned_at,
        "budget_minutes": due.budget_minutes,
        "paused_minutes": 0,
        "provisional": due.provisional,
    }
    return values, due


def _performer(work: Settling, element: str) -> Mapping[str, str]:
    """Return who performs an element, with the case's own ward filled in where the model leaves it open."""
    found = work.definition.performers.get(element)
    if found is None:
        return {"group": "", "unit_code": "", "unit": "", "position": ""}
    return {key: placed(str(value), work.run.variables) for key, value in found.items()}


def _remind(work: Settling, task_id: int, task: Mapping[str, Any], due: Due) -> None:
    calendar = work.clock.calendar_for(work.ready.budget(task["element"]), task["element"])
    moment = reminder_at(work.at, due.due_at, budget_minutes=due.budget_minutes, calendar=calendar)
    if moment is not None:
        work.rows.add_timer(
            instance_id=work.instance.id,
            task_id=task_id,
            kind=TimerKind.REMINDER.value,
            key=task["key"],
            element=task["element"],
            due_at=moment,
            wake_at=moment,
        )


def close_task(rows: CaseRows, task_id: int, key: str) -> None:
    """Count a task no longer as open, and take back its reminder."""
    rows.open_keys.discard(key)
    rows.take_back(timer for timer in rows.timers if timer.task_id == task_id)


def cancel_task(rows: CaseRows, task: OpenTask, *, by: Actor, at: datetime) -> None:
    """Close a task that nobody need do any more."""
    rows.change_by_id(Task, task.id, state=TaskState.CANCELLED.value, completed_at=at)
    close_task(rows, task.id, task.key)
    rows.tell(Happening("task-cancelled", by, at, element=task.element, task_id=task.id, facts={"name": task.name}))


def _sync_timers(work: Settling) -> None:
    wanted: dict[str, PendingTimer] = {timer.key: timer for timer in work.run.timers()}
    for timer in [timer for timer in work.rows.timers if timer.kind == TimerKind.EVENT]:
        if timer.key not in wanted or wanted[timer.key].due_at != timer.due_at:
            work.rows.take_back([timer])
        else:
            del wanted[timer.key]
    for pending in wanted.values():
        work.rows.add_timer(
            instance_id=work.instance.id,
            kind=TimerKind.EVENT.value,
            key=pending.key,
            element=pending.element,
            due_at=pending.due_at,
            wake_at=pending.due_at,
        )


def _end(work: Settling) -> None:
    work.rows.change(work.instance, stage=InstanceStage.COMPLETED.value, ended_at=work.at, ended_in=work.run.ended_at)
    work.rows.take_back(work.rows.timers)  # those that tell of the case as a whole
    node = work.ready.compiled.elements.get(work.run.ended_at or "")
    work.tell("case-ended", element=work.run.ended_at, facts={"name": node.name if node else ""})
