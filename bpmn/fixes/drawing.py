"""The drawing: what has no place on a page is placed anew."""

from lxml import etree

from bpmn.document import Document
from bpmn.document.names import BPMNDI, DC, DI, reference
from bpmn.findings import Finding
from bpmn.fixes.mending import Fix, redraw
from bpmn.rules.drawing import fits


def placed_anew(root: etree._Element, document: Document, finding: Finding) -> bool:
    """Shapes and edges out of bounds go, with the edges of such shapes, and are drawn where there is room."""
    lost = set()
    for drawn in list(root.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge")):
        points = drawn.iter(f"{{{DC}}}Bounds", f"{{{DI}}}waypoint")
        if any(not fits(point, key) for point in points for key in ("x", "y", "width", "height")):
            parent = drawn.getparent()
            if parent is not None:
                lost.add(reference(drawn.get("bpmnElement")))
                parent.remove(drawn)
    if lost:
        redraw(root)
    return bool(lost)


FIXES = {"di-bounds": Fix(placed_anew)}
