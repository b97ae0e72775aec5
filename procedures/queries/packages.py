"""What goes into an exchange package."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from engine.errors import NotFound
from procedures.model.procedure import Procedure
from procedures.model.setting import Setting
from procedures.model.unit import Unit, UnitKind
from procedures.model.version import Stage, Version

TOWN = "town"


def town_name(session: Session) -> str:
    """Return the name of this town; of one that was loaded without a name, that of its leadership."""
    named = session.get(Setting, TOWN)
    if named is not None:
        return named.value
    return session.scalars(select(Unit.name).where(Unit.kind == UnitKind.LEADERSHIP).order_by(Unit.id)).first() or ""


def in_force(session: Session, *, code: str = "", unit: str = "") -> Sequence[Version]:
    """Return the versions in force of a procedure or of a unit, by code. Raises `NotFound` where there is none."""
    query = (
        select(Version)
        .join(Version.procedure)
        .join(Procedure.unit)
        .where(Version.stage == Stage.IN_FORCE, Procedure.code == code if code else Unit.code == unit)
        .options(joinedload(Version.procedure).joinedload(Procedure.unit), joinedload(Version.decision))
        .order_by(Procedure.code)
    )
    found = session.scalars(query).all()
    if not found:
        raise NotFound(procedure=code) if code else NotFound(unit=unit)
    return found
