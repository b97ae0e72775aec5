"""The procedure that is there already, of which a file that was brought may be the next state."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from procedures.model.procedure import Procedure
from procedures.model.unit import Unit
from procedures.model.version import Stage, Version
from procedures.queries.people import Person
from procedures.queries.similar import similar

VERY_LIKE = 0.75
"""How alike two titles of one unit must be to be taken for the same procedure."""
OPEN = (Stage.DRAFT, Stage.IN_FORCE, Stage.SUPERSEDED, Stage.WITHDRAWN)
"""Stages of the newest version in which a draft is there, or the next one may be begun."""


@dataclass(frozen=True, slots=True)
class Existing:
    """A procedure of one's own unit with its newest version, None where it has none yet; `same_code`: the very code."""

    procedure: Procedure
    version: Version | None
    same_code: bool

    @property
    def may_change(self) -> bool:
        """Whether a draft is there or may be begun; not while a version is on its way through approval."""
        return self.version is None or self.version.stage in OPEN

    @property
    def is_draft(self) -> bool:
        return self.version is None or self.version.stage == Stage.DRAFT


def existing(session: Session, viewer: Person, *, code: str, title: str, unit: str) -> Existing | None:
    """Return the viewer's own procedure with this code, else the unit's with nearly this title; None where neither is.

    Only of units that the viewer writes for: what another unit has is told to nobody here.
    """
    by_code = _own(session, viewer, code)
    if by_code is not None:
        return Existing(by_code, _newest(session, by_code), same_code=True)
    if unit not in viewer.unit_codes:
        return None
    near = [each.version.procedure for each in similar(session, viewer, title) if each.share >= VERY_LIKE]
    alike = next((procedure for procedure in near if procedure.unit.code == unit), None)
    return Existing(alike, _newest(session, alike), same_code=False) if alike is not None else None


def _own(session: Session, viewer: Person, code: str) -> Procedure | None:
    return session.scalars(
        select(Procedure)
        .join(Procedure.unit)
        .where(Procedure.code == code, Unit.code.in_(viewer.unit_codes))
        .options(joinedload(Procedure.unit))
    ).one_or_none()


def _newest(session: Session, procedure: Procedure) -> Version | None:
    numbered = select(Version).where(Version.procedure_id == procedure.id).order_by(Version.number.desc())
    return session.scalars(numbered.limit(1)).one_or_none()
