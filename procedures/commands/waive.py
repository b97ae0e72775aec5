"""Waive one error of the gate: a leader who did not edit the draft lets it pass, with a reason."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bpmn.findings import Finding
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from procedures.access import visible_procedure
from procedures.commands.submit import draft_of
from procedures.errors import NotWaivable, OwnWork
from procedures.evidence import findings_of, judged_by
from procedures.history import hold_procedure, record
from procedures.model.version import Version
from procedures.model.version_editor import VersionEditor
from procedures.model.waiver import Waiver
from procedures.queries.people import Person


@dataclass(frozen=True, slots=True)
class NewWaiver:
    """Which finding is waived, by its code and element (empty where it has none), and why."""

    code: str
    element: str
    reason: str


def waive(session: Session, procedure_code: str, new: NewWaiver, *, by: Person, at: datetime) -> Waiver:
    """Let an error of the draft as it is now pass. It holds for exactly this content.

    Raises `NotAllowed` for whoever does not lead the town, `OwnWork` for who edited the draft, `Invalid` without a
    reason, `NotFound` where the draft has no such error, `NotWaivable` where the profile lets nobody waive it,
    `Conflict` where it is waived already.
    """
    procedure = visible_procedure(session, procedure_code, by)
    if not by.leader:
        raise NotAllowed(procedure=procedure_code)
    hold_procedure(session, procedure.id)
    version = draft_of(session, procedure)
    if session.get(VersionEditor, (version.id, by.officer.id)) is not None:
        raise OwnWork(procedure=procedure_code, version=version.number)
    reason = new.reason.strip()
    if not reason:
        raise Invalid(field="reason")
    finding = _error(version, new)
    if not judged_by(version.evidence).may_be_waived(finding):
        raise NotWaivable(finding=finding.code)
    waiver = Waiver(
        version_id=version.id,
        sha256=version.sha256,
        code=finding.code,
        element=finding.element or "",
        officer_id=by.officer.id,
        reason=reason,
        given_at=at,
    )
    _refuse_twice(session, waiver)
    session.add(waiver)
    session.flush()
    facts = {"version": version.number, "sha256": version.sha256, "finding": waiver.code, "place": waiver.element}
    record(session, version.procedure_id, "draft-waived", by=by.actor, at=at, facts=facts, private={"reason": reason})
    return waiver


def _error(version: Version, new: NewWaiver) -> Finding:
    for finding in findings_of(version.evidence):
        if (finding.code, finding.element or "") == (new.code, new.element):
            return finding
    raise NotFound(finding=new.code, element=new.element)


def _refuse_twice(session: Session, waiver: Waiver) -> None:
    same = select(Waiver.id).where(
        Waiver.version_id == waiver.version_id,
        Waiver.sha256 == waiver.sha256,
        Waiver.code == waiver.code,
        Waiver.element == waiver.element,
    )
    if session.scalar(same) is not None:
        raise Conflict(finding=waiver.code, element=waiver.element)
