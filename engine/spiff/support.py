"""What this engine runs. Everything else is refused with its reason, before it could be run wrongly.

`docs/bpmn-support.md` says the same in words; a test compares the two.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bpmn.dialect import COMPLAINT
from bpmn.dmn import read_decision
from bpmn.document import Document
from bpmn.elements import Node, Process
from bpmn.errors import DecisionError
from bpmn.rules.support import EVENTS

PEOPLE = frozenset({"userTask", "manualTask", "task"})
ACTIVITIES = PEOPLE | {"sendTask", "receiveTask", "businessRuleTask", "subProcess", "callActivity"}
HOLDING = frozenset({"subProcess", "callActivity"})
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"})
CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})
HEARING = frozenset({"intermediateCatchEvent", "boundaryEvent", "startEvent"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document cannot be run, and the element or flow it is about."""

    code: str
    element: str
    facts: Mapping[str, object]


def refuse(code: str, element: str, **facts: object) -> Refusal:
    return Refusal(code, element, facts)


def refusals(document: Document, process: Process, *, trial: bool = False) -> Iterator[Refusal]:
    """Everything that bars this process from running; on trial, procedures that are called may still be missing."""
    yield from start_refusals(process)
    yield from link_refusals(process)
    for node in process.nodes.values():
        yield from node_refusals(node, process)
        if node.tag == "callActivity":
            yield from call_refusals(node, document, trial=trial)
        if node.tag == "businessRuleTask":
            yield from decision_refusals(node, document)


def start_refusals(process: Process) -> Iterator[Refusal]:
    """Each process and sub-process begins at exactly one start event."""
    containers = [process.id, *(node.id for node in process.nodes.values() if node.tag == "subProcess")]
    for owner in containers:
        starts = [node for node in process.nodes.values() if node.parent == owner and node.tag == "startEvent"]
        if not starts:
            yield refuse("no-start", owner)
        elif len(starts) > 1:
            yield refuse("many-starts", starts[1].id, first=starts[0].id)
        elif owner != process.id and starts[0].events:
            yield refuse("event-unsupported", starts[0].id, event=starts[0].events[0].kind, tag="startEvent")


def node_refusals(node: Node, process: Process) -> Iterator[Refusal]:
    if node.tag not in ACTIVITIES | GATEWAYS | EVENTS.keys():
        yield refuse("element-unsupported", node.id, tag=node.tag)
        return
    if node.triggered_by_event:
        yield refuse("element-unsupported", node.id, tag="eventSubProcess")
    if node.attributes.get("isForCompensation") in ("true", "1"):
        yield refuse("element-unsupported", node.id, tag="compensation")
    for attribute in ("startQuantity", "completionQuantity"):
        if node.attributes.get(attribute, "1") != "1":
            yield refuse("quantity-unsupported", node.id, attribute=attribute)
    yield from event_refusals(node, process)
    yield from loop_refusals(node)
    yield from flow_refusals(node, process)


def event_refusals(node: Node, process: Process) -> Iterator[Refusal]:
    if node.tag not in EVENTS:
        return
    kinds = [event.kind for event in node.events] or ["none"]
    if len(kinds) > 1:
        yield refuse("many-event-definitions", node.id)
    elif kinds[0] not in EVENTS[node.tag]:
        yield refuse("event-unsupported", node.id, event=kinds[0], tag=node.tag)
    elif kinds[0] in ("message", "signal") and node.tag in HEARING and node.events[0].ref is None:
        yield refuse("message-missing", node.id)
    elif kinds[0] == "timer" and node.events[0].timer is None:
        yield refuse("timer-missing", node.id)
    if node.tag == "boundaryEvent":
        yield from boundary_refusals(node, process)


def boundary_refusals(node: Node, process: Process) -> Iterator[Refusal]:
    host = process.nodes[node.attached_to or ""]
    if host.tag not in ACTIVITIES or host.parent != node.parent:
        yield refuse("boundary-host", node.id, host=host.id)
    elif any(process.nodes[process.flows[flow].source].tag == "eventBasedGateway" for flow in host.incoming):
        yield refuse("boundary-after-event-gateway", node.id, host=host.id)
    elif any(event.kind in ("error", "escalation") for event in node.events) and host.tag not in HOLDING:
        yield refuse("boundary-host", node.id, host=host.id)
    if any(event.kind == "error" for event in node.events) and not node.interrupting:
        yield refuse("event-unsupported", node.id, event="error", tag=node.tag)
    if node.incoming:
        yield refuse("flow-into-event", node.id)


def loop_refusals(node: Node) -> Iterator[Refusal]:
    if node.loop is None:
        return
    if node.tag not in ACTIVITIES or node.loop.kind == "standard":
        yield refuse("loop-unsupported", node.id, loop=node.loop.kind)
    elif node.loop.cardinality is None and node.loop.collection is None:
        yield refuse("loop-without-count", node.id)


def flow_refusals(node: Node, process: Process) -> Iterator[Refusal]:
    """Conditions stand on the flows of XOR and OR gateways, all but the default, and nowhere else."""
    link = any(event.kind == "link" for event in node.events)
    begins = node.tag == "startEvent" or (link and node.tag == "intermediateCatchEvent")
    if not node.incoming and not begins and node.tag != "boundaryEvent":
        yield refuse("no-incoming", node.id, tag=node.tag)
    if begins and node.incoming:
        yield refuse("flow-into-event", node.id)
    if (node.tag == "endEvent" or (link and not begins)) and node.outgoing:
        yield refuse("flow-out-of-end", node.id)
    if node.tag == "eventBasedGateway":
        yield from event_gateway_refusals(node, process)
    for flow in (process.flows[name] for name in node.outgoing):
        if node.tag not in CHOOSING and flow.condition is not None:
            yield refuse("conditional-flow", flow.id, source=node.id)
        if node.tag in CHOOSING and len(node.outgoing) > 1 and flow.condition is None and flow.id != node.default:
            yield refuse("no-condition", flow.id, source=node.id)


def event_gateway_refusals(node: Node, process: Process) -> Iterator[Refusal]:
    targets = [process.nodes[process.flows[name].target] for name in node.outgoing]
    if not targets:
        yield refuse("no-outgoing", node.id, tag=node.tag)
    for target in targets:
        link = any(event.kind == "link" for event in target.events)
        if target.tag not in ("intermediateCatchEvent", "receiveTask") or target.loop is not None or link:
            yield refuse("event-gateway-target", target.id, gateway=node.id, tag=target.tag)


def link_refusals(process: Process) -> Iterator[Refusal]:
    """Every link that is thrown is caught once, in the same process or sub-process."""
    caught: dict[tuple[str, str | None], str] = {}
    links = [node for node in process.nodes.values() if any(event.kind == "link" for event in node.events)]
    for node in (each for each in links if each.tag == "intermediateCatchEvent"):
        first = caught.setdefault((node.parent, node.events[0].name), node.id)
        if first != node.id:
            yield refuse("link-repeated", node.id, first=first)
    thrown = {(node.parent, node.events[0].name): node for node in links if node.tag == "intermediateThrowEvent"}
    for place in thrown.keys() - caught.keys():
        yield refuse("link-missing", thrown[place].id, link=place[1])
    for place in caught.keys() - thrown.keys():
        yield refuse("link-missing", caught[place], link=place[1])


def decision_refusals(node: Node, document: Document) -> Iterator[Refusal]:
    """A business rule task has its decision in the file, and names a variable only for a single output."""
    if node.decision not in document.decisions:
        yield refuse("decision-missing", node.id, decision=node.decision)
        return
    try:
        read = read_decision(document.decisions[node.decision or ""].element)
    except DecisionError as error:
        yield Refusal(error.code, node.id, {**error.facts})
        return
    if node.result is not None and len(read.outputs) > 1:
        yield refuse("decision-result", node.id, decision=node.decision, result=node.result)


def call_refusals(node: Node, document: Document, *, trial: bool) -> Iterator[Refusal]:
    if node.called is None or node.called not in document.processes:
        if node.goto != COMPLAINT and not (trial and node.called is not None):
            code = node.goto.removeprefix("call:") if node.goto else node.called
            yield refuse("called-process-missing", node.id, called=code)
    elif any(reaches(document, node.called, process) for process in containing(document, node)):
        yield refuse("call-cycle", node.id, called=node.called)


def containing(document: Document, node: Node) -> list[str]:
    return [process.id for process in document.processes.values() if node.id in process.nodes]


def calls(document: Document, process_id: str) -> set[str]:
    """Ids of the processes of the file that a process calls."""
    nodes = document.processes[process_id].nodes.values()
    return {node.called for node in nodes if node.called is not None and node.called in document.processes}


def reaches(document: Document, start: str, goal: str) -> bool:
    """Whether `goal` is `start` or is called from it, directly or not."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(calls(document, name))
    return goal in seen
