"""Install the approval path: a procedure in force by the plan itself, without an approval of its own."""

from datetime import datetime

from sqlalchemy.orm import Session

from bpmn.document import Document, read_document
from engine.commands.deploy import Deployment, deploy
from engine.errors import Conflict
from procedures.approval import PATH
from procedures.commands.create_procedure import NewProcedure, create_procedure
from procedures.commands.note_terms import note_terms
from procedures.errors import Unclear
from procedures.evidence import Gate, examine
from procedures.history import record
from procedures.model.setting import Setting
from procedures.model.version import Stage, Version
from procedures.performers import deployable
from procedures.queries.people import Person, organisation


def install_path(session: Session, source: bytes, *, by: Person, at: datetime) -> Version:
    """Put a shipped approval path in force. Raises `Conflict` when one is installed, `Unclear` for a faulty file."""
    if session.get(Setting, PATH) is not None:
        raise Conflict(reason="path-installed")
    document = _read(source)
    head = next(iter(document.processes.values())).head
    if head is None or head.code is None:
        raise Unclear(())
    units = organisation(session, at=at)
    evidence = examine(source, Gate(units, at))
    if not evidence.report.ok:
        raise Unclear(evidence.report.findings)
    new = NewProcedure(head.code, head.title, head.unit_code or "", head.kind or "internal")
    procedure = create_procedure(session, new, by=by, at=at)
    performers = deployable(source, units, procedure.unit.code)
    definition = deploy(
        session, Deployment(procedure.code, 1, procedure.title, procedure.unit.code, source, performers), at=at
    )
    version = Version(
        procedure_id=procedure.id,
        number=1,
        stage=Stage.IN_FORCE,
        source=source.decode(),
        sha256=evidence.sha256,
        revision=1,
        evidence=dict(evidence.as_json()),
        saved_at=at,
        definition_id=definition.id,
        in_force_at=at,
    )
    session.add_all([version, Setting(name=PATH, value=procedure.code)])
    session.flush()
    note_terms(session, version)
    facts = {"version": 1, "sha256": version.sha256, "by_plan": True}
    record(session, procedure.id, "version-installed", by=by.actor, at=at, facts=facts)
    return version


def _read(source: bytes) -> Document:
    reading = read_document(source)
    if reading.document is None:
        raise Unclear(reading.findings)
    return reading.document
