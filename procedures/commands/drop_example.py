"""Put away an example that somebody has learned with."""

from datetime import datetime

from sqlalchemy.orm import Session

from engine.errors import Conflict, NotAllowed
from procedures.access import drafts_for, visible_procedure
from procedures.commands.submit import draft_of
from procedures.history import hold_procedure, record
from procedures.model.version import Stage
from procedures.queries.people import Person


def drop_example(session: Session, code: str, *, by: Person, at: datetime) -> None:
    """Withdraw the draft of an example of one's unit; no list shows it any more, its history stays.

    Raises `NotAllowed` outside one's unit, `Conflict` for a procedure that is no example, `NotADraft` when it is gone.
    """
    procedure = visible_procedure(session, code, by)
    if not drafts_for(by, procedure.unit.code):
        raise NotAllowed(procedure=code)
    if not procedure.example:
        raise Conflict(procedure=code, reason="no-example")
    hold_procedure(session, procedure.id)
    version = draft_of(session, procedure)
    version.stage = Stage.WITHDRAWN
    version.ended_at = at
    session.flush()
    record(session, procedure.id, "draft-dropped", by=by.actor, at=at, facts={"version": version.number})
