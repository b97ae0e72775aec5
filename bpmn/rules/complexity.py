"""A model that nobody could read and no analysis could finish is refused."""

from collections.abc import Iterator

from bpmn.findings import Finding
from bpmn.graph import back_edges, forward, in_order
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error

MAX_COMPLEXITY = 300
"""Flows beyond what a tree needs: independent ways through the model (McCabe)."""
MAX_IN_A_ROW = 300


def find(case: Case) -> Iterator[Finding]:
    complexity = len(case.process.flows) - len(case.nodes) + 2
    if complexity > MAX_COMPLEXITY:
        yield error(
            "limit-complexity",
            element=case.process.id,
            line=case.process.line,
            complexity=complexity,
            limit=MAX_COMPLEXITY,
        )
    for scope in case.scopes.values():
        after = forward(scope, back_edges(scope))
        longest = dict.fromkeys(scope.nodes, 1)
        for name in in_order(scope.nodes, after):
            for target in after[name]:
                longest[target] = max(longest[target], longest[name] + 1)
        length = max(longest.values(), default=0)
        if length > MAX_IN_A_ROW:
            yield error("limit-sequence", element=scope.id, line=case.process.line, length=length, limit=MAX_IN_A_ROW)


RULE = Rule(("limit-complexity", "limit-sequence"), find)
