"""Appraise a submitted version: accept it, or return it with a reason."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine.commands.complete_task import Completion, complete_task, outcomes
from engine.definitions import ready
from engine.errors import Invalid
from procedures.access import visible_version
from procedures.approval import APPRAISE, open_step
from procedures.history import hold_procedure, record
from procedures.model.appraisal import Appraisal, Verdict
from procedures.model.version import Stage, Version
from procedures.queries.people import Person


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its reason; a return needs one."""

    verdict: Verdict
    reason: str = ""


def appraise(session: Session, code: str, number: int, judgement: Judgement, *, by: Person, at: datetime) -> Version:
    """Give a verdict on a version by completing the approval path's open step.

    A returned version is a draft again. Raises `OwnWork` for who edited it, `NoOpenStep`, `NotAllowed`, or `Invalid`
    for a return without reason.
    """
    version = visible_version(session, code, number, by)
    hold_procedure(session, version.procedure_id)
    session.refresh(version)
    task = open_step(session, version, APPRAISE, by)
    reason = judgement.reason.strip()
    if judgement.verdict is Verdict.RETURN and not reason:
        raise Invalid(field="reason")
    known = outcomes(ready(task.instance.definition), task.element)
    outcome = known[0] if judgement.verdict is Verdict.ACCEPT or len(known) == 1 else known[1]
    complete_task(session, task.id, Completion(outcome=outcome, note=reason or None), by=by.actor, at=at)
    session.add(
        Appraisal(
            version_id=version.id,
            officer_id=by.officer.id,
            verdict=judgement.verdict,
            reason=reason,
            sha256=version.sha256,
            given_at=at,
        )
    )
    version.stage = Stage.APPRAISED if judgement.verdict is Verdict.ACCEPT else Stage.DRAFT
    session.flush()
    record(
        session,
        version.procedure_id,
        f"version-{'appraised' if judgement.verdict is Verdict.ACCEPT else 'returned'}",
        by=by.actor,
        at=at,
        facts={"version": number, "sha256": version.sha256},
        private={"reason": reason},
    )
    return version
