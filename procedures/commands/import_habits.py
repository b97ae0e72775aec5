"""What a unit means by the headers of its tables: learned when a draft is saved, used for its next file, forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bpmn.convert import TableMapping
from bpmn.fiveclear import TimeUnit
from bpmn.reading.headers import header_key
from engine.errors import NotAllowed
from procedures.access import drafts_for
from procedures.model.import_habit import ImportHabit
from procedures.model.unit import Unit
from procedures.queries.people import Person

LONGEST = 200  # letters of a header that is remembered


@dataclass(frozen=True, slots=True)
class Habits:
    """Of one unit: fields by folded header ("" for none), and the units of bare times by the header of the times."""

    fields: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, TimeUnit] = field(default_factory=dict)


def habits_of(session: Session, unit: str) -> Habits:
    """Return what a unit's headers mean to it."""
    rows = session.scalars(select(ImportHabit).join(Unit).where(Unit.code == unit)).all()
    units = {row.header: TimeUnit(row.time_unit) for row in rows if row.time_unit}
    return Habits({row.header: row.field for row in rows}, units)


def learn(
    session: Session, unit: str, guess: TableMapping | None, said: TableMapping, *, by: Person, at: datetime
) -> None:
    """Remember each column that a person read otherwise than the reader did, and forget where he agrees.

    `guess` is the reader's mapping, None where it recognised no steps: then all that he said is remembered.
    Raises `NotAllowed` outside one's unit.
    """
    owner = _own(session, unit, by)
    own = {header_key(column.header): column.field or "" for column in guess.columns} if guess else {}
    for column in said.columns:
        header = header_key(column.header)
        if not header or len(header) > LONGEST:
            continue
        name = column.field or ""
        time_unit = said.unit if name == "duration" and said.unit not in (None, guess.unit if guess else None) else None
        session.execute(delete(ImportHabit).where(ImportHabit.unit_id == owner.id, ImportHabit.header == header))
        if name != own.get(header, "") or time_unit is not None:
            session.add(
                ImportHabit(
                    unit_id=owner.id,
                    header=header,
                    field=name,
                    time_unit=time_unit.value if time_unit else None,
                    officer_id=by.officer.id,
                    at=at,
                )
            )
            session.flush()  # a second column of the same header replaces the first


def forget(session: Session, unit: str, *, by: Person) -> None:
    """Forget all that a unit said about headers. Raises `NotAllowed` outside one's unit."""
    session.execute(delete(ImportHabit).where(ImportHabit.unit_id == _own(session, unit, by).id))


def _own(session: Session, unit: str, by: Person) -> Unit:
    owner = session.scalars(select(Unit).where(Unit.code == unit)).one_or_none()
    if owner is None or not drafts_for(by, unit):
        raise NotAllowed(unit=unit)
    return owner
