"""A diagram as it is drawn: which element lies where, and what is added to it."""

from itertools import pairwise

from lxml import etree

from bpmn.layout.names import BPMN, BPMNDI, DC, DI
from bpmn.layout.scene import Box, Path, Point, Shape
from bpmn.layout.write import Names, write_bounds, write_path, write_shape

FRAMES = [f"{{{BPMN}}}{tag}" for tag in ("participant", "lane", "subProcess", "transaction", "adHocSubProcess")]
SHAPE, EDGE, LABEL = (f"{{{BPMNDI}}}{name}" for name in ("BPMNShape", "BPMNEdge", "BPMNLabel"))


class Board:
    """One plane. `boxes` are nodes, lanes and pools, `ways` the edges, by the ids of their elements; `frames` are
    the ids of what can hold nodes."""

    def __init__(self, plane: etree._Element) -> None:
        self.plane = plane
        root = plane.getroottree().getroot()
        self.names = Names(root)
        self.frames = {element.get("id", "") for element in root.iter(*FRAMES)}
        self.drawn: dict[str, etree._Element] = {}
        self.boxes: dict[str, Box] = {}
        self.ways: dict[str, list[Point]] = {}
        self.labels: list[Box] = []
        self.read_all()

    def read_all(self) -> None:
        for known in (self.drawn, self.boxes, self.ways, self.labels):
            known.clear()
        for element in self.plane.iterchildren(SHAPE, EDGE):
            self.read(element)

    def read(self, element: etree._Element) -> None:
        name = (element.get("bpmnElement") or "").rpartition(":")[2]
        box = box_of(element)
        if element.tag == SHAPE and box is None:
            return
        self.drawn.setdefault(name, element)
        if box is not None:
            self.boxes.setdefault(name, box)
        if element.tag == EDGE:
            points = element.iterchildren(f"{{{DI}}}waypoint")
            self.ways.setdefault(name, [(value(point, "x"), value(point, "y")) for point in points])
        for label in element.iterchildren(LABEL):
            found = box_of(label)
            if found is not None:
                self.labels.append(found)

    def add_shape(self, shape: Shape, *, behind: str | None = None) -> None:
        """Draw a shape, above all others or right behind that of another element."""
        element = write_shape(self.plane, shape, self.names.new(f"{shape.element}_di"))
        if behind is not None:
            self.drawn[behind].addnext(element)
        self.read(element)

    def add_path(self, path: Path) -> None:
        self.read(write_path(self.plane, path, self.names.new(f"{path.element}_di")))

    def resize(self, name: str, box: Box) -> None:
        bounds = self.drawn[name].find(f"{{{DC}}}Bounds")
        if bounds is not None and box != self.boxes[name]:
            write_bounds(self.drawn[name], box, bounds)
            self.boxes[name] = box

    def horizontal(self, name: str) -> bool:
        return self.drawn[name].get("isHorizontal") not in ("false", "0")


def box_of(element: etree._Element) -> Box | None:
    bounds = element.find(f"{{{DC}}}Bounds")
    if bounds is None:
        return None
    return Box(value(bounds, "x"), value(bounds, "y"), value(bounds, "width"), value(bounds, "height"))


def value(element: etree._Element, key: str) -> float:
    try:
        return float(element.get(key) or 0)
    except ValueError:
        return 0.0


def crosses(points: list[Point], box: Box) -> bool:
    """Claim that a line runs through a box; a slanting stretch counts with all that it spans."""
    for (x1, y1), (x2, y2) in pairwise(points):
        across = min(x1, x2) < box.right - 0.5 and max(x1, x2) > box.x + 0.5
        if across and min(y1, y2) < box.bottom - 0.5 and max(y1, y2) > box.y + 0.5:
            return True
    return False


def around(box: Box, margin: float) -> Box:
    return Box(box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin)
