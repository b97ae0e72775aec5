"""Only elements and events that the engine runs as BPMN means them; everything else is refused with its reason."""

from collections.abc import Iterator, Mapping

from bpmn.elements import Node
from bpmn.findings import Finding
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error

UNSUPPORTED: Mapping[str, str] = {
    "complexGateway": "complex",
    "serviceTask": "service",
    "businessRuleTask": "decision",
    "transaction": "transaction",
    "adHocSubProcess": "adhoc",
    "implicitThrowEvent": "implicit",
    "choreographyTask": "choreography",
    "subChoreography": "choreography",
    "callChoreography": "choreography",
}
EVENTS: Mapping[str, frozenset[str]] = {
    "startEvent": frozenset({"none", "timer", "message", "signal"}),
    "endEvent": frozenset({"none", "terminate", "message"}),
    "intermediateCatchEvent": frozenset({"timer", "message"}),
    "intermediateThrowEvent": frozenset({"none", "message"}),
    "boundaryEvent": frozenset({"timer", "message"}),
}


def find(case: Case) -> Iterator[Finding]:
    for node in case.nodes.values():
        reason = "event-subprocess" if node.triggered_by_event else UNSUPPORTED.get(node.tag)
        if reason is not None:
            yield error("element-unsupported", element=node.id, line=node.line, tag=node.tag, reason=reason)
        if node.attributes.get("isForCompensation") in ("true", "1"):
            yield error("element-unsupported", element=node.id, line=node.line, tag=node.tag, reason="compensation")
        yield from events(node, case)


def events(node: Node, case: Case) -> Iterator[Finding]:
    supported = EVENTS.get(node.tag)
    if supported is None:
        return
    kinds = [event.kind for event in node.events] or ["none"]
    if len(kinds) > 1:
        yield error("many-event-definitions", element=node.id, line=node.line, count=len(kinds))
    nested = node.tag == "startEvent" and node.parent != case.process.id
    refused = [kind for kind in kinds if kind not in supported or (nested and kind != "none")]
    if refused:
        yield error("event-unsupported", element=node.id, line=node.line, tag=node.tag, event=refused[0])


RULE = Rule(("element-unsupported", "event-unsupported", "many-event-definitions"), find)
