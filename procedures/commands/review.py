"""Give an opinion on a whole version, and note which steps one has gone through."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from bpmn.convert import bpmn_to_table
from bpmn.document import read_document
from bpmn.fiveclear import FiveClear, Step
from bpmn.folding import kept
from engine.errors import Invalid
from procedures.access import visible_version
from procedures.history import hold_procedure, record
from procedures.model.review import Opinion, Review
from procedures.model.step_seen import StepSeen
from procedures.queries.people import Person

LONGEST = 4_000  # letters of a reason


def review(
    session: Session, code: str, number: int, opinion: Opinion, reason: str, *, by: Person, at: datetime
) -> Review:
    """Bind an opinion to the content as it is now. Raises `Invalid` for a wish to change without a reason."""
    version = visible_version(session, code, number, by)
    reason = kept(reason).strip()
    if len(reason) > LONGEST or (opinion is Opinion.CHANGE and not reason):
        raise Invalid(field="reason")
    hold_procedure(session, version.procedure_id)
    session.refresh(version)
    given = Review(
        version_id=version.id,
        officer_id=by.officer.id,
        opinion=opinion,
        reason=reason,
        sha256=version.sha256,
        given_at=at,
    )
    session.add(given)
    session.flush()
    facts = {"version": number, "sha256": version.sha256, "opinion": opinion.value}
    record(
        session,
        version.procedure_id,
        "version-reviewed",
        by=by.actor,
        at=at,
        facts=facts,
        private={"reason": reason},
    )
    return given


def see_step(session: Session, code: str, number: int, element: str, *, seen: bool, by: Person, at: datetime) -> None:
    """Note that a step has been read as it is now, or that it has not. Raises `Invalid` for an unknown step."""
    version = visible_version(session, code, number, by)
    document = read_document(version.source.encode()).document
    table = bpmn_to_table(document) if document else FiveClear("", ())
    step = next((step for step in table.steps if step.id == element), None)
    if step is None:
        raise Invalid(field="element")
    noted = session.get(StepSeen, (version.id, by.officer.id, element))
    if noted is not None and not seen:
        session.delete(noted)
    elif noted is not None:
        noted.digest, noted.at = digest(table, step), at
    elif seen:
        found = StepSeen(
            version_id=version.id, officer_id=by.officer.id, element=element, digest=digest(table, step), at=at
        )
        session.add(found)
    session.flush()


def digest(table: FiveClear, step: Step) -> str:
    """A hash of what a row says, with its ways."""
    ways = [way for way in table.branches if way.at == step.step_no]
    return sha256(repr((step, ways)).encode()).hexdigest()
