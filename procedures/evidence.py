"""What the gate says of a source: bound to its hash, kept with the version."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bpmn.check import check, finding_as_json, report_as_json
from bpmn.findings import Clear, FileReport, Finding, Severity
from bpmn.organisation import Organisation

RULESET = "2026-11"
"""Version of the rule set; grows whenever a rule changes what it says."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A report on exactly the source of this hash. Made outside any write transaction: it costs time."""

    sha256: str
    report: FileReport
    ruleset: str = RULESET

    def as_json(self) -> Mapping[str, Any]:
        """Return codes, places and facts; sentences are made when shown."""
        said = report_as_json(self.report, "vi")
        rows = [finding_as_json(finding, "vi") for finding in self.report.findings]
        findings = [{key: value for key, value in row.items() if key != "message"} for row in rows]
        return {"ruleset": self.ruleset, **said, "findings": findings}


def examine(source: bytes, organisation: Organisation) -> Evidence:
    """Run the gate on a BPMN source, with the town's people."""
    digest = hashlib.sha256(source).hexdigest()
    return Evidence(digest, check(source, "draft.bpmn", directory=organisation))


def findings_of(evidence: Mapping[str, Any]) -> Sequence[Finding]:
    """Return the findings that a version's evidence holds."""
    return [
        Finding(
            code=row["code"],
            severity=Severity(row["severity"]),
            clear=Clear(row["clear"]),
            element=row["element"],
            line=row["line"],
            facts=row["facts"],
        )
        for row in evidence.get("findings", ())
    ]
