"""A link event has its other half, one that catches for all that throw, and no flow beside it."""

from collections.abc import Iterator

from bpmn.elements import Node
from bpmn.findings import Finding
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error

OTHER = {"intermediateThrowEvent": "intermediateCatchEvent", "intermediateCatchEvent": "intermediateThrowEvent"}

Half = tuple[str, str, str | None]


def find(case: Case) -> Iterator[Finding]:
    halves: dict[Half, Node] = {}
    for node in case.nodes.values():
        for event in node.events:
            if event.kind == "link":
                yield from repeated(node, halves.setdefault((node.tag, node.parent, event.name), node))
    for node in case.nodes.values():
        for event in node.events:
            if event.kind == "link":
                if (OTHER.get(node.tag, ""), node.parent, event.name) not in halves:
                    yield missing(node, event.name or "")
                yield from beside(node)


def repeated(node: Node, first: Node) -> Iterator[Finding]:
    if node is not first and node.tag == "intermediateCatchEvent":
        yield error("link-repeated", element=node.id, line=node.line, first=first.id)


def missing(node: Node, name: str) -> Finding:
    return error("ref-missing", element=node.id, line=node.line, attribute="linkEventDefinition", ref=name[:255])


def beside(node: Node) -> Iterator[Finding]:
    """The link is the way: no flow leads to its second half or from its first."""
    if node.tag == "intermediateCatchEvent" and node.incoming:
        yield error("flow-into-event", element=node.id, line=node.line, tag=node.tag)
    if node.tag == "intermediateThrowEvent" and node.outgoing:
        yield error("flow-out-of-end", element=node.id, line=node.line)


RULE = Rule(("ref-missing", "link-repeated", "flow-into-event", "flow-out-of-end"), find)
