"""Stop a case for good, with a reason."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.access import visible_instance
from engine.actor import Actor
from engine.advance import hold
from engine.errors import Conflict, Invalid, NotAllowed
from engine.model.instance import Instance, InstanceStage
from engine.model.task import Task, TaskState
from engine.model.timer import Timer
from engine.timers import take_back


def cancel(session: Session, instance_id: int, *, reason: str, by: Actor, at: datetime) -> Instance:
    """Cancel an active case: open tasks and timers go, history stays.

    The heads of the unit that owns the procedure and the leadership may. Raises `Invalid` without a reason, `Conflict`
    for a case with a subject: who started it for something of his own must end it there.
    """
    seen = visible_instance(session, instance_id, by)
    if not by.commands and seen.definition.unit_code not in by.heads:
        raise NotAllowed(instance=instance_id)
    if seen.subject is not None:
        raise Conflict(instance=instance_id, reason="has-subject")
    if not reason.strip():
        raise Invalid(field="reason")
    guarded = hold(session, instance_id)
    for task in session.scalars(select(Task).where(Task.instance_id == instance_id, Task.state == TaskState.OPEN)):
        task.state, task.completed_at = TaskState.CANCELLED, at
    take_back(session, Timer.instance_id == instance_id)
    guarded.instance.stage, guarded.instance.ended_at = InstanceStage.CANCELLED, at
    guarded.record("case-cancelled", by=by, at=at, private={"reason": reason.strip()})
    session.delete(guarded.state)
    session.flush()
    return guarded.instance
