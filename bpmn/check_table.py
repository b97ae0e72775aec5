"""A five-clear table under the gate: read, turned into BPMN, and examined by the same rules.

What is found in the diagram is told in the words of the table: a step by its number instead of its element.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bpmn.convert import read_table, table_to_bpmn
from bpmn.document import Document, read_document
from bpmn.examine import Town, check_document, ordered
from bpmn.findings import FileReport, Finding, TimeSummary

TABLES = frozenset({".docx", ".xlsx", ".csv", ".yaml", ".yml", ".json"})


def check_table(data: bytes, name: str, *, town: Town, ending: str) -> FileReport:
    """Examine a table. What stands in its own text has a line; what shows in the diagram has a step number."""
    reading = read_table(data, ending)
    if reading.table is None:
        return FileReport(name, ordered(reading.findings))
    diagram = read_document(table_to_bpmn(reading.table))
    if diagram.document is None:
        return FileReport(name, ordered([*reading.findings, *without_lines(diagram.findings)]))
    report = check_document(diagram.document, name, town)
    numbers = step_numbers(diagram.document)
    told = [in_words_of_table(finding, numbers) for finding in without_lines([*diagram.findings, *report.findings])]
    said = {(finding.code, finding.element) for finding in reading.findings}
    findings = [*reading.findings, *(finding for finding in told if (finding.code, finding.element) not in said)]
    return FileReport(name, ordered(findings), report.time and by_number(report.time, numbers), report.not_run)


def without_lines(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The lines are those of a diagram that nobody sees."""
    return (replace(finding, line=None) for finding in findings)


def step_numbers(document: Document) -> Mapping[str, str]:
    """The step number of each element that is a step."""
    return {
        node.id: node.step.step_no
        for process in document.processes.values()
        for node in process.nodes.values()
        if node.step is not None and node.step.step_no
    }


def in_words_of_table(finding: Finding, numbers: Mapping[str, str]) -> Finding:
    number = numbers.get(finding.element or "")
    facts = {
        key: numbers.get(value, value) if isinstance(value, str) else value for key, value in finding.facts.items()
    }
    if "critical_path" in facts:
        facts["critical_path"] = listed(facts["critical_path"], numbers)
    if "elements" in facts:
        facts["elements"] = listed(facts["elements"], numbers)
    return replace(finding, element=number or finding.element, facts=facts)


def listed(values: object, numbers: Mapping[str, str]) -> list[str]:
    return [numbers.get(str(value), str(value)) for value in values] if isinstance(values, list) else []


def by_number(time: TimeSummary, numbers: Mapping[str, str]) -> TimeSummary:
    return replace(time, critical_path=listed(list(time.critical_path), numbers))
