"""No way around without a wait: the engine would turn in it for ever."""

from collections.abc import Iterator

from bpmn.document.names import SUBPROCESSES
from bpmn.elements import Node
from bpmn.errors import ExpressionError
from bpmn.expression import parse
from bpmn.expression.tree import Literal
from bpmn.findings import Finding
from bpmn.graph import cycles
from bpmn.rules.case import PEOPLE, Case, Rule
from bpmn.verdicts import error

WAITING = PEOPLE | {"receiveTask", "intermediateCatchEvent", "eventBasedGateway", "callActivity", "boundaryEvent"}


def find(case: Case) -> Iterator[Finding]:
    waiting = waiting_nodes(case)
    for scope in case.scopes.values():
        for cycle in cycles(scope, [name for name in scope.nodes if name not in waiting]):
            first = next(name for name in scope.nodes if name in cycle)
            yield error(
                "livelock",
                element=first,
                line=case.nodes[first].line,
                reason="no-rest",
                elements=[name for name in scope.nodes if name in cycle][:20],
            )
    for node in case.nodes.values():
        if endless(node, waiting):
            yield error("livelock", element=node.id, line=node.line, reason="no-rest", elements=[node.id])


def waiting_nodes(case: Case) -> frozenset[str]:
    """The nodes at which a case rests. A sub-process does so when something in it does."""
    found = {node.id for node in case.nodes.values() if node.tag in WAITING}
    for container in reversed(list(case.scopes.values())):
        host = case.nodes.get(container.id)
        if host is not None and host.tag in SUBPROCESSES and found.intersection(container.nodes):
            found.add(host.id)
    return frozenset(found)


def endless(node: Node, waiting: frozenset[str]) -> bool:
    """Whether a standard loop never stops of itself: no maximum, and a condition that is always true."""
    if node.loop is None or node.loop.kind != "standard" or node.loop.maximum is not None:
        return False
    return always_true(node.loop.condition) or node.id not in waiting


def always_true(condition: str | None) -> bool:
    if condition is None:
        return True
    try:
        tree = parse(condition).tree
    except ExpressionError:
        return False
    return isinstance(tree, Literal) and bool(tree.value)


RULE = Rule(("livelock",), find)
