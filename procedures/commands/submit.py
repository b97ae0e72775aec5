"""Submit a draft for approval: from now on its content is frozen."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from engine.commands.start import Opening, start
from engine.definitions import try_out
from engine.errors import NotAllowed
from procedures.access import drafts_for, visible_procedure
from procedures.approval import Subject, approval_path
from procedures.errors import NotADraft, Stale, Unclear
from procedures.evidence import Evidence
from procedures.history import hold_procedure, record
from procedures.model.plan import Plan
from procedures.model.procedure import Procedure
from procedures.model.version import Stage, Version
from procedures.performers import deployable
from procedures.queries.people import Person, local_day, organisation
from procedures.queries.plans import after_drafting


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

    Raises `Unclear` with the gate's errors, `Stale` when the draft has changed since the gate looked, `NotADraft`,
    `NotAllowed`; `NotDeployable` when the engine cannot run the model although the gate passed it, `PerformerUnknown`
    for a step that no position of the town answers for.
    """
    procedure = visible_procedure(session, code, by)
    if not drafts_for(by, procedure.unit.code):
        raise NotAllowed(procedure=code)
    hold_procedure(session, procedure.id)
    version = draft_of(session, procedure)
    if evidence.sha256 != version.sha256:
        raise Stale(revision=version.revision)
    if not evidence.report.ok:
        raise Unclear(evidence.report.findings)
    try_out(version.source.encode())
    deployable(version.source.encode(), organisation(session, at=at), procedure.unit.code)
    plan = session.scalars(select(Plan).where(Plan.year == local_day(at).year)).one_or_none()
    version.evidence = dict(evidence.as_json())
    version.stage, version.submitted_at, version.submitted_by = Stage.SUBMITTED, at, by.officer.id
    version.late = after_drafting(plan, local_day(at))
    session.flush()
    opening = Opening(approval_path(session), f"{procedure.code} – {procedure.title}", subject=str(Subject(version.id)))
    version.instance_id = start(session, opening, by=by.actor, at=at).id
    session.flush()
    facts = {"version": version.number, "sha256": version.sha256, "late": version.late}
    record(session, procedure.id, "version-submitted", by=by.actor, at=at, facts=facts)
    return version
