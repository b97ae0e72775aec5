"""The try-outs of a version that were kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures.model.officer import Officer
from procedures.model.trial import Trial
from procedures.model.version import Version


@dataclass(frozen=True, slots=True)
class Kept:
    """A try-out with who kept it; `stale` when the content has changed since."""

    trial: Trial
    who: str
    stale: bool


def trials(session: Session, version: Version) -> Sequence[Kept]:
    """Return the try-outs of a version that the caller has been found allowed to see, the newest first."""
    found = session.execute(
        select(Trial, Officer.name)
        .join(Officer, Officer.id == Trial.officer_id)
        .where(Trial.version_id == version.id)
        .order_by(Trial.id.desc())
    )
    return [Kept(trial, name, trial.sha256 != version.sha256) for trial, name in found]
