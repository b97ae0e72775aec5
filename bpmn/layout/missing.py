"""Shapes and edges for the elements that a drawn diagram lacks; what is drawn stays where it is."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from bpmn.layout import measures
from bpmn.layout.arrange import add_diagram
from bpmn.layout.board import SHAPE, Board, around, crosses
from bpmn.layout.join import join
from bpmn.layout.labels import label_box
from bpmn.layout.names import BPMN, BPMNDI
from bpmn.layout.read import Reader
from bpmn.layout.scene import Box, Node, Point, Scene, Shape

GAP = 50.0  # between a new node and its neighbour
KEEP_OFF = 10.0
NEW_LANE = 120.0
TRIED = 60  # places along the flow
ON_EDGE = 150.0  # as far as a place on an edge is worse


def place_missing(root: etree._Element, *, but: Collection[str] = ()) -> None:
    """Draw the nodes, lanes and edges that have no place yet, next to their neighbours; `but` those of these ids.

    Nothing that is drawn moves: lanes and pools only grow.  A document without a diagram gets that of `add_diagram`.
    """
    plane = root.find(f"{{{BPMNDI}}}BPMNDiagram/{{{BPMNDI}}}BPMNPlane")
    if plane is None or plane.find(SHAPE) is None:
        add_diagram(root)
        return
    reader, board = Reader(root), Board(plane)
    fill(Hanging(board, without(reader.scene(), but), None))
    for element in root.iter(*(f"{{{BPMN}}}{tag}" for tag in ("subProcess", "transaction", "adHocSubProcess"))):
        name = element.get("id", "")
        scene = reader.inside(name, depth=1) if name in board.boxes else Scene()
        if any(node in board.boxes for node in scene.nodes):
            fill(Hanging(board, without(scene, but), name))


def without(scene: Scene, left: Collection[str]) -> Scene:
    """A scene without the nodes and edges of these ids, and with their lanes unnamed, since others lie in them."""
    lanes = [replace(lane, id=None) if lane.id in left else lane for lane in scene.lanes]
    nodes = {name: node for name, node in scene.nodes.items() if name not in left}
    edges = [edge for edge in scene.edges if edge.id not in left]
    return replace(scene, nodes=nodes, edges=edges, lanes=lanes)


@dataclass(frozen=True, slots=True)
class Hanging:
    """A scene on its board; `part` is the sub-process whose inside it is."""

    board: Board
    scene: Scene
    part: str | None


def fill(hanging: Hanging) -> None:
    board, scene = hanging.board, hanging.scene
    for number, lane in enumerate(scene.lanes):
        if lane.id is not None and lane.id not in board.boxes:
            add_lane(hanging, number)
    for node in in_reach(hanging):
        place(hanging, node)
    hosts = {node.id: node.host for node in scene.nodes.values() if node.host is not None}
    blocks = [name for name in scene.nodes if name in board.boxes and scene.nodes[name].kind != "artifact"]
    for edge in scene.edges:
        if edge.id not in board.ways and edge.source in board.boxes and edge.target in board.boxes:
            join(board, edge, hosts=hosts, blocks=blocks)


def add_lane(hanging: Hanging, number: int) -> None:
    """Draw a lane below its siblings, or above them where only there is room; its pool grows."""
    board, lane = hanging.board, hanging.scene.lanes[number]
    siblings = [other.id for other in hanging.scene.lanes if other.pool == lane.pool and other.id in board.boxes]
    if lane.id is None or not siblings:
        return
    boxes = [board.boxes[name] for name in siblings if name is not None]
    left, right = min(box.x for box in boxes), max(box.right for box in boxes)
    top, bottom = min(box.y for box in boxes), max(box.bottom for box in boxes)
    below, above = (Box(left, y, right - left, NEW_LANE) for y in (bottom, top - NEW_LANE))
    pool = hanging.scene.pools[lane.pool].id
    taken = [box for name, box in board.boxes.items() if name != pool and name not in siblings]
    free = [box for box in (below, above) if not any(box.overlaps(other) for other in taken)]
    box = free[0] if free else below
    board.add_shape(Shape(lane.id, box, horizontal=True), behind=siblings[-1])
    if pool in board.boxes and pool is not None:
        board.resize(pool, united(board.boxes[pool], box))


def united(one: Box, other: Box) -> Box:
    x, y = min(one.x, other.x), min(one.y, other.y)
    return Box(x, y, max(one.right, other.right) - x, max(one.bottom, other.bottom) - y)


def in_reach(hanging: Hanging) -> Iterator[Node]:
    """The nodes without a place, each after a neighbour that has one where there is any; boundary events last."""
    board, scene = hanging.board, hanging.scene
    waiting = [node for node in scene.nodes.values() if node.id not in board.boxes and is_shown(hanging, node)]
    while waiting:
        near = [node for node in waiting if node.host is None and neighbours(hanging, node)]
        chosen = next(iter(near), next((node for node in waiting if node.host is None), waiting[0]))
        waiting.remove(chosen)
        yield chosen


def is_shown(hanging: Hanging, node: Node) -> bool:
    """Whether the plane shows the process in which a node lies."""
    lane = hanging.scene.lanes[node.lane]
    pool = hanging.scene.pools[lane.pool].id
    others = (other.id for other in hanging.scene.nodes.values() if hanging.scene.lanes[other.lane].pool == lane.pool)
    return pool in hanging.board.boxes or any(name in hanging.board.boxes for name in others)


def neighbours(hanging: Hanging, node: Node) -> list[Box]:
    """The drawn nodes from which flows come, then those to which they lead."""
    edges = [edge for edge in hanging.scene.edges if edge.kind != "message"]
    before = [edge.source for edge in edges if edge.target == node.id]
    after = [edge.target for edge in edges if edge.source == node.id]
    return [hanging.board.boxes[name] for name in (*before, *after) if name in hanging.board.boxes]


def place(hanging: Hanging, node: Node) -> None:
    board = hanging.board
    if node.host is not None and node.host in board.boxes:
        box = seat(hanging, node, board.boxes[node.host])
    else:
        box = spot(hanging, node)
        grow(hanging, node, box)
    marker = node.tag == "exclusiveGateway"
    expanded = False if node.kind == "part" else None
    board.add_shape(Shape(node.id, box, name_place(board, node, box), expanded=expanded, marker=marker))


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


def spot(hanging: Hanging, node: Node) -> Box:
    """The free place next to the neighbours, within the lane across the flow, anywhere along it."""
    board = hanging.board
    name = region(hanging, node)
    room = board.boxes.get(name) if name else None
    flat = name is None or board.horizontal(name)
    near = neighbours(hanging, node)
    wish = wished(node, near, room, flat=flat)
    taken = [around(board.boxes[other], KEEP_OFF) for other in hanging.scene.nodes if other in board.boxes]
    best, least = wish, float("inf")
    for box in tried(wish, node, flat=flat):
        cost = abs(box.x - wish.x) + abs(box.y - wish.y)
        if cost >= least or not within(box, room, flat=flat) or any(box.overlaps(other) for other in taken):
            continue
        cost += ON_EDGE * any(crosses(way, around(box, 4)) for way in board.ways.values())
        if cost < least:
            best, least = box, cost
    return best


def region(hanging: Hanging, node: Node) -> str | None:
    """The lane, pool or sub-process in which a node has to lie, where it is drawn."""
    lane = hanging.scene.lanes[node.lane]
    names = (lane.id, hanging.scene.pools[lane.pool].id, hanging.part)
    return next((name for name in names if name is not None and name in hanging.board.boxes), None)


def wished(node: Node, near: list[Box], room: Box | None, *, flat: bool) -> Box:
    """Behind the first neighbour, on its level where that lies in the room, else in the middle of the room."""
    width, height = node.width, node.height
    if not near:
        anchor = room or Box(0, 0, 0, 0)
        return Box(anchor.x + 60, anchor.y + (anchor.height - height) / 2, width, height)
    one = near[0]
    x, y = one.x + (one.width - width) / 2, one.y + (one.height - height) / 2
    if flat:
        inside = room is None or (room.y <= y and y + height <= room.bottom)
        middle = 0.0 if room is None else room.y + (room.height - height) / 2
        return Box(one.right + GAP, y if inside else middle, width, height)
    inside = room is None or (room.x <= x and x + width <= room.right)
    middle = 0.0 if room is None else room.x + (room.width - width) / 2
    return Box(x if inside else middle, one.bottom + GAP, width, height)


def tried(wish: Box, node: Node, *, flat: bool) -> Iterator[Box]:
    """Places around the wished one: along the flow from it on, across the flow on both sides of it."""
    for along in range(-2, TRIED):
        for across in range(-8, 9):
            dx, dy = along * 30.0, across * 15.0
            yield wish.moved(dx, dy) if flat else wish.moved(dy, dx)


def within(box: Box, room: Box | None, *, flat: bool) -> bool:
    if room is None:
        return True
    if flat:
        return room.y <= box.y and box.bottom <= room.bottom and box.x >= room.x + measures.HEADER
    return room.x <= box.x and box.right <= room.right and box.y >= room.y + measures.HEADER


def grow(hanging: Hanging, node: Node, box: Box) -> None:
    """Let the lanes and pool around a new node reach as far as it does."""
    board, lane = hanging.board, hanging.scene.lanes[node.lane]
    lanes = [other for other in hanging.scene.lanes if other.pool == lane.pool]
    names = {name for other in lanes for name in (other.id, *(above for above, _ in other.above))}
    names.add(hanging.scene.pools[lane.pool].id)
    needed = around(box, KEEP_OFF + 10)
    for name in sorted(name for name in names if name in board.boxes and name is not None):
        now = board.boxes[name]
        if board.horizontal(name):
            board.resize(name, united(now, Box(now.x, now.y, needed.right - now.x, now.height)))
        else:
            board.resize(name, united(now, Box(now.x, now.y, now.width, needed.bottom - now.y)))


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
    ]
    taken = [other for name, other in board.boxes.items() if not contains(other, box)] + board.labels
    return next((spot for spot in spots if not any(spot.overlaps(other) for other in taken)), spots[0])


def contains(outer: Box, inner: Box) -> bool:
    return outer.x <= inner.x and outer.y <= inner.y and outer.right >= inner.right and outer.bottom >= inner.bottom
