"""What waits for or sends a message says which, and an event gateway leads to what waits."""

from collections.abc import Iterator

from bpmn.elements import Node
from bpmn.findings import Finding
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error, warning

WAITING = frozenset({"intermediateCatchEvent", "receiveTask"})


def find(case: Case) -> Iterator[Finding]:
    for node in case.nodes.values():
        yield from nameless(node)
        if node.tag == "eventBasedGateway":
            yield from targets(case, node)


def nameless(node: Node) -> Iterator[Finding]:
    """Waiting for no message would never end or never wait; sending none does no harm."""
    wordless = any(event.kind in ("message", "signal") and event.ref is None for event in node.events)
    if node.tag in ("receiveTask", "sendTask") and node.message is None:
        wordless = True
    if wordless:
        say = warning if node.tag in ("endEvent", "sendTask", "intermediateThrowEvent") else error
        yield say("message-missing", element=node.id, line=node.line, tag=node.tag, name=node.name)


def targets(case: Case, gateway: Node) -> Iterator[Finding]:
    for name in gateway.outgoing:
        target = case.nodes[case.process.flows[name].target]
        link = any(event.kind == "link" for event in target.events)
        if target.tag not in WAITING or target.loop is not None or link:
            yield error("event-gateway-target", element=target.id, line=target.line, gateway=gateway.id, tag=target.tag)


RULE = Rule(("message-missing", "event-gateway-target"), find)
