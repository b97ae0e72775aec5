"""A process element becomes a `Process`: nodes, flows and lanes, each resolved to what it belongs to."""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from bpmn.dialect import read_choice, read_clock, read_goto, read_head, read_inputs, read_step
from bpmn.document.events import Roots, read_events, read_loop
from bpmn.document.names import ACTIVITIES, FLOW_NODES, SUBPROCESSES, content, local, plain, q, reference
from bpmn.elements import Flow, Lane, Node, Process
from bpmn.source import line_number


@dataclass(slots=True)
class Parts:
    """The elements of one process while it is being read.

    Nodes come with the id of their container, lanes with that of the outer lane, `nested` are the sub-processes with
    their depth (1 directly in the process).
    """

    process: etree._Element
    nodes: list[tuple[etree._Element, str]] = field(default_factory=list)
    flows: list[etree._Element] = field(default_factory=list)
    lanes: list[tuple[etree._Element, str | None]] = field(default_factory=list)
    nested: list[tuple[etree._Element, int]] = field(default_factory=list)


def collect(process: etree._Element) -> Parts:
    """List nodes, flows and lanes in document order of each container, without recursion."""
    parts = Parts(process)
    waiting = deque([(process, 0)])
    while waiting:
        container, level = waiting.popleft()
        owner = container.get("id", "")
        for child in container.iterchildren(q("*")):
            tag = local(child)
            if tag in FLOW_NODES:
                parts.nodes.append((child, owner))
            elif tag == "sequenceFlow":
                parts.flows.append(child)
            elif tag == "laneSet":
                parts.lanes.extend(lanes_of(child))
            if tag in SUBPROCESSES:
                parts.nested.append((child, level + 1))
                waiting.append((child, level + 1))
    return parts


def lanes_of(lane_set: etree._Element) -> Iterator[tuple[etree._Element, str | None]]:
    """Lanes of a set, outer before inner, with the outer lane's id."""
    waiting: deque[tuple[etree._Element, str | None]] = deque([(lane_set, None)])
    while waiting:
        group, outer = waiting.popleft()
        for lane in group.iterchildren(q("lane")):
            yield lane, outer
            waiting.extend((child, lane.get("id")) for child in lane.iterchildren(q("childLaneSet")))


def build_process(parts: Parts, roots: Roots) -> Process:
    """Build one process. Asks for unique ids; flows may still lead nowhere."""
    process = parts.process
    flows = {flow.id: flow for flow in (read_flow(element) for element in parts.flows)}
    lanes = {lane.id: lane for lane in (read_lane(element, outer) for element, outer in parts.lanes)}
    reader = NodeReader(roots, flows, lanes)
    nodes = {element.get("id", ""): reader.read(element, owner) for element, owner in parts.nodes}
    return Process(
        id=process.get("id", ""),
        name=plain(process.get("name")),
        line=line_number(process),
        executable=process.get("isExecutable") not in ("false", "0"),
        nodes=nodes,
        flows=flows,
        lanes=lanes,
        head=read_head(process),
    )


def read_flow(element: etree._Element) -> Flow:
    return Flow(
        id=element.get("id", ""),
        source=reference(element.get("sourceRef")) or "",
        target=reference(element.get("targetRef")) or "",
        name=plain(element.get("name")),
        line=line_number(element),
        condition=content(element.find(q("conditionExpression"))),
        clock=read_clock(element, "branch"),
    )


def read_lane(element: etree._Element, outer: str | None) -> Lane:
    listed = (reference(child.text) for child in element.iterchildren(q("flowNodeRef")))
    nodes = tuple(name for name in listed if name is not None)
    return Lane(element.get("id", ""), plain(element.get("name")), line_number(element), nodes, outer)


class NodeReader:
    """Reads flow nodes of one process; holds what their references point at."""

    def __init__(self, roots: Roots, flows: Mapping[str, Flow], lanes: Mapping[str, Lane]) -> None:
        self.roots = roots
        self.incoming: dict[str, list[str]] = defaultdict(list)
        self.outgoing: dict[str, list[str]] = defaultdict(list)
        for flow in flows.values():
            self.outgoing[flow.source].append(flow.id)
            self.incoming[flow.target].append(flow.id)
        self.lane = {node: lane.id for lane in lanes.values() for node in lane.nodes}

    def read(self, element: etree._Element, owner: str) -> Node:
        identifier, tag = element.get("id", ""), local(element)
        decision, result = read_choice(element) if tag == "businessRuleTask" else (None, None)
        return Node(
            id=identifier,
            tag=tag,
            name=plain(element.get("name")),
            parent=owner,
            line=line_number(element),
            lane=self.lane.get(identifier),
            incoming=tuple(self.incoming.get(identifier, ())),
            outgoing=tuple(self.outgoing.get(identifier, ())),
            default=reference(element.get("default")),
            attached_to=reference(element.get("attachedToRef")),
            interrupting=is_interrupting(element, tag),
            events=read_events(element, self.roots),
            loop=read_loop(element),
            called=called(element),
            message=reference(element.get("messageRef")),
            documentation=content(element.find(q("documentation"))),
            triggered_by_event=element.get("triggeredByEvent") in ("true", "1"),
            step=read_step(element) if tag in ACTIVITIES else None,
            clock=read_clock(element) if tag == "receiveTask" else None,
            attributes={str(key): str(value) for key, value in element.attrib.items()},
            inputs=read_inputs(element) if tag in ("subProcess", "callActivity") else (),
            goto=read_goto(element) if tag == "callActivity" else None,
            decision=decision,
            result=result,
        )


def is_interrupting(element: etree._Element, tag: str) -> bool:
    attribute = "cancelActivity" if tag == "boundaryEvent" else "isInterrupting"
    return element.get(attribute) not in ("false", "0")


def called(element: etree._Element) -> str | None:
    """The called process: a prefix that the file declares is dropped, anything else stays as written."""
    text = (element.get("calledElement") or "").strip()
    prefix, colon, name = text.partition(":")
    return (name if colon and prefix in element.nsmap else text) or None
