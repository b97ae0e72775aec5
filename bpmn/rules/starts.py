"""A process, and each sub-process, begins at exactly one start event."""

from collections.abc import Iterator

from bpmn.document.names import SUBPROCESSES
from bpmn.elements import Node
from bpmn.findings import Finding
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error


def find(case: Case) -> Iterator[Finding]:
    containers = [node for node in case.nodes.values() if node.tag in SUBPROCESSES]
    yield from begun(case, case.process.id, case.process.line)
    for node in containers:
        yield from begun(case, node.id, node.line)


def begun(case: Case, container: str, line: int) -> Iterator[Finding]:
    starts = [node for node in inside(case, container) if node.tag == "startEvent"]
    if not starts:
        yield error("no-start", element=container, line=line)
    for second in starts[1:]:
        yield error("many-starts", element=second.id, line=second.line, first=starts[0].id)


def inside(case: Case, container: str) -> Iterator[Node]:
    scope = case.scopes.get(container)
    return (case.nodes[name] for name in (scope.nodes if scope else ()))


RULE = Rule(("no-start", "many-starts"), find)
