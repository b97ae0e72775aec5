"""What a rule sees, and what a rule is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from bpmn.document import Document
from bpmn.elements import Node, Process
from bpmn.findings import Finding
from bpmn.graph import Scope
from bpmn.organisation import Organisation
from bpmn.paths import PathTimes

PEOPLE = frozenset({"userTask", "manualTask", "task"})
"""Tasks that a person does; the five clears are asked of them alone."""


@dataclass(frozen=True, slots=True)
class Case:
    """One process of a document under examination.

    `elements` gives the XML of every element by id.  `directory` gives units and positions, `at` the moment of the
    check (aware), `known` the ids of procedures outside the file that may be called; a rule that needs what is not
    there does not run.
    """

    document: Document
    process: Process
    scopes: Mapping[str, Scope]
    times: PathTimes
    elements: Mapping[str, etree._Element]
    directory: Organisation | None = None
    at: datetime | None = None
    known: frozenset[str] = frozenset()

    @property
    def nodes(self) -> Mapping[str, Node]:
        return self.process.nodes

    def people_tasks(self) -> Iterator[Node]:
        return (node for node in self.process.nodes.values() if node.tag in PEOPLE)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the codes it may give and how it finds them. `needs` names the field of the case it cannot do without."""

    codes: tuple[str, ...]
    find: Callable[[Case], Iterator[Finding]]
    needs: str | None = None

    def runs_on(self, case: Case) -> bool:
        return self.needs is None or getattr(case, self.needs) is not None
