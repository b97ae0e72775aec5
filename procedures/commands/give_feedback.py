"""Say something about a version in force; its unit settles it, or takes it over into the next draft."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bpmn.convert import bpmn_to_table
from bpmn.document import read_document
from bpmn.folding import kept
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from procedures.access import drafts_for, visible_version
from procedures.commands.remark import LONGEST, Said, say
from procedures.commands.submit import draft_of
from procedures.model.feedback import Feedback, FeedbackState
from procedures.model.version import Stage, Version
from procedures.queries.people import Person, name_of


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a unit settles a feedback: `state`, and what it answers."""

    state: FeedbackState
    answer: str = ""


def give_feedback(
    session: Session, code: str, number: int, text: str, element: str = "", *, by: Person, at: datetime
) -> Feedback:
    """Add what an officer says of a version in force. Raises `Invalid` for an empty text or an unknown step."""
    version = visible_version(session, code, number, by)
    if version.stage != Stage.IN_FORCE:
        raise Conflict(reason="not-in-force")
    said = kept(text).strip()
    if not 0 < len(said) <= LONGEST:
        raise Invalid(field="feedback")
    if element and element not in steps_of(version):
        raise Invalid(field="element")
    feedback = Feedback(
        version_id=version.id,
        officer_id=by.officer.id,
        at=at,
        element=element,
        text=said,
        state=FeedbackState.OPEN,
        answer="",
    )
    session.add(feedback)
    session.flush()
    return feedback


def settle_feedback(
    session: Session, code: str, feedback: int, settlement: Settlement, *, by: Person, at: datetime
) -> Feedback:
    """Settle a feedback, decline it with a reason, or open it again; who writes for the unit.

    Raises `Conflict` for one that the next draft has taken over, `Invalid` where a reason is missing.
    """
    found, _ = _held(session, code, feedback, by)
    answer = kept(settlement.answer).strip()
    if (settlement.state is FeedbackState.DECLINED and not answer) or len(answer) > LONGEST:
        raise Invalid(field="answer")
    again = settlement.state is FeedbackState.OPEN
    found.state, found.answer = settlement.state, found.answer if again else answer
    found.settled_by, found.settled_at = (None, None) if again else (by.officer.id, at)
    session.flush()
    return found


def take_feedback(session: Session, code: str, feedback: int, *, by: Person, at: datetime) -> Feedback:
    """Make a remark of the procedure's draft out of a feedback: on the same step where the draft still has it.

    Raises `NotADraft` where there is no draft to take it into.
    """
    found, version = _held(session, code, feedback, by)
    draft = draft_of(session, version.procedure)
    place = found.element if found.element in steps_of(draft) else ""
    text = f"{name_of(session, found.officer_id)}: {found.text}"[:LONGEST]
    remark = say(session, code, draft.number, Said(text, place), by=by, at=at)
    found.state, found.remark_id = FeedbackState.TAKEN, remark.id
    found.settled_by, found.settled_at = by.officer.id, at
    session.flush()
    return found


def steps_of(version: Version) -> dict[str, str]:
    """The numbers of a version's steps, by id."""
    document = read_document(version.source.encode()).document
    return {step.id: step.step_no for step in bpmn_to_table(document).steps if step.id} if document else {}


def _held(session: Session, code: str, feedback: int, by: Person) -> tuple[Feedback, Version]:
    """A feedback that this officer may settle, and the version that it is about."""
    found = session.get(Feedback, feedback, with_for_update=True)
    about = session.get(Version, found.version_id) if found else None
    if found is None or about is None:
        raise NotFound(feedback=feedback)
    version = visible_version(session, code, about.number, by)
    if version.id != found.version_id:
        raise NotFound(feedback=feedback)
    if not drafts_for(by, version.procedure.unit.code):
        raise NotAllowed(feedback=feedback)
    if found.state == FeedbackState.TAKEN:
        raise Conflict(reason="feedback-taken")
    return found, version
