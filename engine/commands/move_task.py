"""Take a case to another step: back by who has the task, anywhere by who leads, and a finished step once more.

Only where the case still ends properly: `engine.spiff.moving` reasons about joins, and refuses.  What opens is opened
anew, with a budget of its own; the history keeps what was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.access import is_candidate, leads, visible_instance
from engine.actor import Actor
from engine.advance import Guarded, hold
from engine.errors import Conflict, Invalid, NotAllowed, StepRefused
from engine.held_task import HeldTask, hold_task
from engine.model.instance import Instance
from engine.model.task import Task, TaskState
from engine.spiff import NotWaiting, Run, StepFailed, Waiting

Act = Callable[[Run], None]


@dataclass(frozen=True, slots=True)
class Change:
    """What a move would close and open, as elements of the model, in the order of their opening."""

    closes: tuple[str, ...]
    opens: tuple[str, ...]


def return_task(session: Session, task_id: int, to: str, *, reason: str, by: Actor, at: datetime) -> Task:
    """Give an open task back to a step that this case has passed. Who may complete it may, and the head of its unit.

    Raises `Invalid` without a reason or for a step that was not passed, `StepRefused` where a join would not hold,
    `Conflict` for a case with a subject.
    """
    held = hold_task(session, task_id, by=by)
    if not is_candidate(held.task, by) and not leads(held.task, by):
        raise NotAllowed(task=task_id)
    if to not in passed_steps(session, held.task.instance_id):
        raise Invalid(field="to", element=to)
    _move(held, to, "task-returned", reason=reason, by=by, at=at)
    return held.task


def move_task(session: Session, task_id: int, to: str, *, reason: str, by: Actor, at: datetime) -> Task:
    """Take an open task's place in the case to any other activity. Who may cancel the case may.

    Raises as `return_task`.
    """
    held = hold_task(session, task_id, by=by)
    _demand_command(held.guarded, by)
    _move(held, to, "task-moved", reason=reason, by=by, at=at)
    return held.task


def foresee_move(session: Session, task_id: int, to: str, *, by: Actor, at: datetime) -> Change:
    """Say what `move_task` would do, and do nothing. Raises as it would."""
    held = hold_task(session, task_id, by=by)
    _demand_command(held.guarded, by)
    _demand_own(held.guarded)
    closes, opens = _foreseen(held.guarded, lambda run: run.move(held.task.key, to, at))
    return Change(tuple(item.element for item in closes), tuple(item.element for item in opens))


def redo_step(session: Session, instance_id: int, element: str, *, reason: str, by: Actor, at: datetime) -> Instance:
    """Have a completed step done again. Who may cancel the case may. Raises as `return_task`."""
    visible_instance(session, instance_id, by)
    guarded = hold(session, instance_id)
    _demand_command(guarded, by)
    if element not in passed_steps(session, instance_id):
        raise Invalid(field="element", element=element)
    facts = {"to": element, "to_name": guarded.ready.node(element).name}
    _carry_out(
        guarded,
        lambda run: run.redo(element, at),
        "step-redone",
        reason=reason,
        by=by,
        at=at,
        element=element,
        facts=facts,
    )
    return guarded.instance


def passed_steps(session: Session, instance_id: int) -> list[str]:
    """The elements whose tasks were completed in this case, by their first completion."""
    done = select(Task.element).where(Task.instance_id == instance_id, Task.state == TaskState.COMPLETED)
    return list(dict.fromkeys(session.scalars(done.order_by(Task.completed_at, Task.id))))


def _move(held: HeldTask, to: str, kind: str, *, reason: str, by: Actor, at: datetime) -> None:
    task, guarded = held.task, held.guarded
    node = guarded.ready.compiled.elements.get(to)
    facts = {"name": task.name, "to": to, "to_name": node.name if node else ""}
    about = {"element": task.element, "task_id": task.id, "facts": facts}
    _carry_out(guarded, lambda run: run.move(task.key, to, at), kind, reason=reason, by=by, at=at, **about)
    task.state, task.completed_at = TaskState.CANCELLED, at


def _carry_out(guarded: Guarded, act: Act, kind: str, *, reason: str, by: Actor, at: datetime, **about: Any) -> None:
    """Tell of the move, then step; the clock goes on where a wait is closed."""
    _demand_own(guarded)
    if not reason.strip():
        raise Invalid(field="reason")
    guarded.tell(kind, by=by, at=at, private={"reason": reason.strip()}, **about)
    guarded.step(act, by=by, at=at)


def _foreseen(guarded: Guarded, act: Act) -> tuple[list[Waiting], list[Waiting]]:
    """What an act closes and opens, tried on a copy of the run. Raises `StepRefused`."""
    copy = Run.load(guarded.ready.compiled, guarded.run.dump(), guarded.clock)
    before = {item.key: item for item in copy.waiting()}
    try:
        act(copy)
    except (StepFailed, NotWaiting) as error:
        raise StepRefused(reason=error.code, **error.facts) from error
    after = {item.key: item for item in copy.waiting()}
    return [item for key, item in before.items() if key not in after], [
        item for key, item in after.items() if key not in before
    ]


def _demand_command(guarded: Guarded, by: Actor) -> None:
    if not by.commands and guarded.definition.unit_code not in by.heads:
        raise NotAllowed(instance=guarded.instance.id)


def _demand_own(guarded: Guarded) -> None:
    """A case with a subject follows its subject: who started it for something of his own must move it there."""
    if guarded.instance.subject is not None:
        raise Conflict(instance=guarded.instance.id, reason="has-subject")
