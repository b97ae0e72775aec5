"""Who may see and change what in the catalogue."""

from sqlalchemy import ColumnElement, exists, or_, select, true
from sqlalchemy.orm import Session, joinedload

from engine.access import sees_instance
from engine.errors import NotFound
from engine.model.instance import Instance
from procedures.model.consultation import Consultation
from procedures.model.procedure import Procedure
from procedures.model.unit import Unit
from procedures.model.version import Stage, Version
from procedures.queries.people import Person

PUBLIC = (Stage.IN_FORCE, Stage.SUPERSEDED)
"""Stages that every officer may see."""


def sees_version(viewer: Person) -> ColumnElement[bool]:
    """A recognised version: everybody. Any other: its unit, units consulted, approvers, leadership, auditors."""
    if viewer.actor.oversees:
        return true()
    own = Procedure.unit_id.in_(select(Unit.id).where(Unit.code.in_(viewer.unit_codes)))
    approving = exists().where(Instance.id == Version.instance_id, sees_instance(viewer.actor))
    consulted = exists().where(
        Consultation.version_id == Version.id,
        Consultation.unit_id.in_(select(Unit.id).where(Unit.code.in_(viewer.unit_codes))),
    )
    return or_(Version.stage.in_(PUBLIC), own, approving, consulted)


def visible_procedure(session: Session, code: str, viewer: Person) -> Procedure:
    """Return a procedure of which the viewer may see a version, or his unit's own. Raises `NotFound`."""
    seen = exists().where(Version.procedure_id == Procedure.id, sees_version(viewer))
    own = Procedure.unit_id.in_(select(Unit.id).where(Unit.code.in_(viewer.unit_codes)))
    procedure = session.scalars(
        select(Procedure).where(Procedure.code == code, or_(seen, own)).options(joinedload(Procedure.unit))
    ).one_or_none()
    if procedure is None:
        raise NotFound(procedure=code)
    return procedure


def visible_version(session: Session, code: str, number: int, viewer: Person) -> Version:
    """Return a version with its procedure, unit and decision. Raises `NotFound` also when the viewer may not see it."""
    version = session.scalars(
        select(Version)
        .join(Version.procedure)
        .where(Procedure.code == code, Version.number == number, sees_version(viewer))
        .options(joinedload(Version.procedure).joinedload(Procedure.unit), joinedload(Version.decision))
    ).one_or_none()
    if version is None:
        raise NotFound(procedure=code, version=number)
    return version


def visible_hash(session: Session, code: str, number: int, viewer: Person) -> str:
    """Return the hash of a version's content without reading that. Raises `NotFound` like `visible_version`."""
    digest = session.scalars(
        select(Version.sha256)
        .join(Version.procedure)
        .where(Procedure.code == code, Version.number == number, sees_version(viewer))
    ).one_or_none()
    if digest is None:
        raise NotFound(procedure=code, version=number)
    return digest


def drafts_for(viewer: Person, unit_code: str) -> bool:
    """Whether the viewer may write for a unit: who holds a position of it."""
    return unit_code in viewer.unit_codes
