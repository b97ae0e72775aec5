"""Files that an officer brought and has not saved yet."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures.commands.bring_file import KEPT
from procedures.model.import_file import ImportFile
from procedures.queries.people import Person


def brought_files(session: Session, viewer: Person, *, at: datetime) -> Sequence[ImportFile]:
    """Return the officer's own files that are still kept, the last one first; without their bytes."""
    return session.scalars(
        select(ImportFile)
        .where(ImportFile.officer_id == viewer.officer.id, ImportFile.received_at >= at - KEPT)
        .order_by(ImportFile.id.desc())
    ).all()
