"""What an edit of a procedure starts from."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures.access import sees_version
from procedures.model.procedure import Procedure
from procedures.model.version import Stage, Version
from procedures.queries.people import Person


@dataclass(frozen=True, slots=True)
class Kept:
    """The source of the newest version that somebody may see; `revision` is None where that is no draft."""

    source: bytes
    revision: int | None


def kept_source(session: Session, code: str, viewer: Person) -> Kept | None:
    """Return the source from which the next draft of a procedure is written; None where there is no version."""
    version = session.scalars(
        select(Version)
        .join(Version.procedure)
        .where(Procedure.code == code, sees_version(viewer))
        .order_by(Version.number.desc())
        .limit(1)
    ).one_or_none()
    if version is None:
        return None
    return Kept(version.source.encode(), version.revision if version.stage == Stage.DRAFT else None)
