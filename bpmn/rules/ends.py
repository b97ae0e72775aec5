"""A process ends at end events; nothing else just stops, and no flow enters a start or leaves an end."""

from collections.abc import Iterator

from bpmn.document.names import GATEWAYS
from bpmn.elements import Node
from bpmn.findings import Finding
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error, warning


def find(case: Case) -> Iterator[Finding]:
    for scope in case.scopes.values():
        members = [case.nodes[name] for name in scope.nodes]
        if members and not any(node.tag == "endEvent" for node in members):
            host = case.nodes.get(scope.id)
            yield error("no-end", element=scope.id, line=case.process.line if host is None else host.line)
    for node in case.nodes.values():
        yield from stopping(node)
        if node.tag == "endEvent" and node.outgoing:
            yield error("flow-out-of-end", element=node.id, line=node.line)
        if node.tag in ("startEvent", "boundaryEvent") and node.incoming:
            yield error("flow-into-event", element=node.id, line=node.line, tag=node.tag)


def stopping(node: Node) -> Iterator[Finding]:
    """A gateway must lead on; a task or event without a way out ends the case silently."""
    if node.outgoing or node.tag == "endEvent" or node.triggered_by_event:
        return
    if any(event.kind in ("link", "compensation") for event in node.events):
        return
    say = error if node.tag in GATEWAYS else warning
    yield say("no-outgoing", element=node.id, line=node.line, tag=node.tag, name=node.name)


RULE = Rule(("no-end", "no-outgoing", "flow-out-of-end", "flow-into-event"), find)
