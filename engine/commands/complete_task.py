"""Complete a task: the case goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bpmn.fiveclear import CONTINUE
from bpmn.folding import same_text
from engine.access import is_candidate
from engine.actor import Actor
from engine.advance import Guarded
from engine.commands.fire_timer import fire
from engine.definitions import Ready
from engine.errors import NotAllowed, TaskTaken, UnknownOutcome
from engine.held_task import closed, hold_task
from engine.model.task import Task, TaskState
from engine.model.timer import TimerKind
from engine.settle import close_task
from engine.spiff import WaitingFor


@dataclass(frozen=True, slots=True)
class Completion:
    """What the performer answers. Without an outcome the normal way is taken."""

    outcome: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    note: str | None = None


def complete_task(session: Session, task_id: int, completion: Completion, *, by: Actor, at: datetime) -> Task:
    """Complete a task that is one's own or one's position's; completing claims.

    Model timers that are overdue fire first: a silence rule whose moment has passed wins over a late answer.
    Raises `TaskTaken`, `TaskClosed`, `NotAllowed`, or `UnknownOutcome` with the known ones.
    """
    held = hold_task(session, task_id, by=by)
    task, guarded = held.task, held.guarded
    if task.assignee_id not in (None, by.id):
        raise TaskTaken(task=task.id, by=task.assignee_id)
    if not is_candidate(task, by):
        raise NotAllowed(task=task.id)
    outcome = known_outcome(guarded.ready, task.element, completion.outcome)
    if fire_overdue(guarded, at=at) and task.key not in guarded.rows.open_keys:
        raise closed(session.get_one(Task, task.id))
    guarded.rows.change(
        task,
        state=TaskState.COMPLETED.value,
        outcome=outcome,
        claimed_at=task.claimed_at or at,
        assignee_id=by.id,
        completed_by=by.id,
        completed_at=at,
    )
    close_task(guarded.rows, task.id, task.key)
    guarded.tell(
        "task-completed",
        by=by,
        at=at,
        element=task.element,
        task_id=task.id,
        facts={"name": task.name, "outcome": outcome, "due_at": task.due_at.isoformat() if task.due_at else None},
        private={"note": completion.note} if completion.note else None,
    )
    if task.kind == WaitingFor.USER:
        guarded.step(lambda run: run.complete(task.key, outcome, completion.variables, at), by=by, at=at)
    else:
        guarded.resume_clock(task, at=at)
        guarded.step(lambda run: run.receive(task.key, completion.variables, at), by=by, at=at)
    return task


def outcomes(ready: Ready, element: str) -> tuple[str, ...]:
    """Return the outcomes of a step: the normal way first, then its branches as written."""
    return (CONTINUE, *ready.outcomes.get(element, ()))


def known_outcome(ready: Ready, element: str, wanted: str | None) -> str:
    """Return the outcome as the model writes it. Raises `UnknownOutcome` listing the known ones."""
    if wanted is None or not wanted.strip():
        return CONTINUE
    known = outcomes(ready, element)
    for outcome in known:
        if same_text(outcome, wanted):
            return outcome
    raise UnknownOutcome(outcome=wanted, known=list(known))


def fire_overdue(guarded: Guarded, *, at: datetime) -> int:
    """Fire the model's own timers whose moment has come, in their order; return how many."""
    timers = [timer for timer in guarded.rows.timers if timer.kind == TimerKind.EVENT and not timer.held]
    overdue = [timer for timer in timers if timer.due_at <= at]
    fired = 0
    for timer in overdue:
        if timer in guarded.rows.timers:  # not taken back by the one before
            fire(guarded, timer, at=at)
            fired += 1
    return fired
