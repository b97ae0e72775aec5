"""Flows: a gateway where a step splits, an end where a way stops."""

from lxml import etree

from bpmn.document import Document
from bpmn.document.names import q
from bpmn.findings import Finding
from bpmn.fixes.mending import (
    Fix,
    by_id,
    is_tag,
    listed,
    new_id,
    node_of,
    put_out,
    redraw,
    retarget,
    sit_with,
    undraw,
)


def split_in_parallel(root: etree._Element, document: Document, finding: Finding) -> bool:
    """Several flows out of a step are all taken: a parallel gateway says so."""
    return insert_gateway(root, document, finding.element, "parallelGateway")


def decide_at_gateway(root: etree._Element, document: Document, finding: Finding) -> bool:
    """Conditions move behind an exclusive gateway; one on an only way decides nothing and goes."""
    found = node_of(document, str(finding.facts.get("source")))
    if found is None:
        return False
    process, node = found
    if len(node.outgoing) == 1:
        flow = by_id(root, finding.element)
        if flow is None:
            return False
        put_out(flow, "conditionExpression")
        return True
    unconditional = [name for name in node.outgoing if process.flows[name].condition is None]
    return insert_gateway(root, document, node.id, "exclusiveGateway", default=next(iter(unconditional), None))


def insert_gateway(
    root: etree._Element, document: Document, source: str | None, tag: str, default: str | None = None
) -> bool:
    """Put a gateway between a node and all its ways."""
    element, found = by_id(root, source), node_of(document, source)
    if element is None or found is None or source is None or len(found[1].outgoing) < 2:
        return False
    gateway = etree.Element(q(tag), id=new_id(root, f"{source}_split"))
    if default is not None:
        gateway.set("default", default)
    element.attrib.pop("default", "")
    element.addnext(gateway)
    for name in found[1].outgoing:
        flow = by_id(root, name)
        if flow is not None:
            flow.set("sourceRef", str(gateway.get("id")))
        retarget(element, "outgoing", name, None)
    connect(root, source, str(gateway.get("id")))
    sit_with(root, source, str(gateway.get("id")))
    undraw(root, set(found[1].outgoing))
    redraw(root)
    return True


def connect(root: etree._Element, source: str, target: str) -> None:
    """Add a flow behind the source, and list it where the source lists its flows."""
    start = by_id(root, source)
    if start is None:
        return
    name = new_id(root, f"flow_{source}")
    start.addnext(etree.Element(q("sequenceFlow"), id=name, sourceRef=source, targetRef=target))
    incoming = list(listed(start, "incoming"))
    if incoming:
        outgoing = etree.Element(q("outgoing"))
        outgoing.text = name
        incoming[-1].addnext(outgoing)


def lead_to_end(root: etree._Element, document: Document, finding: Finding) -> bool:
    """What has no way on leads to the first end beside it, or to a new one."""
    element, found = by_id(root, finding.element), node_of(document, finding.element)
    if element is None or found is None or found[1].outgoing or element.getparent() is None:
        return False
    process, node = found
    beside = [other.id for other in process.nodes.values() if other.parent == node.parent and other.tag == "endEvent"]
    target = beside[0] if beside else new_id(root, "end")
    if not beside:
        element.addnext(etree.Element(q("endEvent"), id=target))
        sit_with(root, node.id, target)
    connect(root, node.id, target)
    redraw(root)
    return not is_tag(element, "endEvent")


FIXES = {
    "implicit-split": Fix(split_in_parallel),
    "conditional-flow": Fix(decide_at_gateway),
    "no-outgoing": Fix(lead_to_end),
}
