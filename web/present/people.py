"""Names of officers by their ids."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from procedures.queries.people import everybody


def names(session: Session, *, at: datetime) -> Mapping[int, str]:
    """The names of all active officers."""
    return {each.officer.id: each.officer.name for each in everybody(session, at=at)}
