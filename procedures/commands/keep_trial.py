"""Keep a try-out of a version as evidence."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.errors import Conflict
from procedures.access import visible_version
from procedures.history import hold_procedure, record
from procedures.model.trial import Trial, TrialKind
from procedures.queries.people import Person

MOST = 200  # trials of a version


def keep_trial(
    session: Session,
    code: str,
    number: int,
    *,
    kind: TrialKind,
    facts: Mapping[str, object],
    sha256: str,
    by: Person,
    at: datetime,
) -> Trial:
    """Bind a try-out to the content of that hash.

    Raises `Conflict` when the content has changed or there are too many, `NotFound` also when the caller may not see
    the version.
    """
    version = visible_version(session, code, number, by)
    hold_procedure(session, version.procedure_id)
    session.refresh(version)
    if version.sha256 != sha256:
        raise Conflict(reason="trial-stale", version=number)
    if (session.scalar(select(func.count()).where(Trial.version_id == version.id)) or 0) >= MOST:
        raise Conflict(reason="trials-many", limit=MOST)
    kept = Trial(version_id=version.id, officer_id=by.officer.id, at=at, sha256=sha256, kind=kind, facts=dict(facts))
    session.add(kept)
    session.flush()
    told = {"version": number, "sha256": sha256, "kind": kind.value}
    record(session, version.procedure_id, "version-tried", by=by.actor, at=at, facts=told)
    return kept
