"""A document under all rules: the part of the gate that every kind of file comes to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bpmn.directory import Directory
from bpmn.document import Document
from bpmn.document.names import q
from bpmn.document.read import MAX_SAME, at_most
from bpmn.elements import Process
from bpmn.findings import FileReport, Finding, Severity
from bpmn.graph import scopes
from bpmn.paths import PathTimes, path_times
from bpmn.rules import RULES, Case
from bpmn.summary import summarise


@dataclass(frozen=True, slots=True)
class Town:
    """What the gate may know beside the file; rules that need what is missing stand in `not_run`.

    `directory`: units and positions.  `at`: the moment of the check, aware.  `known`: procedures that may be called.
    """

    directory: Directory | None = None
    at: datetime | None = None
    known: frozenset[str] = frozenset()


def check_document(document: Document, name: str, town: Town) -> FileReport:
    """Run the rules on every process that has anything in it."""
    findings: list[Finding] = []
    times = times_of(document)
    elements = {str(element.get("id")): element for element in document.root.iter(q("*")) if element.get("id")}
    cases = [
        Case(
            document=document,
            process=process,
            scopes=scopes(process),
            times=times[process.id],
            elements=elements,
            directory=town.directory,
            at=town.at,
            known=town.known,
        )
        for process in examined(document)
    ]
    for case in cases:
        findings += (finding for rule in RULES if rule.runs_on(case) for finding in rule.find(case))
    main = main_process(document)
    return FileReport(
        name,
        at_most(MAX_SAME, findings),
        summarise(main, times[main.id]),
        tuple(sorted({code for rule in RULES for code in rule.codes if cases and not rule.runs_on(cases[0])})),
    )


def examined(document: Document) -> Iterator[Process]:
    """The processes with content; where none has any, the first, so that its emptiness is said."""
    full = [process for process in document.processes.values() if process.nodes]
    yield from full or list(document.processes.values())[:1]


def main_process(document: Document) -> Process:
    """The process that the file is about: one with a head, else executable, else with content, else the first."""
    return max(
        document.processes.values(),
        key=lambda process: (process.head is not None, process.executable and bool(process.nodes), bool(process.nodes)),
    )


def times_of(document: Document) -> Mapping[str, PathTimes]:
    """The times of every process, those first that call no other of the file; a circle of calls counts nothing."""
    found: dict[str, PathTimes] = {}
    waiting = list(document.processes.values())
    while waiting:
        ready = [process for process in waiting if not open_calls(process, waiting)] or waiting[:1]
        for process in ready:
            found[process.id] = path_times(process, found)
        waiting = [process for process in waiting if process.id not in found]
    return found


def open_calls(process: Process, waiting: Sequence[Process]) -> bool:
    others = {other.id for other in waiting} - {process.id}
    return any(node.called in others for node in process.nodes.values())


GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors first, then by line; what is said twice of one place is said once."""
    unique: dict[tuple[str, str | None, int | None, str], Finding] = {}
    for finding in findings:
        unique.setdefault((finding.code, finding.element, finding.line, str(finding.facts.get("ref"))), finding)
    return tuple(sorted(unique.values(), key=lambda finding: (GRAVITY[finding.severity], finding.line or 0)))
