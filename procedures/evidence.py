"""What the gate says of a source: bound to its hash, kept with the version."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bpmn.check import check_reading, report_as_json
from bpmn.document import Reading, read_document
from bpmn.examine import Town
from bpmn.findings import Clear, FileReport, Finding, Severity
from bpmn.organisation import Organisation
from bpmn.profiles import DEFAULT, SAFE, Profile, profile

RULESET = "2026-12"
"""Version of the rule set; grows whenever a rule changes what it says."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What the gate knows of a town beside the file: its people today, the moment, and by which profile it judges."""

    organisation: Organisation
    at: datetime | None = None
    profile: Profile = field(default_factory=lambda: profile(DEFAULT))


@dataclass(frozen=True, slots=True)
class Evidence:
    """A report on exactly the source of this hash. Made outside any write transaction: it costs time."""

    sha256: str
    report: FileReport
    profile: Profile
    at: datetime | None = None
    ruleset: str = RULESET

    def as_json(self) -> Mapping[str, Any]:
        """Return codes, places and facts with what they were judged by; sentences are made when shown."""
        said = report_as_json(self.report, None)
        judged = {
            "ruleset": self.ruleset,
            "sha256": self.sha256,
            "at": self.at.isoformat() if self.at else None,
            "profile": self.profile.code,
            "waivable": {"clears": sorted(self.profile.waivable), "never": sorted(self.profile.never)},
        }
        return {**judged, **said}


def examine(source: bytes, gate: Gate) -> Evidence:
    """Run the gate on a BPMN source, with the town's people, on a day, by a profile."""
    return examine_reading(source, read_document(source), gate)


def examine_reading(source: bytes, reading: Reading, gate: Gate) -> Evidence:
    """Run the gate on a source that was read already."""
    town = Town(gate.organisation, gate.at, gate.organisation.procedures)
    report = check_reading(reading, "draft.bpmn", town, gate.profile)
    return Evidence(hashlib.sha256(source).hexdigest(), report, gate.profile, gate.at)


def judged_by(evidence: Mapping[str, Any]) -> Profile:
    """Return what evidence says of the profile it was judged by, as far as waivers ask for it."""
    waivable = evidence.get("waivable", {})
    return Profile(
        code=evidence.get("profile", DEFAULT),
        title={},
        severity={},
        waivable=frozenset(Clear(name) for name in waivable.get("clears", ())) - SAFE,
        never=frozenset(waivable.get("never", ())),
    )


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
