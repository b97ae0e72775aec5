"""What every play of one document has in common, made ready once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bpmn.document import Document
from bpmn.elements import Node, Process
from bpmn.fiveclear import CONTINUE
from bpmn.folding import same_text
from bpmn.outcomes import outcomes_of
from engine.rehearsal.asking import Asking
from engine.spiff import Compiled, compile_document
from engine.worktime import WorkCalendar


def rehearsed(document: Document) -> Document:
    """The document with calls of procedures that lie elsewhere turned into waits."""
    processes = {
        name: replace(process, nodes={node.id: waited(node, document) for node in process.nodes.values()})
        for name, process in document.processes.items()
    }
    return replace(document, processes=processes)


def waited(node: Node, document: Document) -> Node:
    if node.tag == "callActivity" and node.called not in document.processes:
        return replace(node, tag="receiveTask", called=None, loop=None)
    return node


@dataclass(frozen=True, slots=True)
class Stage:
    """What every try of one document has in common."""

    compiled: Compiled
    calendar: WorkCalendar
    processes: Sequence[Process]
    outcomes: Mapping[str, Sequence[str]]
    asking: Asking

    @classmethod
    def of(cls, document: Document, calendar: WorkCalendar) -> "Stage":
        document = rehearsed(document)
        compiled = compile_document(document, sha256="")
        processes = [process for process in document.processes.values() if process.nodes]
        outcomes = {element: found for process in processes for element, found in outcomes_of(process).items()}
        return cls(compiled, calendar, processes, outcomes, Asking(compiled, document))

    def process_of(self, node: Node) -> Process:
        return next(process for process in self.processes if node.id in process.nodes)

    def options(self, element: str) -> list[str]:
        found: list[str] = []
        for outcome in (CONTINUE, *self.outcomes.get(element, ())):
            if not any(same_text(outcome, known) for known in found):
                found.append(outcome)
        return found
