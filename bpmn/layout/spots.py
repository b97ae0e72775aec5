"""The place of a new node in a drawn diagram: near its neighbours, on nothing, in its lane."""

from bpmn.layout import measures
from bpmn.layout.board import Board, around, crosses
from bpmn.layout.hanging import Hanging, contains
from bpmn.layout.labels import label_box
from bpmn.layout.room import KEEP_OFF, Room, open_space, room_of, stretch, turned
from bpmn.layout.scene import Box, Node, Point

GAP = 50.0  # between a new node and its neighbour
TRIED = sorted(
    ((along * 30.0, across * 15.0) for along in range(-2, 60) for across in range(-14, 15)),
    key=lambda by: (abs(by[0]) + abs(by[1]), by),
)
"""Places around the wished one, the nearest first: along the flow from it on, across the flow on both sides of it."""
ON_EDGE = 150.0  # as far as a place on an edge is worse
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
    open_space(hanging.board, own.bottom, wish.height + 3 * KEEP_OFF, flat=room.flat)
    start = max(own.x + measures.HEADER + KEEP_OFF, min(wish.x, room.end - wish.width - KEEP_OFF))
    return Box(start, own.bottom + KEEP_OFF, wish.width, wish.height)


def seat(hanging: Hanging, node: Node, host: Box) -> Box:
    """A place on the lower border of the host, from the right."""
    taken = [
        hanging.board.boxes[other.id]
        for other in hanging.scene.nodes.values()
        if other.host == node.host and other.id in hanging.board.boxes
    ]
    own = Box(host.right - 22 - node.width / 2, host.bottom - node.height / 2, node.width, node.height)
    seats = [own.moved(-at * measures.BOUNDARY_PITCH, 0) for at in range(12)]
    return next((box for box in seats if not any(box.overlaps(other) for other in taken)), own)


def name_place(board: Board, node: Node, box: Box) -> Box | None:
    """Where the outside name of a node stands: below it, above it or beside it, where there is room."""
    if not node.label:
        return None
    size = label_box(node.label, measures.NAME_WIDTH)
    middle: Point = box.x + box.width / 2 - size.width / 2, box.y + box.height / 2 - size.height / 2
    gap = measures.LABEL_GAP
    spots = [
        size.moved(middle[0], box.bottom + gap),
        size.moved(middle[0], box.y - size.height - gap),
        size.moved(box.right + gap, middle[1]),
        size.moved(box.x - size.width - gap, middle[1]),
        *(size.moved(middle[0] + aside, box.bottom + gap) for aside in (40, -40, 70, -70)),
        *(size.moved(middle[0] + aside, box.y - size.height - gap) for aside in (40, -40, 70, -70)),
    ]
    taken = [other for other in board.boxes.values() if not contains(other, box)] + board.labels
    return min(spots, key=lambda spot: sum(spot.overlaps(other) for other in taken))
