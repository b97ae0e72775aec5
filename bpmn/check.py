"""The gate: one file in, one report out, by the file's ending. Never raises for any bytes."""

from collections.abc import Iterable
from datetime import datetime

from bpmn.check_table import TABLES, check_table
from bpmn.decision import check_decision
from bpmn.directory import Directory
from bpmn.document import Reading, read_document
from bpmn.examine import Town, check_document, ordered
from bpmn.findings import FileReport, Finding, TimeSummary
from bpmn.messages import sentence
from bpmn.profiles import DEFAULT, Profile, seen_by
from bpmn.profiles import profile as shipped_profile
from bpmn.verdicts import reject

DIAGRAMS = (".bpmn", ".bpmn2", ".xml")
DECISIONS = (".dmn",)


def check(
    data: bytes,
    name: str,
    *,
    directory: Directory | None = None,
    at: datetime | None = None,
    known: Iterable[str] = (),
    profile: Profile | None = None,
) -> FileReport:
    """Examine one file. `name` is as given by the caller; its ending says what the bytes should be.

    `profile` says how grave each code is; that of the five clears where none is given.
    """
    report = examined(data, name, Town(directory, at, frozenset(known)))
    return seen_by(report, profile or shipped_profile(DEFAULT))


def check_reading(reading: Reading, name: str, town: Town, profile: Profile) -> FileReport:
    """What `check` says of a diagram that was read already."""
    return seen_by(report_on(reading, name, town), profile)


def examined(data: bytes, name: str, town: Town) -> FileReport:
    """What the rules themselves say."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if ending in DIAGRAMS:
        return report_on(read_document(data), name, town)
    if ending in DECISIONS:
        return FileReport(name, check_decision(data))
    if ending in TABLES:
        return check_table(data, name, town=town, ending=ending)
    return FileReport(name, [reject("file-type", ending=ending[:20])])


def unopened(name: str, reason: str) -> FileReport:
    """The report on a file of which there are no bytes: it is not there, or may not be read."""
    return FileReport(name, [reject("file-unreadable", reason=reason)])


def report_on(reading: Reading, name: str, town: Town) -> FileReport:
    if reading.document is None:
        return FileReport(name, ordered(reading.findings))
    report = check_document(reading.document, name, town)
    return FileReport(name, ordered([*reading.findings, *report.findings]), report.time, report.not_run)


def report_as_json(report: FileReport, lang: str | None) -> dict[str, object]:
    """The report as plain data for JSON; `lang` is vi or en, or None for findings without sentences."""
    return {
        "file": report.file,
        "ok": report.ok,
        "not_run": list(report.not_run),
        "findings": [finding_as_json(finding, lang) for finding in report.findings],
        "time": None if report.time is None else time_as_json(report.time),
    }


def finding_as_json(finding: Finding, lang: str | None) -> dict[str, object]:
    said: dict[str, object] = {
        "code": finding.code,
        "severity": finding.severity.value,
        "clear": finding.clear.value,
        "element": finding.element,
        "line": finding.line,
        "facts": {key: plain(value) for key, value in finding.facts.items()},
    }
    return said if lang is None else said | {"message": sentence(finding, lang)}


def plain(value: object) -> object:
    """A fact as JSON knows it."""
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    return str(value)


def time_as_json(time: TimeSummary) -> dict[str, object]:
    facts: dict[str, object] = {
        "path_minutes": time.path_minutes,
        "limit_minutes": time.limit_minutes,
        "slack_minutes": time.slack_minutes,
        "worst_minutes": time.worst_minutes,
        "critical_path": list(time.critical_path),
    }
    if time.path_days is not None or time.limit_days is not None:
        facts |= {"path_days": time.path_days, "limit_days": time.limit_days, "slack_days": time.slack_days}
        facts["worst_days"] = time.worst_days
    return facts


def report_as_text(report: FileReport, lang: str) -> str:
    """One line a finding: `file:line: error code: sentence`."""
    lines = []
    for finding in report.findings:
        place = f"{report.file}:{finding.line}" if finding.line else report.file
        lines.append(f"{place}: {finding.severity.value} {finding.code}: {sentence(finding, lang)}")
    return "\n".join(lines)
