"""What a check says: findings with code, clear, place and facts. No sentences here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Clear(StrEnum):
    """Which of the five clears a finding concerns; `file` for unreadable or hostile files."""

    TASK = "task"
    PROCESS = "process"
    PERFORMER = "performer"
    TIME = "time"
    RESPONSIBILITY = "responsibility"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found.

    `code` is stable kebab-case and documented in docs/rules.md.  `element` is a BPMN id or a step_no, `line` counts
    from 1; in Office files the place stands in `facts` (member, sheet, cell, paragraph).  A reject is an error that
    makes the file unusable (nothing is stored); other errors only bar submission.
    """

    code: str
    severity: Severity
    clear: Clear
    element: str | None = None
    line: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    reject: bool = False


@dataclass(frozen=True, slots=True)
class TimeSummary:
    """The longest path against the statutory limit.

    Unit: working minutes (a day is 480), or calendar days where the steps are in calendar days; the other is None.
    `critical_path` holds element ids.
    """

    path_minutes: int | None
    limit_minutes: int | None
    slack_minutes: int | None
    critical_path: Sequence[str]
    worst_minutes: int | None = None
    path_days: float | None = None
    limit_days: float | None = None
    slack_days: float | None = None
    worst_days: float | None = None


@dataclass(frozen=True, slots=True)
class FileReport:
    """The result of checking one file: `ok` is False exactly when there is an error."""

    file: str
    findings: Sequence[Finding]
    time: TimeSummary | None = None
    not_run: Sequence[str] = ()

    @property
    def ok(self) -> bool:
        return not any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def rejected(self) -> bool:
        """Whether the file is unusable: an upload answers 422 and stores nothing."""
        return any(finding.reject for finding in self.findings)
