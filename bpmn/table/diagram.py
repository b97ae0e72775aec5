"""A BPMN process read as a flow of steps: what the projection to the table needs, straight from the XML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from bpmn.dialect.values import extension
from bpmn.dialect.words import bpmn_tag

TESTED = re.compile(r"""^\s*ket_qua\(\s*["'][^"']*["']\s*\)\s*==\s*["'](.*)["']\s*$""", re.DOTALL)
BRANCHING = frozenset({"exclusiveGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"})


@dataclass(frozen=True, slots=True)
class Arrow:
    """A sequence flow of the document."""

    id: str
    source: str
    target: str
    element: etree._Element

    @property
    def condition(self) -> str:
        """The outcome that the flow stands for: its name, else what its condition compares with, else the condition."""
        name = self.element.get("name")
        if name is not None:
            return name
        written = self.element.findtext(bpmn_tag("conditionExpression")) or ""
        tested = TESTED.match(written)
        return tested[1] if tested else written.strip()


@dataclass
class Diagram:
    """One process: its nodes by id in document order, sub-processes opened, and the flows between them."""

    process: etree._Element
    nodes: dict[str, etree._Element] = field(default_factory=dict)
    going: dict[str, list[Arrow]] = field(default_factory=dict)
    coming: dict[str, list[Arrow]] = field(default_factory=dict)
    timers: dict[str, list[str]] = field(default_factory=dict)  # host → its interrupting timers

    def kind(self, node: str) -> str:
        return str(etree.QName(self.nodes[node]).localname)

    def is_step(self, node: str) -> bool:
        """Whether a node is a row of the table: a task or call that is no wait and no called ending."""
        element, kind = self.nodes[node], self.kind(node)
        if extension(element, "wait") is not None or extension(element, "call") is not None:
            return False
        return (
            kind == "task" or kind.endswith("Task") or kind == "callActivity" or extension(element, "step") is not None
        )

    def default(self, node: str) -> str | None:
        return self.nodes[node].get("default")


def diagram_of(process: etree._Element) -> Diagram:
    diagram = Diagram(process)
    for element in elements_of(process):
        diagram.nodes[element.get("id", "")] = element
    for flow in process.iter(bpmn_tag("sequenceFlow")):
        arrow = Arrow(flow.get("id", ""), flow.get("sourceRef", ""), flow.get("targetRef", ""), flow)
        if arrow.source in diagram.nodes and arrow.target in diagram.nodes:
            diagram.going.setdefault(arrow.source, []).append(arrow)
            diagram.coming.setdefault(arrow.target, []).append(arrow)
    for node, element in diagram.nodes.items():
        if diagram.kind(node) == "boundaryEvent" and is_silence(element):
            diagram.timers.setdefault(element.get("attachedToRef", ""), []).append(node)
    return diagram


def elements_of(process: etree._Element) -> Iterator[etree._Element]:
    """All flow nodes with an id, in document order; those of a sub-process behind it."""
    for element in process.iter(f"{bpmn_tag('*')}"):
        name = str(etree.QName(element).localname)
        known = name.endswith(("Task", "Event", "Gateway")) or name in (
            "task",
            "callActivity",
            "subProcess",
            "transaction",
        )
        if known and element is not process and element.get("id"):
            yield element


def is_silence(element: etree._Element) -> bool:
    """Whether a boundary event is an interrupting timer."""
    timer = element.find(bpmn_tag("timerEventDefinition"))
    return timer is not None and element.get("cancelActivity") != "false"


def flow_order(diagram: Diagram) -> list[str]:
    """The nodes as a case meets them on its normal way; those that no way reaches come last, in document order.

    Reverse post-order of a depth-first walk that goes the default way first: members of a parallel group come before
    their join, and a send-back changes nothing.
    """
    starts = [node for node in diagram.nodes if not diagram.coming.get(node) and diagram.kind(node) != "boundaryEvent"]
    finished: list[str] = []
    seen: set[str] = set()
    for start in reversed(starts):
        walk(diagram, start, seen=seen, finished=finished)
    order = finished[::-1]
    return order + [node for node in diagram.nodes if node not in seen]


def walk(diagram: Diagram, start: str, *, seen: set[str], finished: list[str]) -> None:
    if start in seen:
        return
    seen.add(start)
    stack = [(start, iter(onward(diagram, start)))]
    while stack:
        node, targets = stack[-1]
        target = next((target for target in targets if target not in seen), None)
        if target is None:
            finished.append(node)
            stack.pop()
        else:
            seen.add(target)
            stack.append((target, iter(onward(diagram, target))))


def onward(diagram: Diagram, node: str) -> list[str]:
    """Where a case goes from a node: the default way first, then the others from the last to the first."""
    arrows = diagram.going.get(node, [])
    default = diagram.default(node)
    ways = [arrow for arrow in arrows if arrow.id == default]
    ways += reversed([arrow for arrow in arrows if arrow.id != default])
    inner = [child.get("id", "") for child in diagram.nodes[node].iterchildren(bpmn_tag("startEvent"))]
    timers = [arrow.target for timer in diagram.timers.get(node, []) for arrow in diagram.going.get(timer, [])]
    return [arrow.target for arrow in ways] + timers + [start for start in inner if start in diagram.nodes]
