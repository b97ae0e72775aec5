"""Give a procedure another name, as long as nobody but its unit knows it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bpmn.folding import normal
from engine.errors import Conflict, Invalid, NotAllowed
from procedures.access import drafts_for, visible_procedure
from procedures.commands.create_procedure import LONGEST_TITLE
from procedures.history import hold_procedure, record
from procedures.model.procedure import Procedure
from procedures.model.version import Stage, Version
from procedures.queries.people import Person


def rename_procedure(session: Session, code: str, title: str, *, by: Person, at: datetime) -> Procedure:
    """Rename a procedure whose only version is a draft. The next save writes the name into the draft.

    Raises `Invalid` for no name or one that is too long, `NotAllowed` outside one's unit, `Conflict` behind that.
    """
    procedure = visible_procedure(session, code, by)
    if not drafts_for(by, procedure.unit.code):
        raise NotAllowed(procedure=code)
    name = normal(title)
    if not 0 < len(name) <= LONGEST_TITLE:
        raise Invalid(field="title")
    held = hold_procedure(session, procedure.id)
    stages = session.scalars(select(Version.stage).where(Version.procedure_id == procedure.id)).all()
    if list(stages) != [Stage.DRAFT]:
        raise Conflict(procedure=code, reason="name-known")
    if name != held.title:
        facts = {"before": held.title, "title": name}
        held.title = name
        session.flush()
        record(session, procedure.id, "procedure-renamed", by=by.actor, at=at, facts=facts)
    return held
