"""Save the draft of a procedure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bpmn.folding import search_key
from bpmn.heading import field_of_work
from engine.errors import NotAllowed
from procedures.access import drafts_for, visible_procedure
from procedures.commands.note_terms import note_terms
from procedures.errors import MissingMatch, NotADraft, Stale, Unclear
from procedures.evidence import Evidence
from procedures.history import hold_procedure, record
from procedures.model.draft_change import DraftChange
from procedures.model.procedure import Procedure
from procedures.model.version import Stage, Version
from procedures.model.version_editor import VersionEditor
from procedures.queries.people import Person


@dataclass(frozen=True, slots=True)
class Change:
    """How a draft was changed: the fields of `DraftChange`."""

    kind: str = "saved"
    facts: Mapping[str, object] = field(default_factory=dict)
    undoes: int | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A source to be saved, with what the gate said of it.

    `revision` is the one that the writer has seen (If-Match).
    """

    source: bytes
    evidence: Evidence
    revision: int | None = None
    change: Change = Change()


def save_draft(session: Session, code: str, draft: Draft, *, by: Person, at: datetime) -> Version:
    """Save a draft; open the next version where the last one is no draft any more.

    Raises `Unclear` for an unusable file (nothing is stored), `NotAllowed` outside one's unit, `MissingMatch` and
    `Stale` for a draft that somebody saved in between, `NotADraft` while a version is on its way through approval.
    """
    procedure = visible_procedure(session, code, by)
    if not drafts_for(by, procedure.unit.code):
        raise NotAllowed(procedure=code)
    if draft.evidence.report.rejected:
        raise Unclear(draft.evidence.report.findings)
    held = hold_procedure(session, procedure.id)
    version = _current(session, procedure) or _next(session, procedure, at)
    if version.revision:
        if draft.revision is None:
            raise MissingMatch(revision=version.revision)
        if draft.revision != version.revision:
            raise Stale(revision=version.revision)
    version.source = draft.source.decode()
    version.sha256 = draft.evidence.sha256
    version.evidence = dict(draft.evidence.as_json())
    version.revision += 1
    version.saved_at = at
    held.field_of_work = field_of_work(draft.source)
    held.search_key = search_key(f"{held.code} {held.title} {held.field_of_work}")
    session.add(version)
    session.flush()
    note_terms(session, version)
    note_editor(session, version, by, at)
    note_change(session, version, draft.change, by=by, at=at)
    if draft.change.kind == "saved":
        facts = {"version": version.number, "revision": version.revision, "sha256": version.sha256}
        record(session, procedure.id, "draft-saved", by=by.actor, at=at, facts=facts)
    return version


def note_change(session: Session, version: Version, change: Change, *, by: Person, at: datetime) -> None:
    """Keep the source of this save. Work at the table saves every few seconds: it is told here, not in the history."""
    session.add(
        DraftChange(
            version_id=version.id,
            revision=version.revision,
            officer_id=by.officer.id,
            at=at,
            kind=change.kind,
            facts=dict(change.facts),
            undoes=change.undoes,
            key=change.key,
            packed=DraftChange.pack(version.source),
        )
    )
    session.flush()


def note_editor(session: Session, version: Version, by: Person, at: datetime) -> None:
    """Remember that an officer edited a version: he may then neither appraise nor recognise it."""
    if session.get(VersionEditor, (version.id, by.officer.id)) is None:
        session.add(VersionEditor(version_id=version.id, officer_id=by.officer.id, first_at=at))
        session.flush()


def _current(session: Session, procedure: Procedure) -> Version | None:
    version = session.scalars(
        select(Version)
        .where(Version.procedure_id == procedure.id)
        .order_by(Version.number.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if version is None or version.stage in (Stage.IN_FORCE, Stage.SUPERSEDED, Stage.WITHDRAWN):
        return None
    if version.stage != Stage.DRAFT:
        raise NotADraft(procedure=procedure.code, version=version.number, stage=version.stage)
    return version


def _next(session: Session, procedure: Procedure, at: datetime) -> Version:
    last = session.scalar(select(func.max(Version.number)).where(Version.procedure_id == procedure.id)) or 0
    return Version(
        procedure_id=procedure.id,
        number=last + 1,
        stage=Stage.DRAFT,
        source="",
        sha256="",
        revision=0,
        evidence={},
        saved_at=at,
    )
