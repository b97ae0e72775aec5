"""The versions of one procedure."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from procedures.access import sees_version
from procedures.model.procedure import Procedure
from procedures.model.version import Version
from procedures.queries.people import Person


def versions_of(session: Session, procedure: Procedure, viewer: Person) -> Sequence[Version]:
    """Return the versions that the viewer may see, with their decisions, the newest first."""
    query = (
        select(Version)
        .join(Version.procedure)
        .where(Version.procedure_id == procedure.id, sees_version(viewer))
        .options(joinedload(Version.decision))
        .order_by(Version.number.desc())
    )
    return session.scalars(query).all()
