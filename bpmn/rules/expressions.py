"""Expressions: every condition and count is of our language, and asks only about elements that are there."""

from collections.abc import Iterator

from bpmn.elements import Flow, Node
from bpmn.errors import ExpressionError
from bpmn.expression import Expression, parse
from bpmn.expression.tree import Literal
from bpmn.findings import Clear, Finding, Severity
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error


def find(case: Case) -> Iterator[Finding]:
    for flow in case.process.flows.values():
        yield from of_text(case, flow, "conditionExpression", text=flow.condition)
    for node in case.nodes.values():
        if node.loop is not None:
            yield from of_text(case, node, "completionCondition", text=node.loop.completion)
            yield from of_text(case, node, "loopCondition", text=node.loop.condition)
            yield from of_count(case, node, node.loop.cardinality)


def of_text(case: Case, place: Flow | Node, attribute: str, *, text: str | None) -> Iterator[Finding]:
    if text is None:
        return
    expression = read(text)
    if isinstance(expression, ExpressionError):
        yield refused(expression, place, attribute, text=text)
        return
    for outcome in sorted(expression.outcomes - case.nodes.keys()):
        yield error("outcome-unknown", element=place.id, line=place.line, ref=outcome[:255], attribute=attribute)


def of_count(case: Case, node: Node, text: str | None) -> Iterator[Finding]:
    """A count that is written out must be a whole number; one that is reckoned is seen when it runs."""
    yield from of_text(case, node, "loopCardinality", text=text)
    expression = None if text is None else read(text)
    if isinstance(expression, Expression) and isinstance(expression.tree, Literal):
        value = expression.tree.value
        if isinstance(value, bool) or not isinstance(value, int):
            yield error(
                "expression-type", element=node.id, line=node.line, attribute="loopCardinality", text=(text or "")[:100]
            )


def read(text: str) -> Expression | ExpressionError:
    try:
        return parse(text)
    except ExpressionError as failure:
        return failure


def refused(failure: ExpressionError, place: Flow | Node, attribute: str, *, text: str) -> Finding:
    facts = {**failure.facts, "attribute": attribute, "text": text[:100]}
    return Finding(failure.code, Severity.ERROR, Clear.PROCESS, place.id, place.line, facts)


RULE = Rule(
    ("script-forbidden", "expression-syntax", "expression-limit", "expression-type", "outcome-unknown"),
    find,
)
