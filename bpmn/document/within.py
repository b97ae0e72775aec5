"""A document inside another: every id gets a prefix, so that two procedures may use the same ones."""

import re
from dataclasses import replace

from bpmn.document.model import Document
from bpmn.elements import EventDefinition, Flow, Lane, Loop, Node, Process

ASKED = re.compile(r"""(ket_qua\s*\(\s*["'])|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")
"""The beginning of a question for an outcome; any other text in quotes is passed over whole."""


def within(document: Document, prefix: str) -> Document:
    """Return the processes, messages and decisions of a document with `prefix` before each id.

    What conditions ask about outcomes follows.  The XML tree stays as it is.
    """
    return replace(
        document,
        processes={prefix + name: process_within(process, prefix) for name, process in document.processes.items()},
        messages={prefix + name: text for name, text in document.messages.items()},
        decisions={
            prefix + name: replace(each, prefix=prefix + each.prefix) for name, each in document.decisions.items()
        },
        participants={},
        message_flows={},
    )


def process_within(process: Process, prefix: str) -> Process:
    return replace(
        process,
        id=prefix + process.id,
        nodes={prefix + name: node_within(node, prefix) for name, node in process.nodes.items()},
        flows={prefix + name: flow_within(flow, prefix) for name, flow in process.flows.items()},
        lanes={prefix + name: lane_within(lane, prefix) for name, lane in process.lanes.items()},
    )


def node_within(node: Node, prefix: str) -> Node:
    return replace(
        node,
        id=prefix + node.id,
        parent=prefix + node.parent,
        lane=before(prefix, node.lane),
        incoming=tuple(prefix + flow for flow in node.incoming),
        outgoing=tuple(prefix + flow for flow in node.outgoing),
        default=before(prefix, node.default),
        attached_to=before(prefix, node.attached_to),
        called=before(prefix, node.called),
        message=before(prefix, node.message),
        decision=before(prefix, node.decision),
        events=tuple(event_within(event, prefix) for event in node.events),
        loop=None if node.loop is None else loop_within(node.loop, prefix),
        inputs=tuple((name, asking(text, prefix) or "") for name, text in node.inputs),
    )


def event_within(event: EventDefinition, prefix: str) -> EventDefinition:
    return replace(event, ref=before(prefix, event.ref))


def loop_within(loop: Loop, prefix: str) -> Loop:
    return replace(
        loop,
        cardinality=asking(loop.cardinality, prefix),
        collection=asking(loop.collection, prefix),
        completion=asking(loop.completion, prefix),
        condition=asking(loop.condition, prefix),
    )


def flow_within(flow: Flow, prefix: str) -> Flow:
    return replace(
        flow,
        id=prefix + flow.id,
        source=prefix + flow.source,
        target=prefix + flow.target,
        condition=asking(flow.condition, prefix),
    )


def lane_within(lane: Lane, prefix: str) -> Lane:
    nodes = tuple(prefix + node for node in lane.nodes)
    return replace(lane, id=prefix + lane.id, nodes=nodes, parent=before(prefix, lane.parent))


def asking(text: str | None, prefix: str) -> str | None:
    """The expression with every element it asks about named with the prefix."""
    return None if text is None else ASKED.sub(lambda match: match[0] + prefix if match[1] else match[0], text)


def before(prefix: str, name: str | None) -> str | None:
    return None if name is None else prefix + name
