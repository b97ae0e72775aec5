"""Recognise versions by a decision of the town's leadership: they come in force."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine.commands.complete_task import Completion, complete_task
from engine.commands.deploy import Deployment, deploy
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from procedures.access import visible_version
from procedures.approval import RECOGNISE, open_step
from procedures.errors import NumberTaken, OutsideWindow
from procedures.history import hold_procedure, record
from procedures.model.appraisal import Appraisal, Verdict
from procedures.model.decision import Decision
from procedures.model.version import Stage, Version
from procedures.performers import deployable
from procedures.queries.people import Person, local_day, organisation
from procedures.queries.plans import in_recognition, plan_by_code


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision to be reserved: its number (`05` or `05/QĐ-UBND`), day, plan, and why it comes before the window."""

    plan: str
    number: str
    signed_on: date
    early_reason: str | None = None


def reserve_decision(session: Session, new: NewDecision, *, by: Person, at: datetime) -> Decision:
    """Reserve a decision's number; the signer is the caller, a leader.

    Raises `NotAllowed`, `Invalid`, `NumberTaken`, or `OutsideWindow` for a decision before the plan's window without a
    reason.
    """
    if not by.leader:
        raise NotAllowed(action="recognise")
    number = new.number.strip()
    if not re.fullmatch(r"\d{1,5}(/[\w-]{1,20})?", number):
        raise Invalid(field="number", value=number)
    if new.signed_on > local_day(at):
        raise Invalid(field="signed_on")
    plan = plan_by_code(session, new.plan)
    early = (new.early_reason or "").strip()
    if new.signed_on < plan.recognition_from and not early:
        raise OutsideWindow(opens_on=plan.recognition_from.isoformat(), closes_on=plan.recognition_until.isoformat())
    taken = exists().where(Decision.year == new.signed_on.year, Decision.number == number)
    if session.scalar(select(taken)):
        raise NumberTaken(number=number, year=new.signed_on.year)
    decision = Decision(
        plan_id=plan.id,
        number=number,
        year=new.signed_on.year,
        signed_on=new.signed_on,
        signer_id=by.officer.id,
        early_reason=None if in_recognition(plan, new.signed_on) else early or None,
        recorded_at=at,
    )
    session.add(decision)
    try:
        session.flush()
    except IntegrityError as error:  # somebody took the number after we looked
        raise NumberTaken(number=number, year=new.signed_on.year) from error
    return decision


def recognise_version(
    session: Session, decision_id: int, code: str, number: int, *, by: Person, at: datetime
) -> Version:
    """Put one appraised version in force under a reserved decision: deploy it, supersede the one before.

    Raises `OwnWork` for who edited it, `NoOpenStep`, `NotAllowed`, `Conflict` when what was appraised is not what
    would be recognised, `PerformerUnknown` or `NotDeployable`.
    """
    version = visible_version(session, code, number, by)
    hold_procedure(session, version.procedure_id)
    session.refresh(version)
    task = open_step(session, version, RECOGNISE, by)
    decision = session.get(Decision, decision_id)
    if decision is None or decision.signer_id != by.officer.id:
        raise NotFound(decision=decision_id)
    _same_as_appraised(session, version)
    complete_task(session, task.id, Completion(), by=by.actor, at=at)
    version.definition_id = deploy(session, _deployment(session, version, at), at=at).id
    _supersede(session, version, at)
    version.stage, version.in_force_at, version.decision_id = Stage.IN_FORCE, at, decision.id
    session.flush()
    facts = {"version": number, "sha256": version.sha256, "decision": decision.number}
    record(session, version.procedure_id, "version-recognised", by=by.actor, at=at, facts=facts)
    return version


def decline(
    session: Session, code: str, number: int, outcome: str, reason: str, *, by: Person, at: datetime
) -> Version:
    """Send an appraised version back to appraisal, with a reason, by the outcome that the approval path offers."""
    version = visible_version(session, code, number, by)
    hold_procedure(session, version.procedure_id)
    session.refresh(version)
    task = open_step(session, version, RECOGNISE, by)
    if not reason.strip():
        raise Invalid(field="reason")
    complete_task(session, task.id, Completion(outcome=outcome, note=reason.strip()), by=by.actor, at=at)
    version.stage = Stage.SUBMITTED
    session.flush()
    facts = {"version": number, "sha256": version.sha256}
    private = {"reason": reason.strip()}
    record(session, version.procedure_id, "version-declined", by=by.actor, at=at, facts=facts, private=private)
    return version


def drop_empty_decision(session: Session, decision_id: int) -> None:
    """Give a reserved number back when no version was recognised under it."""
    used = exists().where(Version.decision_id == decision_id)
    if not session.scalar(select(used)):
        session.execute(delete(Decision).where(Decision.id == decision_id))


def _same_as_appraised(session: Session, version: Version) -> None:
    appraised = session.scalars(
        select(Appraisal).where(Appraisal.version_id == version.id).order_by(Appraisal.id.desc()).limit(1)
    ).one_or_none()
    if appraised is None or appraised.verdict != Verdict.ACCEPT or appraised.sha256 != version.sha256:
        raise Conflict(version=version.number, reason="not-as-appraised")


def _deployment(session: Session, version: Version, at: datetime) -> Deployment:
    source, owner = version.source.encode(), version.procedure.unit.code
    performers = deployable(source, organisation(session, at=at), owner)
    procedure = version.procedure
    return Deployment(procedure.code, version.number, procedure.title, owner, source, performers)


def _supersede(session: Session, version: Version, at: datetime) -> None:
    before = session.scalars(
        select(Version).where(Version.procedure_id == version.procedure_id, Version.stage == Stage.IN_FORCE)
    )
    for other in before:
        other.stage, other.ended_at = Stage.SUPERSEDED, at
