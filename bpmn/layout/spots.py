"""The place of a new node in a drawn diagram: near its neighbours, on nothing, in its lane."""

from collections.abc import Iterator

from bpmn.layout import measures
from bpmn.layout.board import around, crosses
from bpmn.layout.hanging import Hanging
from bpmn.layout.room import CLOSE, KEEP_OFF, Room, open_space, room_of, stretch, turned
from bpmn.layout.scene import Box, Node

GAP = 50.0  # between a new node and its neighbour
TRIED = sorted(
    ((along * 30.0, across * 15.0) for along in range(-2, 60) for across in range(-14, 15)),
    key=lambda by: (abs(by[0]) + abs(by[1]), by),
)
"""Places around the wished one, the nearest first: along the flow from it on, across the flow on both sides of it."""
ON_EDGE = 150.0  # as far as a place on an edge is worse
CORNER = 22.0  # between the corner of a host and the middle of the nearest event on its border
GROWN = 0.7  # as far as a pixel by which a lane has to grow is worse


def spot(hanging: Hanging, node: Node) -> Box:
    """A free place for a node; its lane takes the room that the place needs."""
    room = room_of(hanging, node)
    found = nearest(hanging, node, room)
    if found is None:
        found = made(hanging, node, room)
        room = room_of(hanging, node)
    stretch(hanging, node, room, found)
    return turned(found, room.flat)


def nearest(hanging: Hanging, node: Node, room: Room) -> Box | None:
    """The free place nearest to the wished one, turned as the room is."""
    board = hanging.board
    wish = wished(hanging, node, room)
    drawn = [board.boxes[other] for other in hanging.scene.nodes if other in board.boxes]
    taken = [turned(around(box, KEEP_OFF), room.flat) for box in drawn]
    taken += [turned(around(name, 2), room.flat) for name in board.labels]
    best, least = None, float("inf")
    for dx, dy in TRIED:
        if abs(dx) + abs(dy) >= least:
            break
        box = wish.moved(dx, dy)
        cost = abs(dx) + abs(dy) + GROWN * room.growth(box)
        if cost >= least or not room.holds(box) or any(box.overlaps(other) for other in taken):
            continue
        near = turned(around(box, 4), room.flat)
        cost += ON_EDGE * any(crosses(way, near) for way in board.ways.values())
        if cost < least:
            best, least = box, cost
    return best


def wished(hanging: Hanging, node: Node, room: Room) -> Box:
    """Behind the first neighbour, on its level where that lies in the frame, else in the middle of the frame."""
    near = hanging.neighbours(node)
    size = turned(Box(0, 0, node.width, node.height), room.flat)
    if not near:
        anchor = room.own or Box(0, 0, 0, 0)
        return size.moved(anchor.x + 60, anchor.y + (anchor.height - size.height) / 2)
    one = turned(near[0], room.flat)
    y = one.y + (one.height - size.height) / 2
    own = room.own
    if own is not None and not (own.y <= y and y + size.height <= own.bottom):
        y = own.y + (own.height - size.height) / 2
    return size.moved(one.right + GAP, y)


def made(hanging: Hanging, node: Node, room: Room) -> Box:
    """A place in new space at the far side of the frame; without a frame, beyond all that is drawn."""
    wish = wished(hanging, node, room)
    if room.own is None:
        return Box(wish.x, max(box.bottom for box in hanging.board.boxes.values()) + GAP, wish.width, wish.height)
    own = room.own
    low = overhang(hanging, own, flat=room.flat)
    open_space(hanging.board, own.bottom, low - own.bottom + wish.height + 3 * KEEP_OFF, flat=room.flat)
    start = max(own.x + measures.HEADER + KEEP_OFF, min(wish.x, room.end - wish.width - KEEP_OFF))
    return Box(start, low + KEEP_OFF, wish.width, wish.height)


def overhang(hanging: Hanging, own: Box, *, flat: bool) -> float:
    """How far down what lies on the lower border of a frame reaches: events of its steps, names."""
    board = hanging.board
    boxes = [*(board.boxes[name] for name in hanging.scene.nodes if name in board.boxes), *board.labels]
    lying = (box for box in (turned(each, flat) for each in boxes) if box.y < own.bottom - CLOSE < box.bottom)
    return max([own.bottom, *(box.bottom for box in lying if box.x < own.right and own.x < box.right)])


def seat(hanging: Hanging, node: Node, host: Box) -> Box:
    """A place on the border of the host that meets no other node: on the lower side from the right, else elsewhere."""
    boxes = hanging.board.boxes
    others = [name for name in hanging.scene.nodes if name in boxes and name not in (node.host, hanging.part)]
    seats = list(borders(node, host))
    return min(seats, key=lambda box: sum(box.overlaps(boxes[name]) for name in others))


def borders(node: Node, host: Box) -> Iterator[Box]:
    """The seats on a host's border, the usual ones first."""
    size = Box(-node.width / 2, -node.height / 2, node.width, node.height)
    for y in (host.bottom, host.y):
        for at in range(max(1, int((host.width - 2 * CORNER) // measures.BOUNDARY_PITCH) + 1)):
            yield size.moved(host.right - CORNER - at * measures.BOUNDARY_PITCH, y)
    for x in (host.right, host.x):
        yield size.moved(x, host.y + host.height / 2)
