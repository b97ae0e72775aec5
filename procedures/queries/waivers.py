"""Waivers of a version: what leaders let pass in exactly its content."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures.model.version import Version
from procedures.model.waiver import Waiver


def waivers(session: Session, version: Version) -> Sequence[Waiver]:
    """Return the waivers that hold for the content of a version, the oldest first."""
    query = select(Waiver).where(Waiver.version_id == version.id, Waiver.sha256 == version.sha256).order_by(Waiver.id)
    return session.scalars(query).all()
