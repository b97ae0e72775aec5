"""Errors of the catalogue. They grow on the engine's tree, so that one mapping at the edge serves both.

Refused (engine)
├── Conflict
│   ├── NotADraft             the version is no draft any more
│   ├── NoOpenStep            the approval path does not wait for this act of this caller
│   └── NumberTaken           a decision of that number exists
├── Invalid
│   ├── NotWaivable           an error that the profile lets nobody waive
│   ├── Unclear               the gate found errors; carries the findings
│   ├── PackageRefused        an exchange package is not what its manifest says
│   ├── PerformerUnknown      a step's performer is no position of the town
│   └── OutsideWindow         recognition before its window, without a leader and a reason
├── NotAllowed
│   └── OwnWork               who edited a version may not appraise or recognise it
├── Stale                     somebody saved in between (If-Match)
└── MissingMatch              a change of a draft without If-Match
"""

from collections.abc import Sequence

from bpmn.findings import Finding
from engine.errors import Conflict, Invalid, NotAllowed, Refused


class NotADraft(Conflict):
    code = "not-a-draft"


class NoOpenStep(Conflict):
    code = "no-open-step"


class NumberTaken(Conflict):
    code = "number-taken"


class Unclear(Invalid):
    """The gate refuses. `findings` say what, where."""

    code = "unclear"

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(codes=[finding.code for finding in findings])
        self.findings = tuple(findings)


class NotWaivable(Invalid):
    code = "not-waivable"


class PerformerUnknown(Invalid):
    code = "performer-unknown"


class PackageRefused(Invalid):
    """`reason`: format, missing, unknown or tampered; `member` is the file that it is about."""

    code = "package-refused"


class OutsideWindow(Invalid):
    code = "outside-window"


class OwnWork(NotAllowed):
    code = "own-work"


class Stale(Refused):
    code = "stale"


class MissingMatch(Refused):
    code = "if-match-missing"
