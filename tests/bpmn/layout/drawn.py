"""A written diagram, read back as plain rectangles and way points."""

from dataclasses import dataclass, field
from itertools import pairwise, product

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
WAY = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
Rectangle = tuple[float, float, float, float]


@dataclass
class Drawn:
    """The diagram as rectangles (left, top, right, bottom) and way points by the id of their element."""

    boxes: dict[str, Rectangle] = field(default_factory=dict)
    labels: dict[str, Rectangle] = field(default_factory=dict)
    ways: dict[str, list[tuple[float, float]]] = field(default_factory=dict)


def drawn(root: etree._Element) -> Drawn:
    result = Drawn()
    for shape in root.iter(DI + "BPMNShape", DI + "BPMNEdge"):
        element = shape.get("bpmnElement", "")
        assert element not in result.boxes, "drawn twice"
        assert element not in result.ways, "drawn twice"
        for bounds in shape.findall(DC + "Bounds"):
            result.boxes[element] = _rectangle(bounds)
        for bounds in shape.findall(f"{DI}BPMNLabel/{DC}Bounds"):
            result.labels[element] = _rectangle(bounds)
        if shape.tag == DI + "BPMNEdge":
            result.ways[element] = [(float(p.get("x", "")), float(p.get("y", ""))) for p in shape.findall(WAY)]
    return result


def _rectangle(bounds: etree._Element) -> Rectangle:
    x, y, width, height = (float(bounds.get(key, "")) for key in ("x", "y", "width", "height"))
    assert width > 0
    assert height > 0
    return x, y, x + width, y + height


def meet(one: Rectangle, other: Rectangle) -> bool:
    """Claim that two rectangles share more than what rounding to a tenth of a pixel explains."""
    return min(one[2], other[2]) - max(one[0], other[0]) > 0.25 and min(one[3], other[3]) - max(one[1], other[1]) > 0.25


def through(way: list[tuple[float, float]], box: Rectangle) -> bool:
    """Claim that an edge runs through a rectangle."""
    inner = box[0] + 0.3, box[1] + 0.3, box[2] - 0.3, box[3] - 0.3
    for (x1, y1), (x2, y2) in pairwise(way):
        assert x1 == x2 or y1 == y2, "a slanting edge"
        if min(x1, x2) < inner[2] and max(x1, x2) > inner[0] and min(y1, y2) < inner[3] and max(y1, y2) > inner[1]:
            return True
    return False


def along(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> bool:
    """Claim that two edges share a stretch of their ways, not only a point."""
    for here, there in product(pairwise(one), pairwise(other)):
        for axis in (0, 1):
            level = {point[axis] for point in (*here, *there)}
            low = max(min(p[1 - axis] for p in here), min(p[1 - axis] for p in there))
            high = min(max(p[1 - axis] for p in here), max(p[1 - axis] for p in there))
            if len(level) == 1 and high - low > 0.5:
                return True
    return False


def nodes_of(root: etree._Element) -> dict[str, etree._Element]:
    process = root.find(BPMN + "process")
    assert process is not None
    skipped = {BPMN + "sequenceFlow", BPMN + "laneSet"}
    return {element.get("id", ""): element for element in process if element.tag not in skipped}


def own(nodes: dict[str, etree._Element], end: str) -> set[str]:
    """Return a node, and the host where it is a boundary event."""
    return {end, nodes[end].get("attachedToRef", end)} if end in nodes else {end}
