"""Room across the flow for a new node: its lane may take what nobody uses, and only where there is none, all that
lies beyond is moved.

All is said for lanes that lie across the page; an upright one is looked at with its axes turned.
"""

from dataclasses import dataclass, replace

from lxml import etree

from bpmn.layout.board import LABEL, Board, value
from bpmn.layout.hanging import Hanging, united
from bpmn.layout.measures import HEADER
from bpmn.layout.names import DC, DI
from bpmn.layout.scene import Box, Node
from bpmn.layout.write import plain

KEEP_OFF = 10.0
LEAST_LANE = 60.0
AWAY = 20.0  # between a frame that grows and what lies beyond it
FAR = 1000.0
CLOSE = 2.0  # borders that are so near touch


@dataclass(frozen=True, slots=True)
class Room:
    """Where a node may lie: between `low` and `high` across the flow, up to `end` along it.

    `own` is the innermost frame, turned where it is upright; without one there is no border.  `sibling` gives the lane
    that gives way on each side, if one does.
    """

    flat: bool = True
    own: Box | None = None
    name: str | None = None
    low: float = -FAR * FAR
    high: float = FAR * FAR
    end: float = FAR * FAR
    sibling: tuple[str | None, str | None] = (None, None)

    def holds(self, box: Box) -> bool:
        if self.own is None:
            return True
        across = self.low + KEEP_OFF / 2 <= box.y and box.bottom <= self.high - KEEP_OFF / 2
        inside = self.own.y <= box.y and box.bottom <= self.own.bottom
        return (across or inside) and self.own.x + HEADER <= box.x and box.right <= self.end

    def growth(self, box: Box) -> float:
        """By how much the frame has to grow for a box."""
        return 0.0 if self.own is None else max(0.0, self.own.y - box.y, box.bottom - self.own.bottom)


def turned(box: Box, flat: bool) -> Box:
    return box if flat else Box(box.y, box.x, box.height, box.width)


def room_of(hanging: Hanging, node: Node) -> Room:
    frames = hanging.frames(node)
    if not frames:
        return Room()
    name = frames[0]
    flat = hanging.board.horizontal(name)
    own = turned(hanging.board.boxes[name], flat)
    room = Room(flat, own, name, own.y, own.bottom)
    above, below = (beside(hanging, room, node, lower=lower) for lower in (False, True))
    room = replace(room, low=above[0], high=below[0], sibling=(above[1], below[1]))
    return replace(room, end=end_of(hanging, own)) if name == hanging.part else room


def beside(hanging: Hanging, room: Room, node: Node, *, lower: bool) -> tuple[float, str | None]:
    """How far a frame may reach on one side, and the lane that has to give way for it."""
    own = room.own or Box(0, 0, 0, 0)
    border = own.bottom if lower else own.y
    for number, lane in enumerate(hanging.scene.lanes):
        mine = hanging.scene.lanes[node.lane]
        if lane.id is None or lane.id == room.name or lane.id not in hanging.board.boxes or lane.pool != mine.pool:
            continue
        other = turned(hanging.board.boxes[lane.id], room.flat)
        if abs((other.y if lower else other.bottom) - border) < CLOSE and other.x < own.right and own.x < other.right:
            if lane.above != mine.above:
                return border, None
            boxes = [turned(box, room.flat) for box in hanging.drawn_in(number)]
            return slack(other, boxes, lower=lower), lane.id
    if room.name == hanging.part:
        return free_to(hanging.board, room, lower=lower), None
    outer = [turned(hanging.board.boxes[name], room.flat) for name in hanging.frames(node)[1:]]
    if any(abs((box.bottom if lower else box.y) - border) > CLOSE for box in outer):
        return border, None
    return free_to(hanging.board, room, lower=lower), None


def slack(lane: Box, nodes: list[Box], *, lower: bool) -> float:
    """How far a lane can give way on the side from which another one grows."""
    if lower:
        return max(lane.y, min([lane.bottom - LEAST_LANE, *(box.y - KEEP_OFF for box in nodes)]))
    return min(lane.bottom, max([lane.y + LEAST_LANE, *(box.bottom + KEEP_OFF for box in nodes)]))


def free_to(board: Board, room: Room, *, lower: bool) -> float:
    """How far nothing lies beyond a frame; what holds the frame is a border too."""
    own = room.own or Box(0, 0, 0, 0)
    found = [own.bottom + FAR if lower else own.y - FAR]
    for name, drawn in board.boxes.items():
        box = turned(drawn, room.flat)
        holds = box.x < own.x + CLOSE and own.right - CLOSE < box.right and box.y < own.y and own.bottom < box.bottom
        if name == room.name or not (box.x < own.right and own.x < box.right):
            continue
        if holds:
            found.append(box.bottom - KEEP_OFF if lower else box.y + KEEP_OFF)
        elif lower and box.y >= own.bottom - CLOSE:
            found.append(box.y - AWAY)
        elif not lower and box.bottom <= own.y + CLOSE:
            found.append(box.bottom + AWAY)
    return max(own.bottom, min(found)) if lower else min(own.y, max(found))


def end_of(hanging: Hanging, own: Box) -> float:
    """How far a sub-process may reach along the flow."""
    boxes = hanging.board.boxes.values()
    right = [box.x - AWAY for box in boxes if box.x >= own.right and box.y < own.bottom and own.y < box.bottom]
    around = [box for box in boxes if box.x < own.x and box.right > own.right and box.y < own.y < box.bottom]
    return max(own.right, min([own.right + FAR, *right, *(box.right - KEEP_OFF for box in around)]))


def stretch(hanging: Hanging, node: Node, room: Room, box: Box) -> None:
    """Let the frames around a new node reach as far as it does; `box` is turned as the room is."""
    board, own = hanging.board, room.own
    if own is None or room.name is None:
        return
    top = own.y if box.y >= own.y else max(room.low, box.y - KEEP_OFF)
    bottom = own.bottom if box.bottom <= own.bottom else min(room.high, box.bottom + KEEP_OFF)
    for by, sibling in ((top - own.y, room.sibling[0]), (bottom - own.bottom, room.sibling[1])):
        if by and sibling is not None:
            give_way(board, sibling, by, flat=room.flat)
    reach = Box(own.x, top, own.width, bottom - top)
    for name in hanging.frames(node):
        frame = turned(board.boxes[name], room.flat)
        board.resize(name, turned(united(frame, reach), room.flat))
    lengthen(hanging, node, box.right + 2 * KEEP_OFF, flat=room.flat)


def give_way(board: Board, lane: str, by: float, *, flat: bool) -> None:
    box = turned(board.boxes[lane], flat)
    start = box.y + by if by > 0 else box.y
    board.resize(lane, turned(Box(box.x, start, box.width, box.height - abs(by)), flat))


def lengthen(hanging: Hanging, node: Node, end: float, *, flat: bool) -> None:
    """Let all lanes of a pool, and the pool, reach as far along the flow as one of their nodes."""
    pool = hanging.scene.lanes[node.lane].pool
    names = set(hanging.frames(node))
    for lane in hanging.scene.lanes:
        if lane.pool == pool:
            names |= {name for name in (lane.id, *(above for above, _ in lane.above)) if name is not None}
    for name in sorted(names & hanging.board.boxes.keys()):
        box = turned(hanging.board.boxes[name], flat)
        if box.right < end and hanging.board.horizontal(name) == flat:
            hanging.board.resize(name, turned(Box(box.x, box.y, end - box.x, box.height), flat))


def open_space(board: Board, at: float, by: float, *, flat: bool = True) -> None:
    """Move all that lies beyond a line; frames that the line cuts grow."""
    axis, size = ("y", "height") if flat else ("x", "width")
    for name, drawn in board.drawn.items():
        frame = name in board.frames
        for bounds in drawn.iterchildren(f"{{{DC}}}Bounds"):
            start, length = value(bounds, axis), value(bounds, size)
            if frame and start < at - CLOSE <= start + length:
                bounds.set(size, plain(length + by))
            elif start + (0 if frame else length / 2) >= at - CLOSE:
                bounds.set(axis, plain(start + by))
        for label in drawn.iterfind(f"{LABEL}/{{{DC}}}Bounds"):
            shift(label, axis, at, by)
        for point in drawn.iterchildren(f"{{{DI}}}waypoint"):
            shift(point, axis, at, by)
    board.read_all()


def shift(place: etree._Element, axis: str, at: float, by: float) -> None:
    if value(place, axis) >= at - CLOSE:
        place.set(axis, plain(value(place, axis) + by))
