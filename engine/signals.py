"""Signals between cases: written down for every case that waits, heard by each under its own guard."""

from collections.abc import Iterator
from datetime import datetime
from unicodedata import normalize

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.definitions import ready
from engine.model.definition import Definition
from engine.model.instance import Instance, InstanceStage
from engine.model.task import Task, TaskState
from engine.model.timer import Timer, TimerKind
from engine.spiff import WaitingFor


def send(session: Session, signal: str, *, at: datetime, besides: int | None = None) -> int:
    """Wake every case that waits for a signal, but for the one it comes from; return how many places hear it.

    No other case is locked here: a place that waits gets a timer that is due at once, which the worker fires.
    """
    places = list(waiting(session, normalize("NFC", signal).strip(), besides=besides))
    for task in places:
        session.add(
            Timer(
                instance_id=task.instance_id,
                task_id=task.id,
                kind=TimerKind.SIGNAL,
                key=task.key,
                element=task.element,
                due_at=at,
                wake_at=at,
            )
        )
    session.flush()
    return len(places)


def waiting(session: Session, signal: str, *, besides: int | None) -> Iterator[Task]:
    """The places that wait for a signal of that name, oldest first."""
    rows = session.execute(
        select(Task, Instance.definition_id)
        .join(Instance)
        .where(
            Task.kind == WaitingFor.SIGNAL,
            Task.state == TaskState.OPEN,
            Task.instance_id != (besides or 0),
            Instance.stage == InstanceStage.ACTIVE,
        )
        .order_by(Task.id)
    )
    for task, definition_id in rows:
        node = ready(session.get_one(Definition, definition_id)).node(task.element)
        if any(normalize("NFC", event.name or event.ref or "").strip() == signal for event in node.events):
            yield task
