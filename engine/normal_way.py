"""A procedure as it is played when nobody decides: which way each gateway takes, and what is left out.

A virtual run has no variables, no other procedures and no messages.  So a gateway goes the way that is not a send-back,
a multi-instance step runs once, and a call of a procedure that lies elsewhere and a business rule are passed.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from bpmn.document import Document
from bpmn.elements import Flow, Node, Process
from bpmn.errors import ExpressionError
from bpmn.expression import Expression, parse
from bpmn.fiveclear import CONTINUE
from bpmn.folding import same_text
from bpmn.graph import Edge, back_edges, scopes
from bpmn.outcomes import outcomes_of

CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})
NEVER = "False"


def normal_document(document: Document) -> Document:
    """Return the document with every process made playable.  The XML tree stays as it is."""
    played = {name: normal_process(process, document.processes) for name, process in document.processes.items()}
    return replace(document, processes=played)


def normal_process(process: Process, known: Collection[str]) -> Process:
    """Return the process without loops, foreign calls and conditions on variables."""
    back = send_backs(process)
    nodes = {node.id: normal_node(node, process, known=known, back=back) for node in process.nodes.values()}
    flows = dict(process.flows)
    for node in nodes.values():
        if node.tag in CHOOSING and len(node.outgoing) > 1:
            flows.update((name, normal_flow(process.flows[name], node)) for name in node.outgoing)
    return replace(process, nodes=nodes, flows=flows)


def normal_node(node: Node, process: Process, *, known: Collection[str], back: Collection[Edge]) -> Node:
    outside = node.tag == "callActivity" and node.called not in known
    if outside or node.tag == "businessRuleTask":
        return replace(node, tag="sendTask", called=None, loop=None, inputs=())
    if node.tag in CHOOSING and len(node.outgoing) > 1:
        return replace(node, default=normal_way(node, process, back=back))
    return replace(node, loop=None, inputs=())


def normal_way(node: Node, process: Process, *, back: Collection[Edge]) -> str | None:
    """Return the flow that is taken when no condition holds: the default, unless that sends back and another does not.

    Where an outcome can be given that goes on (see `normal_outcomes`), the gateway is left as it is.
    """
    onward = forward_flows(node, process, back=back)
    if node.default in onward or not onward or any(asks_outcome(flow) for flow in flows_of(onward, process)):
        return node.default
    return onward[0]


def normal_flow(flow: Flow, node: Node) -> Flow:
    """Return the flow with a condition that can be told: one on variables never holds."""
    if flow.id == node.default:
        return replace(flow, condition=None)
    read = expression_of(flow)
    if flow.condition is None or (read is not None and read.names):
        return replace(flow, condition=NEVER)
    return flow


def normal_outcomes(process: Process) -> Mapping[str, str]:
    """Return per element the outcome with which its case goes on without being sent back.

    Only where that is not `tiếp tục`: behind it stands a gateway whose default sends back, or that has none.
    """
    back, known = send_backs(process), outcomes_of(process)
    found: dict[str, str] = {}
    for node in process.nodes.values():
        onward = forward_flows(node, process, back=back)
        if node.tag not in CHOOSING or node.default in onward:
            continue
        for flow in flows_of(onward, process):
            for element, outcome in asked(flow, known):
                found.setdefault(element, outcome)
    return found


def asked(flow: Flow, known: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """The outcomes with which the flow's condition holds."""
    read = expression_of(flow)
    if read is None or read.names:
        return
    for element in sorted(read.outcomes):
        for outcome in known.get(element, ()):
            if holds(read, {element: outcome}) and not same_text(outcome, CONTINUE):
                yield element, outcome


def holds(expression: Expression, outcomes: Mapping[str, str]) -> bool:
    try:
        return expression.holds({}, lambda element: outcomes.get(element, ""))
    except ExpressionError:
        return False


def asks_outcome(flow: Flow) -> bool:
    read = expression_of(flow)
    return read is not None and bool(read.outcomes) and not read.names


def expression_of(flow: Flow) -> Expression | None:
    """The flow's condition as read, None where there is none or it does not parse (compiling says so)."""
    if flow.condition is None:
        return None
    try:
        return parse(flow.condition)
    except ExpressionError:
        return None


def flows_of(names: Collection[str], process: Process) -> list[Flow]:
    return [process.flows[name] for name in names]


def forward_flows(node: Node, process: Process, *, back: Collection[Edge]) -> list[str]:
    return [name for name in node.outgoing if (node.id, process.flows[name].target) not in back]


def send_backs(process: Process) -> frozenset[Edge]:
    return frozenset(edge for scope in scopes(process).values() for edge in back_edges(scope))
