"""A file with several processes: which of them is the procedure."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from bpmn.dialect import write_head
from bpmn.document import Document
from bpmn.document.names import q
from bpmn.elements import Process
from bpmn.findings import Finding
from bpmn.rules.case import PEOPLE
from bpmn.table.project import foreign_head
from bpmn.verdicts import info


@dataclass(frozen=True, slots=True)
class ProcessChoice:
    """A process that a file offers; `name` is that of its pool where it has none of its own."""

    id: str
    name: str
    steps: int


def process_choices(document: Document) -> Sequence[ProcessChoice]:
    """The processes that may be the procedure, as they stand in the file; none where there is nothing to choose."""
    if any(process.head is not None for process in document.processes.values()):
        return ()
    called = {node.called for process in document.processes.values() for node in process.nodes.values()}
    found = [
        ProcessChoice(process.id, name_of(document, process), sum(node.is_task for node in process.nodes.values()))
        for process in document.processes.values()
        if process.nodes and process.id not in called
    ]
    return found if len(found) > 1 else ()


def name_of(document: Document, process: Process) -> str:
    pools = (pool.name for pool in document.participants.values() if pool.process == process.id and pool.name)
    return process.name or next(pools, "") or process.id


def first_choice(choices: Sequence[ProcessChoice], document: Document) -> str:
    """The one that is proposed: with the most of people's tasks, then the first."""

    def work(choice: ProcessChoice) -> int:
        return sum(node.tag in PEOPLE for node in document.processes[choice.id].nodes.values())

    return max(choices, key=work).id


def choose(root: etree._Element, wanted: str, others: Sequence[ProcessChoice]) -> Finding:
    """Make one process the procedure, in place; the others are only drawn from then on, and that is said."""
    drawn = [choice for choice in others if choice.id != wanted]
    for process in root.iterchildren(q("process")):
        if process.get("id") == wanted:
            process.set("isExecutable", "true")
            write_head(process, foreign_head(process, root))
        elif process.get("id") in {choice.id for choice in drawn}:
            process.set("isExecutable", "false")
    return info("process-chosen", element=wanted, names=[choice.name for choice in drawn])
