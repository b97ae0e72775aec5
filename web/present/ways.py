"""Where a step leads: the next steps a person would name, gateways looked through."""

from collections.abc import Iterator
from dataclasses import dataclass

from bpmn.elements import Flow, Node, Process

FURTHEST = 12  # gateways in a row


@dataclass(frozen=True, slots=True)
class Way:
    """`condition` is what stands on the branch, empty for the normal way; `node` a task or an event."""

    condition: str
    node: Node


def ways_on(process: Process, element: str) -> list[Way]:
    """The steps that may follow an element, in the order of the drawing, each named once; boundary events too."""
    found: dict[tuple[str, str], Way] = {}
    attached = [node.id for node in process.nodes.values() if node.attached_to == element]
    for origin in (element, *attached):
        for way in _follow(process, origin, process.nodes[origin].name if origin != element else "", FURTHEST):
            found.setdefault((way.condition, way.node.id), way)
    return list(found.values())


def _follow(process: Process, element: str, condition: str, left: int) -> Iterator[Way]:
    node = process.nodes.get(element)
    for flow_id in node.outgoing if node else ():
        flow = process.flows[flow_id]
        target = process.nodes[flow.target]
        said = condition or _said(flow, process.nodes[flow.source])
        if target.tag.endswith("Gateway") and left:
            yield from _follow(process, target.id, said, left - 1)
        else:
            yield Way(said, target)


def _said(flow: Flow, source: Node) -> str:
    """What a flow says; a default flow is the normal way and says nothing."""
    return "" if flow.id == source.default else flow.name
