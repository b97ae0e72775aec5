"""Whether somebody has placed a diagram's elements by hand."""

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from bpmn.layout.arrange import add_diagram
from bpmn.layout.names import BPMN, BPMNDI, DC, DI

Numbers = tuple[float, ...]
PIXEL = 1.0


def is_drawn(root: etree._Element) -> bool:
    """Claim that a document has a diagram, and another one than `add_diagram` would give it.

    Other tools round: what lies within a pixel of our place was not moved.
    """
    if root.find(f"{{{BPMNDI}}}BPMNDiagram") is None:
        return False
    ours = deepcopy(root)
    add_diagram(ours)
    mine, found = places(ours), places(root)
    return len(mine) != len(found) or not all(map(near, mine, found))


def near(mine: Mapping[str, list[Numbers]], found: Mapping[str, list[Numbers]]) -> bool:
    return mine.keys() == found.keys() and all(
        [len(place) for place in mine[name]] == [len(place) for place in found[name]]
        and all(
            abs(a - b) <= PIXEL
            for one, other in zip(mine[name], found[name], strict=True)
            for a, b in zip(one, other, strict=True)
        )
        for name in mine
    )


def not_drawn(root: etree._Element) -> frozenset[str]:
    """The ids of a document that no shape or edge of it shows."""
    shown = {(drawn.get("bpmnElement") or "").rpartition(":")[2] for drawn in root.iter(f"{{{BPMNDI}}}*")}
    return frozenset(element.get("id", "") for element in root.iter(f"{{{BPMN}}}*")) - shown


def places(root: etree._Element) -> list[Mapping[str, list[Numbers]]]:
    """The bounds and way points of each diagram by the id of their element, those of labels included."""
    return [
        {drawn.get("bpmnElement", ""): numbers(drawn) for drawn in diagram.iter("*") if drawn.get("bpmnElement")}
        for diagram in root.iterfind(f"{{{BPMNDI}}}BPMNDiagram")
    ]


def numbers(drawn: etree._Element) -> list[Numbers]:
    if drawn.tag == f"{{{BPMNDI}}}BPMNPlane":
        return []
    found = drawn.iter(f"{{{DC}}}Bounds", f"{{{DI}}}waypoint")
    return [tuple(number(place.get(key)) for key in ("x", "y", "width", "height")) for place in found]


def number(text: str | None) -> float:
    try:
        return round(float(text or "0"), 1)
    except ValueError:
        return 0.0
