"""Say something about a version or one of its steps, answer, and settle what was said."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bpmn.convert import bpmn_to_table
from bpmn.document import read_document
from bpmn.editing import FIELDS, field_text
from bpmn.folding import kept
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from procedures.access import drafts_for, visible_version
from procedures.model.remark import Remark, RemarkState
from procedures.model.version import Version
from procedures.queries.people import Person

LONGEST = 4_000  # letters of a remark


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says. `element` is a step's id or empty; a suggestion names `field` and `proposal`."""

    text: str = ""
    element: str = ""
    field: str = ""
    proposal: str | None = None
    answers: int | None = None


def say(session: Session, code: str, number: int, said: Said, *, by: Person, at: datetime) -> Remark:
    """Add a remark to a version that the officer may see.

    Raises `Invalid` for an empty one, an unknown step or cell, or a proposal that is what stands there already.
    """
    version = visible_version(session, code, number, by)
    text, proposal = kept(said.text).strip(), None if said.proposal is None else kept(said.proposal).strip()
    if len(text) > LONGEST or len(proposal or "") > LONGEST or not (text or proposal):
        raise Invalid(field="remark")
    if said.answers is not None and _found(session, version, said.answers).answers is not None:
        raise Invalid(field="remark")
    before = "" if proposal is None else _stands(version, said)
    if proposal is not None and proposal == before:
        raise Invalid(field="proposal")
    remark = Remark(
        version_id=version.id,
        answers=said.answers,
        officer_id=by.officer.id,
        at=at,
        element=said.element,
        field=said.field if proposal is not None else "",
        before=before,
        proposal=proposal,
        text=text,
        state=RemarkState.OPEN,
    )
    session.add(remark)
    session.flush()
    return remark


def settle(
    session: Session, code: str, number: int, remark: int, state: RemarkState, *, by: Person, at: datetime
) -> Remark:
    """Settle an open remark, or open a settled one again: who writes for the unit, or who made the remark.

    Raises `Conflict` for a suggestion that is applied already.
    """
    version = visible_version(session, code, number, by)
    found = _found(session, version, remark)
    if not (drafts_for(by, version.procedure.unit.code) or found.officer_id == by.officer.id):
        raise NotAllowed(remark=remark)
    if found.state == RemarkState.APPLIED and state is not RemarkState.APPLIED:
        raise Conflict(reason="remark-applied")
    found.state = state
    found.settled_by, found.settled_at = (None, None) if state is RemarkState.OPEN else (by.officer.id, at)
    session.flush()
    return found


def _found(session: Session, version: Version, remark: int) -> Remark:
    found = session.get(Remark, remark)
    if found is None or found.version_id != version.id:
        raise NotFound(remark=remark)
    return found


def _stands(version: Version, said: Said) -> str:
    """What stands in the cell that a suggestion is about. Raises `Invalid`."""
    document = read_document(version.source.encode()).document
    steps = bpmn_to_table(document).steps if document else ()
    step = next((step for step in steps if step.id == said.element), None)
    if step is None or said.field not in FIELDS:
        raise Invalid(field="remark")
    return field_text(step, said.field)
