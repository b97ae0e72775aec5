"""Reports as SARIF 2.1.0, the format in which editors and code hosts show findings."""

from collections.abc import Sequence
from urllib.parse import quote

from bpmn.findings import FileReport, Finding, Severity
from bpmn.fixes import offered
from bpmn.messages import sentence, texts

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(reports: Sequence[FileReport], lang: str, *, version: str) -> dict[str, object]:
    """One run with all reports. `version` is that of the program."""
    codes = sorted({finding.code for report in reports for finding in report.findings})
    driver = {
        "name": "namro",
        "version": version,
        "rules": [rule(code, lang) for code in codes],
    }
    results = [result(finding, report.file, lang) for report in reports for finding in report.findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def rule(code: str, lang: str) -> dict[str, object]:
    text = texts(lang).get(code, {})
    return {"id": code, "shortDescription": {"text": text.get("title", code)}, "help": {"text": text.get("do", code)}}


def result(finding: Finding, file: str, lang: str) -> dict[str, object]:
    location: dict[str, object] = {"physicalLocation": physical(finding, file)}
    if finding.element:
        location["logicalLocations"] = [{"name": finding.element, "kind": "element"}]
    return {
        "ruleId": finding.code,
        "level": LEVELS[finding.severity],
        "message": {"text": sentence(finding, lang)},
        "locations": [location],
        "properties": {"clear": finding.clear.value, "fixable": offered(finding)},
    }


def physical(finding: Finding, file: str) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": quote(file.replace("\\", "/"))}}
    if finding.line:
        place["region"] = {"startLine": finding.line}
    return place
