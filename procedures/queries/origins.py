"""Where the first content of a version came from."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures.model.draft_change import DraftChange
from procedures.model.version import Version


def origin_of(session: Session, version: Version) -> Mapping[str, object]:
    """Return what was kept of a version's origin: `kind` is copy, version or package; empty where it has none."""
    first = session.scalars(
        select(DraftChange).where(DraftChange.version_id == version.id).order_by(DraftChange.revision).limit(1)
    ).one_or_none()
    found = first.facts.get("origin") if first else None
    return found if isinstance(found, dict) else {}
