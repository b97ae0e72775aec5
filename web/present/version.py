"""The page of one version: table, diagram, findings, time, life."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bpmn.convert import bpmn_to_table
from bpmn.document import Document, read_document
from bpmn.editing import head_text
from bpmn.findings import Clear, Finding
from bpmn.fiveclear import FiveClear
from procedures.evidence import findings_of
from procedures.queries.catalogue import VersionPage, version_page
from procedures.queries.feedback import feedback_lines, open_feedback
from procedures.queries.origins import origin_of
from procedures.queries.people import Person
from web.languages import language
from web.present.findings import FindingLine, Row, finding_lines
from web.present.passing import passed_of
from web.present.people import names
from web.present.provenance import origin_line
from web.present.ways import Way, ways_on


@dataclass(frozen=True, slots=True)
class VersionView:
    """Everything that the page shows. `five` is None where the source shows no table."""

    page: VersionPage
    five: FiveClear | None
    ways: Mapping[str, Sequence[Way]]
    findings: Sequence[FindingLine]
    wrong: frozenset[str]
    time: Mapping[str, Any]
    names: Mapping[int, str]
    feedback: int = 0
    open_feedback: int = 0
    origin: str = ""

    @property
    def head(self) -> Mapping[str, Sequence[str]]:
        """Legal basis, inputs and outputs, one a line."""
        names = ("legal_basis", "inputs", "outputs")
        return {name: head_text(self.five, name).splitlines() if self.five else () for name in names}

    def people(self, officers: Iterable[int]) -> list[str]:
        """The names of officers, in their order of the alphabet."""
        return sorted(self.names[each] for each in officers if each in self.names)

    @property
    def nobody_answers(self) -> bool:
        """Whether a step lacks who answers for it."""
        return any(line.clear == Clear.RESPONSIBILITY for line in self.findings)

    @property
    def errors(self) -> int:
        """How many bar submission: what a leader let pass does not."""
        open_lines = [line for line in self.findings if line.severity == "error" and not line.waived_by]
        return sum(1 + len(line.others) for line in open_lines)


def version_view(session: Session, code: str, number: int | None, *, by: Person, at: datetime) -> VersionView:
    """Return what the page of a version shows. Raises `NotFound` also when the caller may not see it."""
    page = version_page(session, code, number, by)
    document = read_document(page.version.source.encode()).document
    five = bpmn_to_table(document) if document else None
    evidence = page.version.evidence
    steps = [(step.id, step.step_no) for step in (five.steps if five else ()) if step.id]
    rows = {name: Row(element, number) for element, number in steps for name in (element, number) if name}
    known = names(session, at=at)
    passed = passed_of(session, page.version, by=by)
    found = finding_lines(findings_of(evidence), rows, language=language(), passed=passed)
    return VersionView(
        page=page,
        five=five,
        ways=ways_of(document),
        findings=found,
        wrong=frozenset(each.element for line in found for each in (line, *line.others) if line.severity == "error"),
        time=evidence.get("time") or {},
        names=known,
        feedback=len(feedback_lines(session, by, code)),
        open_feedback=open_feedback(session, by, code),
        origin=origin_line(origin_of(session, page.version)),
    )


def ways_of(document: Document | None) -> Mapping[str, Sequence[Way]]:
    """Where each task leads."""
    processes = document.processes.values() if document else ()
    tasks = [(process, node.id) for process in processes for node in process.nodes.values() if node.is_task]
    return {element: ways_on(process, element) for process, element in tasks}


def refused_lines(found: Sequence[Finding]) -> list[FindingLine]:
    """What is wrong with a file that was not taken in."""
    return finding_lines(found, {}, language=language())
