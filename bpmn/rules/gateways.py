"""Decisions: each way out of a decision has its condition or is the default, and nowhere else stands a condition."""

from collections import Counter
from collections.abc import Iterator

from bpmn.elements import Flow, Node
from bpmn.findings import Clear, Finding
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error, warning

CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})


def find(case: Case) -> Iterator[Finding]:
    for node in case.nodes.values():
        flows = [case.process.flows[name] for name in node.outgoing]
        if node.tag in CHOOSING:
            yield from decision(node, flows)
        else:
            yield from no_decision(node, flows)


def decision(node: Node, flows: list[Flow]) -> Iterator[Finding]:
    if len(flows) > 1 and node.default is None and all(flow.condition for flow in flows):
        yield warning("no-default", element=node.id, line=node.line, name=node.name)
    for flow in flows:
        if flow.id == node.default:
            if flow.condition is not None:
                yield warning("default-conditional", element=flow.id, line=flow.line, gateway=node.id)
        elif flow.condition is None and len(flows) > 1:
            silent = sum(other.condition is None for other in flows)
            may_default = node.default is None and silent == 1
            facts = {"gateway": node.id, "name": flow.name, "may_default": may_default}
            yield error("no-condition", clear=Clear.PROCESS, element=flow.id, line=flow.line, **facts)
    counts = Counter(flow.condition for flow in flows if flow.condition and flow.id != node.default)
    for flow in flows:
        if flow.condition and flow.id != node.default and counts[flow.condition] > 1:
            yield warning("condition-repeated", element=flow.id, line=flow.line, gateway=node.id)


def no_decision(node: Node, flows: list[Flow]) -> Iterator[Finding]:
    """Without a gateway a condition would be passed over in silence, and several ways are all taken."""
    for flow in flows:
        if flow.condition is not None:
            yield error("conditional-flow", element=flow.id, line=flow.line, source=node.id)
    if len(flows) > 1 and not node.tag.endswith("Gateway"):
        yield warning("implicit-split", element=node.id, line=node.line, name=node.name, count=len(flows))


RULE = Rule(
    ("no-condition", "no-default", "default-conditional", "condition-repeated", "conditional-flow", "implicit-split"),
    find,
)
