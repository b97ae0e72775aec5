"""From the XML of DMN 1.1 to 1.5 to decision tables."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from lxml import etree

from bpmn.dmn.cells import ANYTHING, Comparing, read_test, read_value
from bpmn.dmn.decision import AGGREGATES, Decision, HitPolicy, Output, Rule
from bpmn.document.names import DMN, content, namespace
from bpmn.errors import DecisionError, ExpressionError
from bpmn.expression import Expression
from bpmn.source import line_number

MAX_CELLS = 20_000
RANKED = frozenset({HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER})

Read = TypeVar("Read")


def is_dmn(element: etree._Element) -> bool:
    return DMN in namespace(element)


def read_decision(element: etree._Element) -> Decision:
    """Understand a decision. Raises DecisionError with the reason: `decision-unsupported`, `decision-cell`."""
    name = (element.get("id") or "")[:255]
    table = child(element, "decisionTable")
    if table is None:
        raise DecisionError("decision-unsupported", decision=name, reason="no-table", line=line_number(element))
    if any(child(need, "requiredDecision") is not None for need in children(element, "informationRequirement")):
        raise DecisionError("decision-unsupported", decision=name, reason="requires", line=line_number(element))
    policy, aggregate = hit_policy(table, name)
    inputs = tuple(children(table, "input"))
    outputs = tuple(children(table, "output"))
    rows = tuple(children(table, "rule"))
    if not outputs:
        raise DecisionError("decision-unsupported", decision=name, reason="no-output", line=line_number(table))
    if len(rows) * (len(inputs) + len(outputs)) > MAX_CELLS:
        raise DecisionError("decision-unsupported", decision=name, reason="size", line=line_number(table))
    read = Decision(
        id=name,
        inputs=tuple(input_of(each, name) for each in inputs),
        outputs=tuple(output_of(each, element) for each in outputs),
        rules=tuple(rule_of(each, (len(inputs), len(outputs)), name) for each in rows),
        policy=policy,
        aggregate=aggregate,
    )
    reason = refused_outputs(read)
    if reason is not None:
        raise DecisionError("decision-unsupported", decision=name, reason=reason, line=line_number(table))
    return read


def refused_outputs(read: Decision) -> str | None:
    """Why the outputs give no result, None where they do."""
    names = [each.name for each in read.outputs]
    if "" in names or len(set(names)) < len(names):
        return "output-name"
    if read.aggregate is not None and len(names) > 1:
        return "aggregate"
    if read.policy in RANKED and not any(each.values for each in read.outputs):
        return "priority"
    return None


def hit_policy(table: etree._Element, name: str) -> tuple[HitPolicy, str | None]:
    written = " ".join((table.get("hitPolicy") or "UNIQUE").replace("_", " ").split())
    aggregate = table.get("aggregation") or None
    if written not in set(HitPolicy) or (aggregate is not None and aggregate not in AGGREGATES):
        raise DecisionError("decision-unsupported", decision=name, reason="policy", line=line_number(table))
    policy = HitPolicy(written)
    return policy, aggregate if policy is HitPolicy.COLLECT else None


def input_of(element: etree._Element, name: str) -> Expression:
    text = text_of(child(element, "inputExpression"))
    return cell(text or element.get("label") or "", element, name)


def output_of(element: etree._Element, decision: etree._Element) -> Output:
    """An output column; the only one of a table may leave its name to the decision's variable."""
    name = (decision.get("id") or "")[:255]
    variable = child(decision, "variable")
    own = element.get("name") or (variable.get("name") if variable is not None else None) or ""
    values = text_of(child(element, "outputValues"))
    default = text_of(child(element, "defaultOutputEntry"))
    return Output(
        name=own.strip(),
        values=() if values is None else values_of(values, element, name),
        default=None if default is None else cell(default, element, name),
    )


def values_of(text: str, element: etree._Element, name: str) -> tuple[Expression, ...]:
    """The values that an output may have, from a list of them between commas."""
    tests = located(lambda: read_test(text), text, element, name=name).tests or ()
    if not all(isinstance(test, Comparing) and test.sign == "==" for test in tests):
        raise DecisionError("decision-cell", decision=name, text=text[:100], reason="values", line=line_number(element))
    return tuple(test.operand for test in tests if isinstance(test, Comparing))


def rule_of(element: etree._Element, wanted: tuple[int, int], name: str) -> Rule:
    tests = [text_of(each) for each in children(element, "inputEntry")]
    entries = [text_of(each) for each in children(element, "outputEntry")]
    if (len(tests), len(entries)) != wanted:
        raise DecisionError("decision-unsupported", decision=name, reason="row", line=line_number(element))
    return Rule(
        tests=tuple(located(partial(read_test, text), text or "", element, name=name) for text in tests),
        entries=tuple(None if (text or "") in ANYTHING else cell(text or "", element, name) for text in entries),
    )


def cell(text: str, element: etree._Element, name: str) -> Expression:
    return located(lambda: read_value(text), text, element, name=name)


def located(read: Callable[[], Read], text: str, element: etree._Element, *, name: str) -> Read:
    """Run a reader of cells; what the expression language refuses is told with the cell's text and line."""
    try:
        return read()
    except ExpressionError as failure:
        code = "script-forbidden" if failure.code == "script-forbidden" else "decision-cell"
        line = line_number(element)
        raise DecisionError(code, decision=name, text=text[:100], reason=failure.code, line=line) from failure


def child(element: etree._Element, name: str) -> etree._Element | None:
    return element.find(f"{{*}}{name}")


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return element.iterchildren(f"{{*}}{name}")


def text_of(element: etree._Element | None) -> str | None:
    """The text of a cell, which stands in a child of its own."""
    return None if element is None else content(child(element, "text"))
