"""Feedback on procedures, as their units and those who gave it see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload

from procedures.access import drafts_for
from procedures.model.feedback import Feedback, FeedbackState
from procedures.model.officer import Officer
from procedures.model.procedure import Procedure
from procedures.model.unit import Unit
from procedures.model.version import Stage, Version
from procedures.queries.people import Person

MOST = 200
"""Feedback that is listed at once, the open one first."""


@dataclass(frozen=True, slots=True)
class Line:
    """A feedback with who gave it and the version that it is about. `own`: the viewer may settle it.

    `draft` is the number of the procedure's draft, None where there is none to take it into.
    """

    feedback: Feedback
    who: str
    version: Version
    own: bool
    draft: int | None

    @property
    def open(self) -> bool:
        return self.feedback.state == FeedbackState.OPEN


def feedback_lines(session: Session, viewer: Person, code: str = "") -> Sequence[Line]:
    """Return the feedback on one procedure, or on all, that the viewer may read: the open first, then the newest."""
    query = (
        select(Feedback, Officer.name, Version)
        .join(Officer, Officer.id == Feedback.officer_id)
        .join(Version, Version.id == Feedback.version_id)
        .join(Version.procedure)
        .where(_reads(viewer))
        .options(joinedload(Version.procedure).joinedload(Procedure.unit))
        .order_by((Feedback.state != FeedbackState.OPEN), Feedback.id.desc())
        .limit(MOST)
    )
    if code:
        query = query.where(Procedure.code == code)
    rows = list(session.execute(query))
    drafts = _drafts(session, {version.procedure_id for _, _, version in rows})
    return [
        Line(
            feedback,
            name,
            version,
            own=drafts_for(viewer, version.procedure.unit.code),
            draft=drafts.get(version.procedure_id),
        )
        for feedback, name, version in rows
    ]


def open_feedback(session: Session, viewer: Person, code: str = "") -> int:
    """Return how much feedback waits for the viewer's units."""
    query = (
        select(func.count())
        .select_from(Feedback)
        .join(Version, Version.id == Feedback.version_id)
        .join(Version.procedure)
        .where(_of_units(viewer), Feedback.state == FeedbackState.OPEN)
    )
    return session.scalar(query.where(Procedure.code == code) if code else query) or 0


def _reads(viewer: Person) -> ColumnElement[bool]:
    """One's own, that of one's units' procedures, and all for who oversees the town."""
    if viewer.actor.oversees:
        return Feedback.id.is_not(None)
    return or_(_of_units(viewer), Feedback.officer_id == viewer.officer.id)


def _of_units(viewer: Person) -> ColumnElement[bool]:
    return Procedure.unit_id.in_(select(Unit.id).where(Unit.code.in_(viewer.unit_codes)))


def _drafts(session: Session, procedures: set[int]) -> dict[int, int]:
    query = select(Version.procedure_id, Version.number).where(
        Version.procedure_id.in_(procedures), Version.stage == Stage.DRAFT
    )
    return {row.procedure_id: row.number for row in session.execute(query)}
