"""Start a case of a procedure in force."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bpmn.organisation import ANY_WARD
from engine.commands.start import Opening, start
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.locality import LOCALITY
from engine.model.definition import Definition
from engine.model.instance import Instance
from procedures.model.procedure import Procedure
from procedures.model.unit import UnitKind
from procedures.model.version import Stage, Version
from procedures.queries.people import Person, valid_units


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case to be opened, by the code of its procedure. A variable `phuong_xa` names the ward of the case."""

    procedure: str
    title: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    received_at: datetime | None = None


def definition_in_force(session: Session, code: str) -> Definition:
    """Return what is deployed of a procedure now.

    Raises `NotFound`, or `Conflict` when none of its versions is in force.
    """
    query = (
        select(Definition)
        .join(Version, Version.definition_id == Definition.id)
        .join(Procedure, Procedure.id == Version.procedure_id)
        .where(Procedure.code == code, Version.stage == Stage.IN_FORCE)
    )
    found = session.scalars(query).one_or_none()
    if found is not None:
        return found
    if session.scalar(select(Procedure.id).where(Procedure.code == code)) is None:
        raise NotFound(procedure=code)
    raise Conflict(procedure=code, reason="not-in-force")


def may_start(definition: Definition, person: Person) -> bool:
    """Whether the person may start cases: he is of the owning unit, or performs one of the steps."""
    groups = {performer["group"].replace(ANY_WARD, "*") for performer in definition.performers.values()}
    return definition.unit_code in person.unit_codes or bool(groups & person.actor.groups)


def asks_ward(definition: Definition) -> bool:
    """Whether a step is done by the ward of the case, so that the case should name it."""
    return any(ANY_WARD in performer["group"] for performer in definition.performers.values())


def open_case(session: Session, new: NewCase, *, by: Person, at: datetime) -> Instance:
    """Start a case of a procedure in force.

    Raises `NotFound`, `Conflict` (not in force), `NotAllowed` for who has no part in the procedure, and what `start`
    raises.
    """
    definition = definition_in_force(session, new.procedure)
    if not may_start(definition, by):
        raise NotAllowed(procedure=new.procedure)
    _known_ward(session, new.variables.get(LOCALITY), at)
    opening = Opening(definition, new.title, new.variables, new.received_at)
    return start(session, opening, by=by.actor, at=at)


def _known_ward(session: Session, ward: object, at: datetime) -> None:
    """Refuse a ward that is none of the town's: nobody could do its steps."""
    wards = [unit.code for unit in valid_units(session, at=at) if unit.kind == UnitKind.WARD]
    if ward is not None and ward not in wards:
        raise Invalid(field=LOCALITY, value=str(ward), known=wards)
