"""Joins that can never be complete: a join that waits for itself, or for two ways of which only one is taken."""

from collections.abc import Iterator

from bpmn.elements import Node
from bpmn.findings import Finding
from bpmn.graph import Scope, reachable
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error

CHOOSING = frozenset({"exclusiveGateway", "eventBasedGateway"})


def find(case: Case) -> Iterator[Finding]:
    for scope in case.scopes.values():
        reached = reachable(scope.starts, scope.after)
        for name in scope.nodes:
            node = case.nodes[name]
            if node.tag == "parallelGateway" and len(node.incoming) > 1 and name in reached:
                yield from stuck(case, scope, node)


def stuck(case: Case, scope: Scope, join: Node) -> Iterator[Finding]:
    sources = [case.process.flows[name].source for name in join.incoming]
    without = reachable([start for start in scope.starts if start != join.id], scope.after, without={join.id})
    waiting_for_itself = [source for source in sources if source not in without]
    if waiting_for_itself:
        yield error("deadlock", element=join.id, line=join.line, reason="loop", elements=waiting_for_itself)
        return
    choices = [choice for name in join.incoming if (choice := choice_behind(case, name)) is not None]
    for choice in dict.fromkeys(choices):
        if choices.count(choice) > 1:
            yield error("deadlock", element=join.id, line=join.line, reason="choice", elements=[choice])


def choice_behind(case: Case, flow: str) -> str | None:
    """The decision that alone leads to this flow: back along nodes with one way in and one way out."""
    seen: set[str] = set()
    node = case.nodes[case.process.flows[flow].source]
    while node.id not in seen:
        seen.add(node.id)
        if node.tag in CHOOSING and len(node.outgoing) > 1:
            return node.id
        if len(node.incoming) != 1 or len(node.outgoing) != 1:
            return None
        node = case.nodes[case.process.flows[node.incoming[0]].source]
    return None


RULE = Rule(("deadlock",), find)
