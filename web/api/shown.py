"""From rows to the API's answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from bpmn.check import finding_as_json
from bpmn.findings import Finding
from bpmn.fixes import offered
from engine.model.instance import Instance
from procedures.evidence import findings_of
from procedures.model.version import Version
from web.api.schemas import DraftShown, InstanceShown, VersionShown
from web.languages import language


def version_shown(version: Version) -> VersionShown:
    """A version with procedure, unit and decision loaded."""
    return VersionShown(
        code=version.procedure.code,
        number=version.number,
        title=version.procedure.title,
        unit=version.procedure.unit.code,
        stage=version.stage,
        sha256=version.sha256,
        late=version.late,
        submitted_at=version.submitted_at,
        in_force_at=version.in_force_at,
        decision=version.decision.number if version.decision else None,
    )


def draft_shown(code: str, version: Version, doubts: Sequence[Finding] = ()) -> DraftShown:
    """A draft with what the gate says of it, and what the reading of its file doubted."""
    return DraftShown(
        code=code,
        number=version.number,
        revision=version.revision,
        sha256=version.sha256,
        ok=bool(version.evidence.get("ok", False)),
        findings=sentences(version.evidence),
        time=version.evidence.get("time"),
        doubts=[dict(finding_as_json(each, language())) for each in doubts],
    )


def sentences(evidence: Mapping[str, Any]) -> list[dict[str, object]]:
    """The findings of stored evidence, with their sentences and whether a fix is offered."""
    return [{**finding_as_json(each, language()), "fixable": offered(each)} for each in findings_of(evidence)]


def instance_shown(instance: Instance) -> InstanceShown:
    """A case with its definition loaded."""
    return InstanceShown(
        id=instance.id,
        code=instance.code,
        title=instance.title,
        stage=instance.stage,
        procedure=instance.definition.code,
        version=instance.definition.number,
        received_at=instance.received_at,
        started_at=instance.started_at,
        due_at=instance.due_at,
        due_provisional=instance.due_provisional,
        clock=instance.clock,
        paused_at=instance.paused_at,
        paused_minutes=instance.paused_minutes,
        extended_at=instance.extended_at,
        ended_at=instance.ended_at,
        ended_in=instance.ended_in,
    )
