"""Submit a draft for approval: from now on its content is frozen."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bpmn.findings import Finding, Severity
from engine.commands.start import Opening, start
from engine.definitions import try_out
from engine.errors import Conflict, NotAllowed
from procedures.access import drafts_for, visible_procedure
from procedures.approval import Subject, approval_path
from procedures.errors import NotADraft, Stale, Unclear
from procedures.evidence import Evidence
from procedures.history import hold_procedure, record
from procedures.model.plan import Plan
from procedures.model.procedure import Procedure
from procedures.model.version import Stage, Version
from procedures.model.waiver import Waiver
from procedures.performers import deployable
from procedures.queries.people import Person, local_day, organisation
from procedures.queries.plans import after_drafting
from procedures.queries.waivers import waivers


def draft_of(session: Session, procedure: Procedure) -> Version:
    """Return the draft of a procedure. Raises `NotADraft` when its last version is none."""
    version = session.scalars(
        select(Version)
        .where(Version.procedure_id == procedure.id)
        .order_by(Version.number.desc())
        .limit(1)
        .options(joinedload(Version.procedure).joinedload(Procedure.unit))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if version is None or version.stage != Stage.DRAFT:
        raise NotADraft(procedure=procedure.code, stage=version.stage if version else None)
    return version


def submit(session: Session, code: str, evidence: Evidence, *, by: Person, at: datetime) -> Version:
    """Submit the draft that `evidence` was made of, and start its approval.

    Errors that a leader waived in this content pass, and stand in the evidence with leader and reason.

    Raises `Unclear` with the gate's errors, `Stale` when the draft has changed since the gate looked, `NotADraft`,
    `NotAllowed`, `Conflict` for an example; `NotDeployable` when the engine cannot run the model although the gate
    passed it, `PerformerUnknown` for a step that no position of the town answers for.
    """
    procedure = visible_procedure(session, code, by)
    if not drafts_for(by, procedure.unit.code):
        raise NotAllowed(procedure=code)
    if procedure.example:
        raise Conflict(procedure=code, reason="example")
    hold_procedure(session, procedure.id)
    version = draft_of(session, procedure)
    if evidence.sha256 != version.sha256:
        raise Stale(revision=version.revision)
    waived = waivers(session, version)
    if open_errors(evidence, waived):
        raise Unclear(evidence.report.findings)
    try_out(version.source.encode())
    deployable(version.source.encode(), organisation(session, at=at), procedure.unit.code)
    plan = session.scalars(select(Plan).where(Plan.year == local_day(at).year)).one_or_none()
    version.evidence = {**evidence.as_json(), "waivers": [waiver_as_json(waiver) for waiver in waived]}
    version.stage, version.submitted_at, version.submitted_by = Stage.SUBMITTED, at, by.officer.id
    version.late = after_drafting(plan, local_day(at))
    session.flush()
    opening = Opening(approval_path(session), f"{procedure.code} – {procedure.title}", subject=str(Subject(version.id)))
    version.instance_id = start(session, opening, by=by.actor, at=at).id
    session.flush()
    facts = {"version": version.number, "sha256": version.sha256, "late": version.late}
    record(session, procedure.id, "version-submitted", by=by.actor, at=at, facts=facts)
    return version


def open_errors(evidence: Evidence, waived: Sequence[Waiver]) -> list[Finding]:
    """Return the errors that nobody waived, and those that nobody may waive."""
    passed = {(waiver.code, waiver.element) for waiver in waived}
    return [
        finding
        for finding in evidence.report.findings
        if finding.severity is Severity.ERROR
        and not ((finding.code, finding.element or "") in passed and evidence.profile.may_be_waived(finding))
    ]


def waiver_as_json(waiver: Waiver) -> Mapping[str, object]:
    """Return a waiver as evidence keeps it."""
    return {
        "code": waiver.code,
        "element": waiver.element,
        "officer_id": waiver.officer_id,
        "reason": waiver.reason,
        "given_at": waiver.given_at.isoformat(),
    }
