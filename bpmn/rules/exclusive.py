"""Conditions of one decision exclude each other and leave no gap, where that can be proved."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from bpmn.elements import Flow, Node
from bpmn.errors import ExpressionError
from bpmn.expression import Expression, parse
from bpmn.expression.regions import Box, Example, Unknown, examples, possible, product, region
from bpmn.findings import Finding
from bpmn.fiveclear import CONTINUE
from bpmn.outcomes import outcomes_of
from bpmn.rules.case import Case, Rule
from bpmn.rules.gateways import CHOOSING
from bpmn.verdicts import warning

Known = Mapping[str, Sequence[str]]
Way = tuple[Flow, Expression]
MANY = 60
"""Ways of one decision beyond which they are not compared with each other."""


def find(case: Case) -> Iterator[Finding]:
    known = {element: (*texts, CONTINUE) for element, texts in outcomes_of(case.process).items()}
    for node in case.nodes.values():
        if node.tag in CHOOSING and len(node.outgoing) > 1:
            flows = [case.process.flows[name] for name in node.outgoing]
            ways = list(conditions(node, flows))
            yield from never(node, ways)
            if node.tag == "exclusiveGateway":
                yield from overlapping(node, ways, known)
            others = len(ways) == sum(flow.id != node.default for flow in flows)
            if node.default is None and ways and others:
                yield from gaping(node, ways, known)


def conditions(node: Node, flows: Sequence[Flow]) -> Iterator[Way]:
    """The ways with a condition that can be read; a default's is never asked."""
    for flow in flows:
        if flow.condition is not None and flow.id != node.default:
            try:
                yield flow, parse(flow.condition)
            except ExpressionError:  # said by the rule of expressions
                continue


def never(node: Node, ways: Sequence[Way]) -> Iterator[Finding]:
    for flow, expression in ways:
        where = boxes(expression, hold=True)
        if where is not None and not any(possible(box) for box in where):
            yield warning(
                "condition-never", element=flow.id, line=flow.line, gateway=node.id, text=expression.text[:100]
            )


def overlapping(node: Node, ways: Sequence[Way], known: Known) -> Iterator[Finding]:
    """Said once for each pair, at the later flow."""
    where = {flow.id: boxes(expression, hold=True) for flow, expression in ways}
    for (first, one), (second, other) in combinations(ways[:MANY], 2):
        example = None if one.text == other.text else proof([where[first.id], where[second.id]], known)
        if example is not None:
            yield warning(
                "conditions-overlap",
                element=second.id,
                line=second.line,
                gateway=node.id,
                text=other.text[:100],
                other=first.id,
                other_text=one.text[:100],
                example=written(example),
            )


def gaping(node: Node, ways: Sequence[Way], known: Known) -> Iterator[Finding]:
    example = proof([boxes(expression, hold=False) for _, expression in ways], known)
    if example is not None:
        yield warning("conditions-gap", element=node.id, line=node.line, name=node.name, example=written(example))


def boxes(expression: Expression, *, hold: bool) -> list[Box] | None:
    """Where a condition holds, or does not; None where that cannot be said."""
    try:
        return region(expression.tree, holds=hold)
    except Unknown:
        return None


def proof(regions: Sequence[list[Box] | None], known: Known) -> Example | None:
    """Values that lie in all of the regions."""
    told = [each for each in regions if each is not None]
    try:
        found = product(told)
    except Unknown:
        return None
    return next(examples(found, known), None) if len(told) == len(regions) else None


def written(example: Example) -> str:
    """The values as conditions of our language would say them."""
    return ", ".join(f"{name} = {value}" for name, value in example.values.items())


RULE = Rule(("conditions-overlap", "conditions-gap", "condition-never"), find)
