"""Every element can be reached from the start, and from every element an end can be reached."""

from collections.abc import Iterator

from bpmn.findings import Finding
from bpmn.graph import Scope, cannot_end, reachable
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error


def find(case: Case) -> Iterator[Finding]:
    for scope in case.scopes.values():
        reached = reachable(scope.starts, scope.after)
        stuck = cannot_end(scope)
        yield from unreached(case, scope, reached)
        for name in scope.nodes:
            if name in reached and name in stuck:
                yield error("no-path-to-end", element=name, line=case.nodes[name].line, name=case.nodes[name].name)


def unreached(case: Case, scope: Scope, reached: frozenset[str]) -> Iterator[Finding]:
    """Second start events have a finding of their own, and so has what stands in an event sub-process."""
    for name in scope.nodes:
        node = case.nodes[name]
        if name not in reached and not node.triggered_by_event:
            yield error("unreachable", element=name, line=node.line, name=node.name)


RULE = Rule(("unreachable", "no-path-to-end"), find)
