"""A business rule task has its decision in the file, and the engine can run it."""

from collections.abc import Iterator

from bpmn.dmn import read_decision
from bpmn.elements import Node
from bpmn.errors import DecisionError
from bpmn.findings import Clear, Finding, Severity
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error


def find(case: Case) -> Iterator[Finding]:
    for node in case.nodes.values():
        if node.tag == "businessRuleTask":
            yield from decided(case, node)


def decided(case: Case, node: Node) -> Iterator[Finding]:
    embedded = case.document.decisions.get(node.decision or "")
    if embedded is None:
        yield error("decision-missing", element=node.id, line=node.line, decision=(node.decision or "")[:255])
        return
    try:
        read = read_decision(embedded.element)
    except DecisionError as failure:
        yield refused(failure, element=node.id)
        return
    if node.result is not None and len(read.outputs) > 1:
        yield error("decision-result", element=node.id, line=node.line, decision=read.id, result=node.result[:255])


def refused(failure: DecisionError, *, element: str | None) -> Finding:
    """A decision that cannot be run, told at an element and at the line of the table's fault."""
    facts = {"attribute": "decision", **failure.facts}
    line = facts.pop("line", None)
    return Finding(failure.code, Severity.ERROR, Clear.PROCESS, element, line if isinstance(line, int) else None, facts)


RULE = Rule(
    ("decision-missing", "decision-unsupported", "decision-cell", "decision-result", "script-forbidden"),
    find,
)
