"""Conditions: a default for a decision, no condition where none is asked, an expression in our own language."""

from lxml import etree

from bpmn.document import Document
from bpmn.document.names import q
from bpmn.elements import Node, Process
from bpmn.findings import Finding
from bpmn.fixes.mending import Fix, by_id, node_of, put_out, with_fact
from bpmn.graph import back_edges, scopes


def choose_default(root: etree._Element, document: Document, finding: Finding) -> bool:
    """The way that goes on becomes the default: the first that does not lead back."""
    gateway, found = by_id(root, finding.element), node_of(document, finding.element)
    if gateway is None or found is None or gateway.get("default") or not found[1].outgoing:
        return False
    return make_default(root, gateway, onward(*found))


def onward(process: Process, node: Node) -> str:
    back = back_edges(scopes(process)[node.parent])
    ways = [name for name in node.outgoing if (node.id, process.flows[name].target) not in back]
    return (ways or list(node.outgoing))[0]


def make_default(root: etree._Element, gateway: etree._Element, flow: str) -> bool:
    way = by_id(root, flow)
    if way is None:
        return False
    gateway.set("default", flow)
    put_out(way, "conditionExpression")
    return True


def default_without_condition(root: etree._Element, document: Document, finding: Finding) -> bool:
    way = by_id(root, finding.element)
    if way is None or way.find(q("conditionExpression")) is None:
        return False
    put_out(way, "conditionExpression")
    return True


def default_instead_of_condition(root: etree._Element, document: Document, finding: Finding) -> bool:
    """A way without a condition is what the decision means by else."""
    gateway = by_id(root, str(finding.facts.get("gateway")))
    if gateway is None or gateway.get("default"):
        return False
    return make_default(root, gateway, finding.element or "")


def translated(root: etree._Element, document: Document, finding: Finding) -> bool:
    """The translation that the finding suggests takes the place of the expression."""
    element, wanted = by_id(root, finding.element), str(finding.facts.get("suggestion"))
    name = str(finding.facts.get("attribute"))
    places = [] if element is None else list(element.iter(q(name)))
    if not places:
        return False
    places[0].text = wanted
    places[0].attrib.pop("language", "")
    return True


FIXES = {
    "no-default": Fix(choose_default),
    "default-conditional": Fix(default_without_condition),
    "no-condition": Fix(default_instead_of_condition, with_fact("may_default")),
    "expression-syntax": Fix(translated, with_fact("suggestion")),
}
