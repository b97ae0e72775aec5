"""Only elements and events that the engine runs as BPMN means them; everything else is refused with its reason."""

from collections.abc import Iterator, Mapping

from bpmn.elements import Node
from bpmn.findings import Finding
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error

UNSUPPORTED: Mapping[str, str] = {
    "complexGateway": "complex",
    "serviceTask": "service",
    "transaction": "transaction",
    "adHocSubProcess": "adhoc",
    "implicitThrowEvent": "implicit",
    "choreographyTask": "choreography",
    "subChoreography": "choreography",
    "callChoreography": "choreography",
}
EVENTS: Mapping[str, frozenset[str]] = {
    "startEvent": frozenset({"none", "timer", "message", "signal"}),
    "endEvent": frozenset({"none", "terminate", "message", "signal", "error", "escalation"}),
    "intermediateCatchEvent": frozenset({"timer", "message", "signal", "link"}),
    "intermediateThrowEvent": frozenset({"none", "message", "signal", "escalation", "link"}),
    "boundaryEvent": frozenset({"timer", "message", "signal", "error", "escalation"}),
}
OUTWARDS = frozenset({"error", "escalation"})
"""Events that only come from inside an activity which holds a process."""
HOLDING = frozenset({"subProcess", "callActivity"})


def find(case: Case) -> Iterator[Finding]:
    yield from several(case)
    for node in case.nodes.values():
        reason = "event-subprocess" if node.triggered_by_event else UNSUPPORTED.get(node.tag)
        if reason is not None:
            yield error("element-unsupported", element=node.id, line=node.line, tag=node.tag, reason=reason)
        if node.attributes.get("isForCompensation") in ("true", "1"):
            yield error("element-unsupported", element=node.id, line=node.line, tag=node.tag, reason="compensation")
        for attribute in ("startQuantity", "completionQuantity"):
            if node.attributes.get(attribute, "1") != "1":
                yield error("quantity-unsupported", element=node.id, line=node.line, attribute=attribute)
        yield from events(node, case)


def several(case: Case) -> Iterator[Finding]:
    """One case runs one process: of several that no other calls nobody could say which."""
    called = {node.called for process in case.document.processes.values() for node in process.nodes.values()}
    filled = [process for process in case.document.processes.values() if process.executable and process.nodes]
    outer = [process for process in filled if process.id not in called]
    if case.process in outer[1:]:
        names = [process.id for process in outer]
        yield error("many-processes", element=case.process.id, line=case.process.line, processes=names)


def events(node: Node, case: Case) -> Iterator[Finding]:
    supported = EVENTS.get(node.tag)
    if supported is None:
        return
    kinds = [event.kind for event in node.events] or ["none"]
    if len(kinds) > 1:
        yield error("many-event-definitions", element=node.id, line=node.line, count=len(kinds))
    nested = node.tag == "startEvent" and node.parent != case.process.id
    refused = [kind for kind in kinds if kind not in supported or (nested and kind != "none")]
    if node.tag == "boundaryEvent":
        host = case.nodes[node.attached_to or ""]
        if not HOLDING.issuperset({host.tag}) and OUTWARDS.intersection(kinds):
            yield error("boundary-host", element=node.id, line=node.line, host=host.id, tag=host.tag)
        if "error" in kinds and not node.interrupting:
            refused.append("error")
    if refused:
        yield error("event-unsupported", element=node.id, line=node.line, tag=node.tag, event=refused[0])


RULE = Rule(
    (
        "element-unsupported",
        "event-unsupported",
        "many-event-definitions",
        "quantity-unsupported",
        "many-processes",
        "boundary-host",
    ),
    find,
)
