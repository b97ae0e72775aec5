"""The form that opens a case: what it asks, and what date it promises."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine.calendar import calendar_of
from engine.deadlines import Due, limit_due
from engine.model.definition import Definition
from procedures.commands.open_case import asks_ward, definition_in_force, may_start
from procedures.model.unit import Unit, UnitKind
from procedures.queries.people import Person, valid_units


@dataclass(frozen=True, slots=True)
class OpeningPage:
    """`wards` is empty where the procedure asks for none."""

    definition: Definition
    due: Due
    wards: Sequence[Unit]
    may: bool


def opening_page(session: Session, code: str, *, by: Person, received_at: datetime, at: datetime) -> OpeningPage:
    """Return the form of a procedure in force. Raises `NotFound`, or `Conflict` when none of its versions is."""
    definition = definition_in_force(session, code)
    wards = [unit for unit in valid_units(session, at=at) if unit.kind == UnitKind.WARD]
    return OpeningPage(
        definition=definition,
        due=limit_due(definition.limit, received_at=received_at, calendar=calendar_of(session, definition.unit_code)),
        wards=wards if asks_ward(definition) else (),
        may=may_start(definition, by),
    )
