"""Ask other units about a version, and answer for one's unit."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bpmn.folding import kept
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from procedures.access import drafts_for, visible_version
from procedures.history import hold_procedure, record
from procedures.model.consultation import Consultation
from procedures.model.review import Opinion
from procedures.model.unit import Unit
from procedures.queries.people import Person

LONGEST = 4_000  # letters of an answer


def consult(
    session: Session, code: str, number: int, units: Sequence[str], *, due_at: datetime, by: Person, at: datetime
) -> Sequence[Consultation]:
    """Ask units by their codes; one that was asked before is asked again with the new deadline.

    Raises `NotAllowed` outside one's unit, `Conflict` for an example, `Invalid` for an unknown unit or a deadline that
    is past.
    """
    version = visible_version(session, code, number, by)
    if not drafts_for(by, version.procedure.unit.code):
        raise NotAllowed(procedure=code)
    if version.procedure.example:
        raise Conflict(procedure=code, reason="example")
    found = session.scalars(select(Unit).where(Unit.code.in_(units)).order_by(Unit.id)).all()
    if not found or len(found) != len(set(units)):
        raise Invalid(field="units")
    if due_at <= at:
        raise Invalid(field="due_at")
    hold_procedure(session, version.procedure_id)
    asked = [_ask(session, version.id, unit.id, due_at=due_at, by=by, at=at) for unit in found]
    facts = {"version": number, "units": [unit.code for unit in found], "due_at": due_at.isoformat()}
    record(session, version.procedure_id, "version-consulted", by=by.actor, at=at, facts=facts)
    return asked


def _ask(session: Session, version: int, unit: int, *, due_at: datetime, by: Person, at: datetime) -> Consultation:
    known = session.scalars(
        select(Consultation).where(Consultation.version_id == version, Consultation.unit_id == unit)
    ).one_or_none()
    asked = known or Consultation(version_id=version, unit_id=unit, text="", sha256="")
    asked.asked_by, asked.asked_at, asked.due_at = by.officer.id, at, due_at
    asked.answered_by, asked.answered_at, asked.opinion, asked.text = None, None, None, ""
    session.add(asked)
    session.flush()
    return asked


def answer(
    session: Session, code: str, number: int, opinion: Opinion, text: str, *, by: Person, at: datetime
) -> Consultation:
    """Answer for one's unit. Raises `NotFound` where it was not asked, `Conflict` behind the deadline.

    A wish to change needs its words (`Invalid`).
    """
    version = visible_version(session, code, number, by)
    asked = session.scalars(
        select(Consultation)
        .join(Consultation.unit)
        .where(Consultation.version_id == version.id, Unit.code.in_(by.unit_codes))
        .options(joinedload(Consultation.unit))
        .order_by(Consultation.answered_at.is_not(None), Consultation.id)
    ).first()
    if asked is None:
        raise NotFound(procedure=code)
    said = kept(text).strip()
    if len(said) > LONGEST or (opinion is Opinion.CHANGE and not said):
        raise Invalid(field="answer")
    if at > asked.due_at:
        raise Conflict(reason="consultation-over")
    hold_procedure(session, version.procedure_id)
    session.refresh(version)
    asked.answered_by, asked.answered_at, asked.opinion, asked.text = by.officer.id, at, opinion, said
    asked.sha256 = version.sha256
    session.flush()
    facts = {"version": number, "unit": asked.unit.code, "opinion": opinion.value}
    record(session, version.procedure_id, "version-answered", by=by.actor, at=at, facts=facts, private={"reason": said})
    return asked
