"""Stop a case for good, with a reason."""

from datetime import datetime

from sqlalchemy.orm import Session

from engine.access import visible_instance
from engine.actor import Actor
from engine.advance import hold
from engine.errors import Conflict, Invalid, NotAllowed
from engine.model.instance import Instance, InstanceStage
from engine.settle import cancel_task


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
    for task in list(guarded.rows.tasks.values()):
        cancel_task(guarded.rows, task, by=by, at=at)
    guarded.rows.take_back(guarded.rows.timers)
    guarded.rows.change(guarded.instance, stage=InstanceStage.CANCELLED.value, ended_at=at)
    guarded.tell("case-cancelled", by=by, at=at, private={"reason": reason.strip()})
    guarded.rows.write(ended=True)
    return guarded.instance
