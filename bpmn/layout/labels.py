"""Finds room for the names that stand outside: of events, gateways and flows.

A label lies in the cell of its node, which grows for it, or to the right of it in the gap before the first edge:
so it meets no other node.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from bpmn.layout import measures
from bpmn.layout.grid import Route
from bpmn.layout.scene import Box, Edge, Node, Scene
from bpmn.layout.text import text_width, wrap

_GAP = measures.LABEL_GAP


@dataclass(slots=True)
class Room:
    """What a cell needs around the middle of its node. `beyond`: to the right, where the gap may serve too."""

    up: float
    down: float
    half: float
    beyond: float = 0.0

    def hold(self, box: Box) -> None:
        self.up = max(self.up, -box.y)
        self.down = max(self.down, box.bottom)
        self.half = max(self.half, -box.x)
        self.beyond = max(self.beyond, box.right)


@dataclass(slots=True)
class Labels:
    """`at` gives the label of a node or edge relative to the middle of the node in whose cell it lies (`cell`)."""

    at: dict[str, Box] = field(default_factory=dict)
    cell: dict[str, str] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)


def label_box(text: str, width: float) -> Box:
    """Return the size of a label wrapped at `width`, as a box at 0, 0."""
    lines = wrap(text, width=width, size=measures.LABEL_FONT, most=8)
    widest = max((text_width(line, size=measures.LABEL_FONT) for line in lines), default=0.0)
    return Box(0.0, 0.0, widest + 4, len(lines) * measures.LABEL_LINE)


def place_labels(scene: Scene, routes: dict[str, Route]) -> Labels:
    """Return where the names of nodes and of their outgoing flows stand, and the room that every cell needs."""
    labels = Labels()
    leaving: dict[str, list[tuple[Edge, str]]] = defaultdict(list)
    sides: dict[str, set[str]] = defaultdict(set)
    for edge in scene.edges:
        if edge.id in routes:
            route = routes[edge.id]
            sides[route.start.node].add(route.start.side)
            sides[route.end.node].add(route.end.side)
            if edge.label and edge.kind == "sequence":
                leaving[edge.source].append((edge, route.start.side))
    for node in scene.placed():
        labels.rooms[node.id] = Room(node.height / 2, node.height / 2, node.width / 2)
    for node in scene.nodes.values():
        if node.host is not None:
            _at_boundary(scene, labels, node, leaving=leaving[node.id])
        else:
            _around(labels, node, leaving[node.id], sides=sides[node.id])
    return labels


def _put(labels: Labels, key: str, cell: str, *, box: Box) -> None:
    labels.at[key] = box
    labels.cell[key] = cell
    labels.rooms[cell].hold(box)


def _around(labels: Labels, node: Node, leaving: list[tuple[Edge, str]], *, sides: set[str]) -> None:
    """Put the labels of the flows beside where they leave, then the node's own where no edge goes up or down."""
    taken: list[Box] = []
    for edge, side in leaving:
        box = label_box(edge.label, measures.FLOW_WIDTH)
        spots = _spots(node, side, box, sides=sides)
        free = next((spot for spot in spots if not any(spot.overlaps(other) for other in taken)), None)
        if free is None:
            free = _pushed(spots[-1], taken, upwards=side in {"right", "up"})
        taken.append(free)
        _put(labels, edge.id, node.id, box=free)
    if node.label:
        box = label_box(node.label, measures.NAME_WIDTH)
        below = node.height / 2 + _GAP
        spots = [box.moved(-box.width / 2, below), box.moved(-box.width / 2, -below - box.height)]
        if node.kind == "gateway":
            spots.reverse()
        order = [spot for spot, way in zip(spots, _ways(spots), strict=True) if way not in sides]
        order += [box.moved(-box.width - _GAP, -below - box.height), box.moved(-box.width - _GAP, below)]
        free = next((spot for spot in order if not any(spot.overlaps(other) for other in taken)), None)
        _put(labels, node.id, node.id, box=free or _pushed(order[0], taken, upwards=order[0].y < 0))


def _ways(spots: list[Box]) -> list[str]:
    return ["up" if spot.y < 0 else "down" for spot in spots]


def _spots(node: Node, side: str, box: Box, *, sides: set[str]) -> list[Box]:
    """Return where the label of a flow that leaves on `side` may lie, the best place first."""
    right, below = node.width / 2 + _GAP, node.height / 2 + _GAP - 2
    if side == "right":
        return [box.moved(right, 3), box.moved(right, -3 - box.height)][:: 1 if "up" in sides else -1]
    if side == "left":
        return [box.moved(-right - box.width, -3 - box.height)]
    y = below if side == "down" else -below - box.height
    return [box.moved(_GAP, y), box.moved(-_GAP - box.width, y)]


def _pushed(box: Box, taken: list[Box], *, upwards: bool) -> Box:
    """Move a box up or down until it is free of the others."""
    for _ in range(len(taken)):
        for other in taken:
            if box.overlaps(other):
                box = box.moved(0, other.y - 1 - box.bottom if upwards else other.bottom + 1 - box.y)
    return box


def _at_boundary(scene: Scene, labels: Labels, node: Node, *, leaving: list[tuple[Edge, str]]) -> None:
    """Put the names of a boundary event and its flows below it, to the left of the line that leaves."""
    host = scene.nodes[node.host or ""]
    width = boundary_width(scene, host.id)
    y = host.height / 2 + node.height / 2 + 2
    room = labels.rooms[host.id]
    room.down = max(room.down, y)
    for key, text in [(node.id, node.label), *((edge.id, edge.label) for edge, _ in leaving)]:
        if text:
            box = label_box(text, width)
            _put(labels, key, host.id, box=box.moved(node.offset - _GAP - box.width, y))
            y += box.height + 2


def boundary_width(scene: Scene, host: str) -> float:
    """Return how wide the labels at a host's boundary events may be."""
    several = sum(node.host == host for node in scene.nodes.values()) > 1
    return measures.LABELLED_PITCH - 2 * _GAP if several else measures.FLOW_WIDTH
