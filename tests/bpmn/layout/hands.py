"""What people do to a diagram by hand, and what it shows: for tests of edits that come after it."""

from itertools import pairwise

from hypothesis import strategies as st
from lxml import etree

from tests.bpmn.layout.drawn import BPMN, DC, DI, WAY, Rectangle, drawn, meet

NODES = ("Task", "Event", "Gateway", "callActivity", "subProcess")
Point = tuple[float, float]


def nodes_in(root: etree._Element) -> dict[str, etree._Element]:
    """The flow nodes of all processes by id."""
    found = root.iter(f"{BPMN}*")
    return {
        node.get("id", ""): node for node in found if node.tag.endswith(NODES) and node.get("id") and "}" in node.tag
    }


def flows_in(root: etree._Element) -> dict[str, tuple[str, str]]:
    """The ends of sequence and message flows by id."""
    found = root.iter(BPMN + "sequenceFlow", BPMN + "messageFlow")
    return {flow.get("id", ""): (flow.get("sourceRef", ""), flow.get("targetRef", "")) for flow in found}


def lane_of(root: etree._Element) -> dict[str, str]:
    """The lane in which a node is listed, by the node."""
    return {
        (listed.text or "").strip(): lane.get("id", "")
        for lane in root.iter(BPMN + "lane")
        for listed in lane.iterchildren(BPMN + "flowNodeRef")
    }


@st.composite
def moves(draw: st.DrawFn, root: etree._Element) -> None:
    """Move some nodes of a diagram as a person does: with their borders' events, the ends of edges after them, within
    the lane, on no other node."""
    nodes = nodes_in(root)
    movable = sorted(name for name, node in nodes.items() if node.get("attachedToRef") is None)
    for name in draw(st.lists(st.sampled_from(movable), min_size=1, max_size=5)):
        by = draw(st.integers(-6, 12)) * 10.0, draw(st.integers(-6, 6)) * 10.0
        if by != (0.0, 0.0) and is_free(root, name, by):
            move(root, name, by)


def is_free(root: etree._Element, name: str, by: Point) -> bool:
    found, lane = drawn(root), lane_of(root).get(name)
    together = guests(root, name)
    room = found.boxes.get(lane or "")
    for moved in together:
        box = shifted(found.boxes[moved], by)
        wide = (box[0] - 12, box[1] - 12, box[2] + 12, box[3] + 12)
        inside = room is None or (
            room[0] + 30 <= box[0] and room[1] <= box[1] and box[2] <= room[2] and box[3] <= room[3]
        )
        others = (found.boxes[other] for other in nodes_in(root) if other not in together)
        if not inside or any(meet(wide, other) for other in others):
            return False
    return True


def guests(root: etree._Element, name: str) -> set[str]:
    return {name} | {other for other, node in nodes_in(root).items() if node.get("attachedToRef") == name}


def shifted(box: Rectangle, by: Point) -> Rectangle:
    return box[0] + by[0], box[1] + by[1], box[2] + by[0], box[3] + by[1]


def move(root: etree._Element, name: str, by: Point) -> None:
    together, ends = guests(root, name), flows_in(root)
    for shape in root.iter(DI + "BPMNShape"):
        if shape.get("bpmnElement") in together:
            for bounds in shape.iter(DC + "Bounds"):
                shift(bounds, by)
    for edge in root.iter(DI + "BPMNEdge"):
        source, target = ends.get(edge.get("bpmnElement", ""), ("", ""))
        first, last = edge.findall(WAY)[0], edge.findall(WAY)[-1]
        if source in together:
            shift(first, by)
        if target in together:
            shift(last, by)


def shift(place: etree._Element, by: Point) -> None:
    for key, amount in zip(("x", "y"), by, strict=True):
        place.set(key, f"{round(float(place.get(key, '')) + amount, 1):g}")


def crossed(way: list[Point], box: Rectangle) -> bool:
    """Claim that a line, slanting or not, has a point well inside a rectangle."""
    for (x1, y1), (x2, y2) in pairwise(way):
        steps = max(2, int(max(abs(x2 - x1), abs(y2 - y1)) / 2))
        for at in range(steps + 1):
            x, y = x1 + (x2 - x1) * at / steps, y1 + (y2 - y1) * at / steps
            if box[0] + 1 < x < box[2] - 1 and box[1] + 1 < y < box[3] - 1:
                return True
    return False
