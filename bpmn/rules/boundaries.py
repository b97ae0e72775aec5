"""Boundary events stand on an activity that waits, in the same process part."""

from collections.abc import Iterator

from bpmn.document.names import ACTIVITIES
from bpmn.elements import Node
from bpmn.findings import Finding
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error


def find(case: Case) -> Iterator[Finding]:
    for node in case.nodes.values():
        host = case.nodes.get(node.attached_to or "")
        if node.tag == "boundaryEvent" and host is not None:
            yield from on_host(case, node, host)


def on_host(case: Case, node: Node, host: Node) -> Iterator[Finding]:
    if host.tag not in ACTIVITIES or host.parent != node.parent:
        yield error("boundary-host", element=node.id, line=node.line, host=host.id, tag=host.tag)
    elif any(case.nodes[case.process.flows[name].source].tag == "eventBasedGateway" for name in host.incoming):
        yield error("boundary-after-event-gateway", element=node.id, line=node.line, host=host.id)


RULE = Rule(("boundary-host", "boundary-after-event-gateway"), find)
