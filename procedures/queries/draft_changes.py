"""The saves of a draft: its sources of earlier revisions, and what an officer can take back."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from procedures.model.draft_change import DraftChange
from procedures.model.version import Version

STEPS = 200  # changes of an officer that are looked through for one to take back


def source_at(session: Session, version: Version, revision: int) -> bytes:
    """The source of a draft as a revision left it. Raises `NotFound` for a revision that was never saved."""
    found = session.scalars(
        select(DraftChange).where(DraftChange.version_id == version.id, DraftChange.revision == revision)
    ).one_or_none()
    if found is None:
        raise NotFound(version=version.id, revision=revision)
    return found.source


def changes_since(session: Session, version: Version, revision: int) -> Sequence[DraftChange]:
    """The saves behind a revision, the oldest first."""
    query = select(DraftChange).where(DraftChange.version_id == version.id, DraftChange.revision > revision)
    return session.scalars(query.order_by(DraftChange.revision)).all()


def to_undo(session: Session, version: Version, officer: int) -> DraftChange | None:
    """The last change of an officer that is not taken back. The first save of a draft stays."""
    undone: set[int | None] = set()
    redone: set[int | None] = set()
    for change in _own(session, version, officer):
        if change.kind == "redo":
            redone.add(change.undoes)
        elif change.kind == "undo":
            undone |= set() if change.revision in redone else {change.undoes}
        elif change.revision not in undone:
            return change if change.revision > 1 else None
    return None


def to_redo(session: Session, version: Version, officer: int) -> DraftChange | None:
    """The last undo of an officer that is not taken back, as long as he changed nothing else since."""
    redone: set[int | None] = set()
    for change in _own(session, version, officer):
        if change.kind == "redo":
            redone.add(change.undoes)
        elif change.kind != "undo":
            return None
        elif change.revision not in redone:
            return change
    return None


def _own(session: Session, version: Version, officer: int) -> Sequence[DraftChange]:
    return session.scalars(
        select(DraftChange)
        .where(DraftChange.version_id == version.id, DraftChange.officer_id == officer)
        .order_by(DraftChange.revision.desc())
        .limit(STEPS)
    ).all()
