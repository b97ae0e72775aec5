"""The case's clock comes to stand and goes on, as the model says.

Source: Decree 61/2018, article 19: a case waits for its supplement, and the limit counts from zero once it is complete.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update

from bpmn.elements import Flow, Process
from bpmn.graph import reachable, scopes
from engine.actor import SYSTEM
from engine.case_times import (
    STANDING,
    STOP,
    HeldCase,
    count_anew,
    hold_limit,
    hold_timers,
    of_case,
    release_timers,
    stands_of,
)
from engine.clock import counted_from
from engine.history import Happening
from engine.load import OpenTask
from engine.model.instance import ClockState
from engine.model.pause import Pause
from engine.model.task import Task, TaskState
from engine.moved import tell_moved
from engine.spiff import Waiting
from engine.stands import Stand, merged, shifted, stood
from engine.timers import take_back


def begin_pauses(case: HeldCase, opened: Sequence[OpenTask], *, at: datetime) -> None:
    """Let the clock stand for the waits that have opened; what else opens meanwhile stands with it.

    Costs no statement for a case that waits for nobody outside.
    """
    for task in opened:
        mode = case.ready.node(task.element).clock
        if mode in STANDING:
            _begin(case, Pause(mode=mode, element=task.element, name=task.name, task_id=task.id, from_at=at))
    if case.instance.paused_at is not None and any(each.task_id is not None for each in _standing(case)):
        for task in opened:
            case.rows.change_by_id(Task, task.id, paused_at=at)
        case.rows.flush()
        hold_timers(case)


def take_ways(case: HeldCase, flows: Sequence[Flow], *, at: datetime) -> None:
    """Do what a way that was taken says of the clock: it stands until the step is back, begins from zero, or stops.

    A way to a wait leaves that to the wait.
    """
    for flow in flows:
        if case.ready.process.nodes[flow.target].clock is not None:
            continue
        if flow.clock == "restart":
            now = Pause(mode="restart", element=flow.id, name=flow.name, from_at=at, until_at=at)
            case.session.add(_of(case, now))
            case.session.flush()
            _go_on(case, now, runs=case.instance.paused_at is None, at=at)
        elif flow.clock == STOP:
            _begin(case, Pause(mode=STOP, element=flow.id, name=flow.name, from_at=at))
        elif flow.clock in STANDING and (back := _back(case.ready.process, flow)) is not None:
            _begin(case, Pause(mode=flow.clock, element=back, name=flow.name, from_at=at))


def end_pauses(case: HeldCase, waiting: Mapping[str, Waiting], known: Collection[str], *, at: datetime) -> None:
    """End the pauses whose wait is over, or whose step has opened again (it is in `waiting` and not yet `known`).

    And those whose step cannot open again: the case was moved past it.
    """
    if case.instance.paused_at is None:
        return
    back = {item.element for key, item in waiting.items() if key not in known}
    for pause in _standing(case):
        task = case.session.get(Task, pause.task_id) if pause.task_id is not None else None
        over = _is_back(case, pause.element, back, waiting) if task is None else task.key not in waiting
        if over:
            end_pause(case, pause, at=at)


def resume(case: HeldCase, task: Task, *, at: datetime) -> None:
    """Let the clock go on after a wait that is over, unless the case waits for another one."""
    query = select(Pause).where(Pause.task_id == task.id, Pause.mode != STOP, Pause.until_at.is_(None))
    for pause in case.session.scalars(query).all():
        end_pause(case, pause, at=at)


def end_pause(case: HeldCase, pause: Pause, *, at: datetime) -> None:
    pause.until_at = at
    pause.mode = pause.mode or case.ready.node(pause.element).clock or "pause"
    case.session.flush()
    standing = _standing(case)
    if not any(each.task_id is not None for each in standing):
        _go_on(case, pause, runs=not standing, at=at)


def _begin(case: HeldCase, pause: Pause) -> None:
    case.rows.flush()
    case.session.add(_of(case, pause))
    instance = case.instance
    if pause.mode == STOP:
        instance.clock, instance.due_at, instance.due_provisional = ClockState.STOPPED.value, None, False
        take_back(case.session, of_case(case))
    elif instance.paused_at is None:
        instance.paused_at = pause.from_at
        if instance.clock != ClockState.STOPPED:
            instance.clock = ClockState.PAUSED.value
    if pause.mode != STOP and pause.task_id is not None:
        case.session.flush()
        case.session.execute(
            update(Task)
            .where(Task.instance_id == instance.id, Task.state == TaskState.OPEN, Task.paused_at.is_(None))
            .values(paused_at=pause.from_at)
        )
        hold_timers(case)
    elif pause.mode != STOP:
        hold_limit(case)
    kind = "clock-stopped" if pause.mode == STOP else "clock-paused"
    facts = {"mode": pause.mode, "name": pause.name}
    happened = Happening(kind, SYSTEM, pause.from_at, element=pause.element, task_id=pause.task_id, facts=facts)
    case.rows.tell(happened)


def _go_on(case: HeldCase, pause: Pause, *, runs: bool, at: datetime) -> None:
    """Count everything anew now that work goes on, from where it stood or from zero; `runs`: the case's clock too."""
    case.rows.flush()
    instance, stands = case.instance, stands_of(case.session, case.instance.id)
    _start_clock(case, stands)
    if runs:
        instance.paused_at = None
        if instance.clock == ClockState.PAUSED:
            instance.clock = ClockState.RUNNING.value
    instance.paused_minutes = stood(instance.received_at, at, stands, case.clock.calendar)
    release_timers(case)
    moved = count_anew(case)
    for task in _open_tasks(case):
        calendar = case.clock.calendar_for(case.ready.budget(task.element), task.element)
        waits = [stand for stand in stands if stand.waits]
        task.paused_at, task.paused_minutes = None, stood(task.opened_at, at, waits, calendar)
    facts = {
        "mode": pause.mode,
        "name": pause.name,
        "since": pause.from_at.isoformat(),
        "minutes": case.clock.calendar.minutes_between(pause.from_at, at),
        "due_at": instance.due_at.isoformat() if instance.due_at else None,
    }
    happened = Happening("clock-resumed", SYSTEM, at, element=pause.element, task_id=pause.task_id, facts=facts)
    case.rows.tell(happened)
    tell_moved(case, [each for each in moved if each.task is not None], at=at, why={"because": "clock"})


def _start_clock(case: HeldCase, stands: Sequence[Stand]) -> None:
    """Set from where calendar days count: the receipt or the last restart, later by as long as the clock stood."""
    instance = case.instance
    started = counted_from(instance.received_at, stands)
    for stand in merged(stands, started):
        started = shifted(started, stand, case.clock.calendar)
    instance.clock_started_at = case.clock.started_at = started
    query = select(Pause.element).where(
        Pause.instance_id == instance.id, Pause.mode == "restart", Pause.until_at.is_not(None)
    )
    restarted = case.session.scalar(query.order_by(Pause.until_at.desc(), Pause.id.desc()).limit(1))
    if restarted is not None:
        instance.clock_element = restarted
        case.clock.times = case.ready.times_from(restarted)


def _open_tasks(case: HeldCase) -> Sequence[Task]:
    query = select(Task).where(Task.instance_id == case.instance.id, Task.state == TaskState.OPEN)
    return case.session.scalars(query).all()


def _standing(case: HeldCase) -> Sequence[Pause]:
    query = select(Pause).where(Pause.instance_id == case.instance.id, Pause.mode != STOP, Pause.until_at.is_(None))
    return case.session.scalars(query.order_by(Pause.id)).all()


def _of(case: HeldCase, pause: Pause) -> Pause:
    pause.instance_id = case.instance.id
    return pause


def _back(process: Process, flow: Flow) -> str | None:
    """The step that ends a pause when it opens: that which the way leaves and leads back to, or what follows a call."""
    target = process.nodes[flow.target]
    if target.tag == "callActivity":
        return next((process.flows[way].target for way in target.outgoing), None)
    left = process.nodes[flow.source]
    while left.tag.endswith("Gateway") and len(left.incoming) == 1:
        left = process.nodes[process.flows[left.incoming[0]].source]
    step = left.attached_to or left.id
    return step if step in _reached(process, flow.target) else None


def _is_back(case: HeldCase, element: str, back: Collection[str], waiting: Mapping[str, Waiting]) -> bool:
    """Whether a step has opened again, or cannot any more from where the case waits now."""
    process = case.ready.process
    places = [item.element for item in waiting.values()]
    if element in back or not all(place in process.nodes for place in places):  # what a called procedure leads to
        return element in back
    after = {name: ways for scope in scopes(process).values() for name, ways in scope.after.items()}
    ahead = reachable([holder for place in places for holder in _holders(process, place)], after)
    return ahead.isdisjoint(_holders(process, element))


def _holders(process: Process, element: str) -> list[str]:
    """An element with the sub-processes that it lies in."""
    found = [element]
    while (parent := process.nodes[found[-1]].parent) in process.nodes:
        found.append(parent)
    return found


def _reached(process: Process, start: str) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        ways = (process.flows[way].target for way in process.nodes[waiting.pop()].outgoing)
        new = [node for node in ways if node not in found]
        found.update(new)
        waiting += new
    return found
