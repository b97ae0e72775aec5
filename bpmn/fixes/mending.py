"""What a fix is, and how it finds its way in the XML."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from bpmn.document import Document
from bpmn.document.names import BPMNDI, content, local, q, reference
from bpmn.elements import Node, Process
from bpmn.findings import Finding
from bpmn.layout import place_missing

Mend = Callable[[etree._Element, Document, Finding], bool]
"""Changes the tree in place. False, with nothing changed, where the finding is not true of it."""


def always(finding: Finding) -> bool:
    """Fits every finding of a code."""
    return True


def with_fact(name: str) -> Callable[[Finding], bool]:
    """Fits the findings that have this fact."""
    return lambda finding: bool(finding.facts.get(name))


@dataclass(frozen=True, slots=True)
class Fix:
    """`fits` tells from the finding alone whether it can be mended, `mend` does it."""

    mend: Mend
    fits: Callable[[Finding], bool] = always


def by_id(root: etree._Element, identifier: str | None) -> etree._Element | None:
    """The element of the model with this id, never one of the drawing."""
    for element in root.iter(q("*")):
        if element.get("id") == identifier:
            return element
    return None


def node_of(document: Document, identifier: str | None) -> tuple[Process, Node] | None:
    for process in document.processes.values():
        if identifier in process.nodes:
            return process, process.nodes[identifier or ""]
    return None


def new_id(root: etree._Element, wanted: str) -> str:
    """An id that nothing has yet."""
    taken = {str(element.get("id")) for element in root.iter(etree.Element) if element.get("id")}
    number = 1
    while f"{wanted}_{number}" in taken:
        number += 1
    return f"{wanted}_{number}"


def put_out(element: etree._Element, name: str) -> None:
    """Remove the children of one name."""
    for child in element.findall(q(name)):
        element.remove(child)


def listed(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The `incoming` or `outgoing` children, which many tools leave out."""
    return element.iterchildren(q(name))


def retarget(element: etree._Element, name: str, was: str, now: str | None) -> None:
    """Let a listed flow be another one, or none."""
    for child in list(listed(element, name)):
        if reference(content(child)) == was and now is None:
            element.remove(child)
        elif reference(content(child)) == was:
            child.text = now


def undraw(root: etree._Element, identifiers: set[str]) -> None:
    """Take elements out of the drawing, so that they are placed anew."""
    for drawn in list(root.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge")):
        parent = drawn.getparent()
        if parent is not None and reference(drawn.get("bpmnElement")) in identifiers:
            parent.remove(drawn)


def redraw(root: etree._Element) -> None:
    """Draw what has no place yet, in a document that is drawn at all."""
    if root.find(f"{{{BPMNDI}}}BPMNDiagram") is not None:
        place_missing(root)


def sit_with(root: etree._Element, neighbour: str, newcomer: str) -> None:
    """Put a new node into the lane of another."""
    for listed_node in list(root.iter(q("flowNodeRef"))):
        if reference(content(listed_node)) == neighbour:
            lane = listed_node.getparent()
            if lane is not None:
                added = etree.Element(q("flowNodeRef"))
                added.text = newcomer
                lane.insert(lane.index(listed_node) + 1, added)
            return


def is_tag(element: etree._Element, *names: str) -> bool:
    return local(element) in names
