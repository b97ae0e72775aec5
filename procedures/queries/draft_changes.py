"""The saves of a draft: what it was at earlier revisions, and what an officer can take back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from bpmn.convert import bpmn_to_table
from bpmn.document import Document
from bpmn.fiveclear import FiveClear
from engine.errors import NotFound
from procedures.model.draft_change import DraftChange
from procedures.model.officer import Officer
from procedures.model.version import Version
from procedures.uploads import opened

SHORT = timedelta(minutes=15)
"""Whoever saved within it is taken to be at the draft still."""
STEPS = 200  # changes of an officer that are looked through for one to take back


@dataclass(frozen=True, slots=True)
class Seen:
    """A draft as a revision left it, read once for all that a request asks of it."""

    revision: int
    source: bytes
    document: Document
    table: FiveClear


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works at the same draft, and when he saved it last."""

    name: str
    at: datetime


def seen(session: Session, version: Version, revision: int | None = None) -> Seen:
    """Return a draft as a revision left it, as it is now where none is named. Raises `NotFound`, `Unclear`."""
    now = revision in (None, version.revision)
    source = version.source.encode() if now or revision is None else source_at(session, version, revision)
    document = opened(source)
    return Seen(version.revision if revision is None else revision, source, document, bpmn_to_table(document))


def source_at(session: Session, version: Version, revision: int) -> bytes:
    """Return the source of a draft as a revision left it. Raises `NotFound` for a revision that was never saved."""
    found = session.scalars(
        select(DraftChange)
        .where(DraftChange.version_id == version.id, DraftChange.revision == revision)
        .options(undefer(DraftChange.packed))
    ).one_or_none()
    if found is None:
        raise NotFound(version=version.id, revision=revision)
    return found.source


def sent_before(session: Session, version: Version, key: str | None) -> DraftChange | None:
    """Return the change that a page sent under a key, if it was saved already."""
    query = select(DraftChange).where(DraftChange.version_id == version.id, DraftChange.key == key)
    return None if key is None else session.scalars(query).one_or_none()


def colleagues(session: Session, version: Version, officer: int, *, at: datetime) -> Sequence[Colleague]:
    """Return who but an officer saved a draft a short while ago, the last first, each with his last save."""
    last = func.max(DraftChange.at)
    found = session.execute(
        select(Officer.name, last)
        .join(Officer, Officer.id == DraftChange.officer_id)
        .where(DraftChange.version_id == version.id, DraftChange.officer_id != officer, DraftChange.at > at - SHORT)
        .group_by(Officer.id, Officer.name)
        .order_by(last.desc(), Officer.name)
    )
    return [Colleague(name, when) for name, when in found]


def own_changes(session: Session, version: Version, officer: int) -> Sequence[DraftChange]:
    """Return what an officer did to a draft, the last first."""
    return session.scalars(
        select(DraftChange)
        .where(DraftChange.version_id == version.id, DraftChange.officer_id == officer)
        .order_by(DraftChange.revision.desc())
        .limit(STEPS)
    ).all()


def to_undo(changes: Sequence[DraftChange]) -> DraftChange | None:
    """The last of an officer's changes that is not taken back. The first save of a draft stays."""
    undone: set[int | None] = set()
    redone: set[int | None] = set()
    for change in changes:
        if change.kind == "redo":
            redone.add(change.undoes)
        elif change.kind == "undo":
            undone |= set() if change.revision in redone else {change.undoes}
        elif change.revision not in undone:
            return change if change.revision > 1 else None
    return None


def origin(changes: Sequence[DraftChange], change: DraftChange) -> DraftChange:
    """The change that an undo or a redo, or one of these, takes back or makes again in the end; any other itself."""
    known = {each.revision: each for each in changes}
    while change.undoes in known:
        change = known[change.undoes]
    return change


def to_redo(changes: Sequence[DraftChange]) -> DraftChange | None:
    """The last undo of an officer that is not taken back, as long as he changed nothing else since."""
    redone: set[int | None] = set()
    for change in changes:
        if change.kind == "redo":
            redone.add(change.undoes)
        elif change.kind != "undo":
            return None
        elif change.revision not in redone:
            return change
    return None
