"""The catalogue: procedures and their versions, as lists and pages need them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, defer, joinedload

from bpmn.folding import search_key
from engine.errors import NotFound
from engine.queries.cases import HistoryRow, history
from procedures.access import sees_version, visible_procedure, visible_version
from procedures.approval import waits_for
from procedures.history import procedure_stream
from procedures.model.appraisal import Appraisal
from procedures.model.officer import Officer
from procedures.model.procedure import Procedure
from procedures.model.unit import Unit
from procedures.model.version import Stage, Version
from procedures.model.version_editor import VersionEditor
from procedures.queries.people import Person
from procedures.queries.versions import versions_of

PAGE = 25  # procedures a page


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to list. `text` is found in code, title and field of work, without marks."""

    unit: str = ""
    stage: str = ""
    text: str = ""
    page: int = 1
    kind: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One page of versions with procedure and unit: of each procedure the newest that the viewer may see and wants.

    Their sources are not read.
    """

    versions: Sequence[Version]
    page: int
    pages: int
    count: int


@dataclass(frozen=True, slots=True)
class VersionPage:
    """A version with all that its page shows."""

    version: Version
    versions: Sequence[Version]
    appraisals: Sequence[tuple[Appraisal, str]]
    history: Sequence[HistoryRow]
    editors: frozenset[int]
    awaits: str | None
    may_edit: bool

    @property
    def others(self) -> bool:
        """Whether there is another version to compare with."""
        return len(self.versions) > 1

    @property
    def in_force(self) -> bool:
        """Whether another version is in force."""
        return any(each.stage == Stage.IN_FORCE for each in self.versions if each.number != self.version.number)


def catalogue(session: Session, viewer: Person, wanted: Wanted) -> Catalogue:
    """Return one page of the catalogue, by code."""
    numbers = _newest(viewer, wanted)
    count = session.scalar(select(func.count()).select_from(numbers.subquery())) or 0
    pages = max(1, -(-count // PAGE))
    page = min(max(1, wanted.page), pages)
    query = (
        select(Version)
        .join(Version.procedure)
        .where(Version.id.in_(numbers))
        .options(joinedload(Version.procedure).joinedload(Procedure.unit), joinedload(Version.decision))
        .options(defer(Version.source, raiseload=True))
        .order_by(Procedure.code, Version.number.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return Catalogue(session.scalars(query).all(), page, pages, count)


def fields_of_work(session: Session, viewer: Person) -> Sequence[str]:
    """Return the fields of work of the procedures of which the viewer may see a version, by name."""
    query = (
        select(Procedure.field_of_work)
        .join(Version, Version.procedure_id == Procedure.id)
        .where(sees_version(viewer), Procedure.field_of_work != "")
        .distinct()
        .order_by(Procedure.field_of_work)
    )
    return session.scalars(query).all()


def _newest(viewer: Person, wanted: Wanted) -> Select[int]:
    query = (
        select(func.max(Version.id))
        .join(Version.procedure)
        .join(Procedure.unit)
        .where(sees_version(viewer), _meant_for(viewer))
        .group_by(Version.procedure_id)
    )
    if wanted.stage:
        query = query.where(Version.stage == wanted.stage)
    if wanted.unit:
        query = query.where(Unit.code == wanted.unit)
    if wanted.kind:
        query = query.where(Procedure.kind == wanted.kind)
    if wanted.field:
        query = query.where(Procedure.field_of_work == wanted.field)
    for word in search_key(wanted.text).split():
        query = query.where(Procedure.search_key.contains(word, autoescape=True))
    return query


def _meant_for(viewer: Person) -> ColumnElement[bool]:
    """Examples are listed for the unit that learns with them, as long as it does."""
    return or_(Procedure.example.is_(False), and_(Unit.code.in_(viewer.unit_codes), Version.stage != Stage.WITHDRAWN))


def version_page(session: Session, code: str, number: int | None, viewer: Person) -> VersionPage:
    """Return a version's page; without a number the one in force, else the newest that the viewer may see."""
    number = number or _shown(session, code, viewer)
    version = visible_version(session, code, number, viewer)
    return VersionPage(
        version=version,
        versions=versions_of(session, version.procedure, viewer),
        appraisals=_appraisals(session, version),
        history=history(session, procedure_stream(version.procedure_id)) if _inside(version, viewer) else (),
        editors=_editors(session, version),
        awaits=waits_for(session, version, viewer),
        may_edit=version.stage == Stage.DRAFT and version.procedure.unit.code in viewer.unit_codes,
    )


def draft(session: Session, code: str, viewer: Person) -> Version:
    """Return the draft of a procedure, with procedure and unit. Raises `NotFound` when there is none to see."""
    procedure = visible_procedure(session, code, viewer)
    version = session.scalars(
        select(Version)
        .join(Version.procedure)
        .where(Version.procedure_id == procedure.id, Version.stage == Stage.DRAFT, sees_version(viewer))
        .options(joinedload(Version.procedure).joinedload(Procedure.unit))
    ).one_or_none()
    if version is None:
        raise NotFound(procedure=code, stage=Stage.DRAFT)
    return version


def awaiting(session: Session, viewer: Person, act: str) -> Sequence[Version]:
    """Return the versions whose approval awaits an act of the viewer, the oldest first."""
    stage = Stage.SUBMITTED if act == "appraise" else Stage.APPRAISED
    query = (
        select(Version)
        .join(Version.procedure)
        .where(Version.stage == stage, sees_version(viewer))
        .options(joinedload(Version.procedure).joinedload(Procedure.unit))
        .order_by(Version.submitted_at, Version.id)
    )
    return [version for version in session.scalars(query) if waits_for(session, version, viewer) == act]


def _shown(session: Session, code: str, viewer: Person) -> int:
    found = session.execute(
        select(Version.number)
        .join(Version.procedure)
        .where(Procedure.code == code, sees_version(viewer))
        .order_by((Version.stage == Stage.IN_FORCE).desc(), Version.number.desc())
        .limit(1)
    ).first()
    if found is None:
        raise NotFound(procedure=code)
    return int(found.number)


def _inside(version: Version, viewer: Person) -> bool:
    """Whether the viewer may read how a version came about: its unit, leadership, auditors, who approves it."""
    return viewer.actor.oversees or version.procedure.unit.code in viewer.unit_codes or version.stage == Stage.SUBMITTED


def _appraisals(session: Session, version: Version) -> Sequence[tuple[Appraisal, str]]:
    query = (
        select(Appraisal, Officer.name)
        .join(Officer, Officer.id == Appraisal.officer_id)
        .where(Appraisal.version_id == version.id)
        .order_by(Appraisal.id)
    )
    return [(appraisal, name) for appraisal, name in session.execute(query)]


def _editors(session: Session, version: Version) -> frozenset[int]:
    return frozenset(session.scalars(select(VersionEditor.officer_id).where(VersionEditor.version_id == version.id)))
