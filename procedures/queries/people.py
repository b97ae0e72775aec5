"""People: who somebody is on a day, and who holds a position."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from bpmn.directory import DEPUTY
from bpmn.organisation import Organisation, OrgPosition, OrgUnit
from engine.actor import Actor
from engine.errors import NotFound
from engine.numbering import VIETNAM
from procedures.model.holding import Holding
from procedures.model.officer import Officer
from procedures.model.position import Position
from procedures.model.procedure import Procedure
from procedures.model.unit import Unit, UnitKind
from procedures.model.version import Stage, Version


@dataclass(frozen=True, slots=True)
class Person:
    """An officer with the positions he holds on a day, and what follows from them."""

    officer: Officer
    positions: Sequence[Position]

    @property
    def actor(self) -> Actor:
        leadership = any(position.unit.kind == UnitKind.LEADERSHIP for position in self.positions)
        return Actor(
            id=self.officer.id,
            name=self.officer.name,
            groups=frozenset(group for position in self.positions for group in groups_of(position)),
            heads=frozenset(position.unit.code for position in self.positions if position.head),
            oversees=leadership or self.officer.auditor,
            commands=leadership,
        )

    @property
    def unit_codes(self) -> frozenset[str]:
        return frozenset(position.unit.code for position in self.positions)

    @property
    def leader(self) -> bool:
        """Whether he belongs to the town's leadership."""
        return any(position.unit.kind == UnitKind.LEADERSHIP for position in self.positions)

    @property
    def title(self) -> str:
        """His first position as people say it: "Trưởng phòng, Phòng Quản lý đô thị"."""
        first = next(iter(self.positions), None)
        return f"{first.name}, {first.unit.name}" if first else ""


@dataclass(frozen=True, slots=True)
class Face:
    """An officer as a list shows him: with the first position that he holds, both empty where he holds none."""

    id: int
    login: str
    name: str
    position: str
    unit: str


def groups_of(position: Position) -> tuple[str, ...]:
    """Return the keys that a holder answers to: his position's, and for a ward also that of "any ward"."""
    if position.unit.kind != UnitKind.WARD:
        return (position.key,)
    return (position.key, "*/" + position.key.partition("/")[2])


def person(session: Session, officer_id: int, *, at: datetime) -> Person:
    """Return an active officer as he is at a moment. Raises `NotFound`."""
    officer = session.get(Officer, officer_id)
    if officer is None or not officer.active:
        raise NotFound(officer=officer_id)
    return Person(officer, _positions(session, officer_id, local_day(at)))


def person_by_login(session: Session, login: str, *, at: datetime) -> Person:
    """Return the active officer of a login name. Raises `NotFound`."""
    officer = session.scalars(select(Officer).where(Officer.login == login, Officer.active)).one_or_none()
    if officer is None:
        raise NotFound(officer=login)
    return Person(officer, _positions(session, officer.id, local_day(at)))


def name_of(session: Session, officer_id: int) -> str:
    """Return an officer's name, also of one who has left; empty for nobody's id."""
    officer = session.get(Officer, officer_id)
    return officer.name if officer else ""


def everybody(session: Session, *, at: datetime) -> Sequence[Person]:
    """Return all active officers with their positions, by name of unit and officer."""
    officers = session.scalars(select(Officer).where(Officer.active).order_by(Officer.id)).all()
    by_officer: dict[int, list[Position]] = {}
    for holding in _holdings(session, local_day(at)):
        by_officer.setdefault(holding.officer_id, []).append(holding.position)
    return [Person(officer, by_officer.get(officer.id, [])) for officer in officers]


def faces(session: Session, *, at: datetime) -> Sequence[Face]:
    """Return all active officers as a list shows them, in one statement, in the order in which they came."""
    held = (
        select(Holding.id, Holding.officer_id, Position.name, Unit.name.label("unit"))
        .join(Holding.position)
        .join(Position.unit)
        .where(*_on(local_day(at)))
        .subquery()
    )
    query = (
        select(Officer.id, Officer.login, Officer.name, func.coalesce(held.c.name, ""), func.coalesce(held.c.unit, ""))
        .outerjoin(held, held.c.officer_id == Officer.id)
        .where(Officer.active)
        .order_by(Officer.id, held.c.id)
    )
    found: dict[int, Face] = {}
    for row in session.execute(query):
        found.setdefault(row[0], Face(*row))
    return list(found.values())


def holders(session: Session, group: str, *, at: datetime) -> Sequence[Person]:
    """Return who answers to a group key today."""
    return [each for each in everybody(session, at=at) if group in each.actor.groups]


def organisation(session: Session, *, at: datetime) -> Organisation:
    """Return the town's units and positions as they are on a day, and which procedures are in force.

    A position is substituted when several hold it, or when it leads a unit whose deputy is there.
    """
    day = local_day(at)
    holders = Counter(holding.position_id for holding in _holdings(session, day))
    listed = session.scalars(select(Position).order_by(Position.id)).all()
    deputies = {each.unit_id for each in listed if each.name.startswith(DEPUTY) and holders[each.id]}
    positions: dict[int, list[OrgPosition]] = {}
    for position in listed:
        count = holders[position.id]
        substituted = count > 1 or (position.head and position.unit_id in deputies)
        org = OrgPosition(position.name, head=position.head, held=count > 0, substituted=substituted)
        positions.setdefault(position.unit_id, []).append(org)
    units = valid_units(session, at=at)
    codes = {unit.id: unit.code for unit in units}
    return Organisation(
        tuple(
            OrgUnit(
                code=unit.code,
                name=unit.name,
                kind=unit.kind,
                parent=codes.get(unit.parent_id) if unit.parent_id else None,
                positions=tuple(positions.get(unit.id, ())),
            )
            for unit in units
        ),
        frozenset(session.scalars(select(Procedure.code).join(Version).where(Version.stage == Stage.IN_FORCE))),
    )


def valid_units(session: Session, *, at: datetime) -> Sequence[Unit]:
    """Return the units that exist on a day, in their order."""
    day = local_day(at)
    valid = (Unit.valid_from <= day, or_(Unit.valid_until.is_(None), Unit.valid_until >= day))
    return session.scalars(select(Unit).where(*valid).order_by(Unit.id)).all()


def local_day(at: datetime) -> date:
    """Return the day that a moment falls on in Việt Nam."""
    return at.astimezone(VIETNAM).date()


def _positions(session: Session, officer_id: int, day: date) -> list[Position]:
    query = (
        select(Position)
        .join(Holding, Holding.position_id == Position.id)
        .where(Holding.officer_id == officer_id, *_on(day))
        .options(joinedload(Position.unit))
        .order_by(Holding.id)
    )
    return list(session.scalars(query))


def _holdings(session: Session, day: date) -> Sequence[Holding]:
    query = (
        select(Holding)
        .join(Holding.position)
        .join(Position.unit)
        .where(*_on(day))
        .options(contains_eager(Holding.position).contains_eager(Position.unit))
        .order_by(Holding.id)
    )
    return session.scalars(query).all()


def _on(day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Holding.from_on <= day, or_(Holding.until_on.is_(None), Holding.until_on >= day)
