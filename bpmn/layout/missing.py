"""Shapes and edges for the elements that a drawn diagram lacks; what is drawn stays where it is."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from lxml import etree

from bpmn.layout.arrange import add_diagram
from bpmn.layout.beside import node_name
from bpmn.layout.board import SHAPE, Board
from bpmn.layout.hanging import Hanging, united
from bpmn.layout.join import join
from bpmn.layout.names import BPMN, BPMNDI
from bpmn.layout.read import Reader
from bpmn.layout.room import open_space, turned
from bpmn.layout.scene import Box, Node, Scene, Shape
from bpmn.layout.spots import seat, spot

NEW_LANE = 120.0
PARTS = [f"{{{BPMN}}}{tag}" for tag in ("subProcess", "transaction", "adHocSubProcess")]


def place_missing(root: etree._Element, *, but: Collection[str] = ()) -> None:
    """Draw the nodes, lanes and edges that have no place yet, next to their neighbours; `but` those of these ids.

    What is drawn keeps its bounds and way points; lanes and pools grow into room that nobody uses.  Only where a lane
    has none at all, what lies beyond it moves away as a whole.  A document without a diagram gets that of
    `add_diagram`.
    """
    planes = [plane for plane in root.iter(f"{{{BPMNDI}}}BPMNPlane") if plane.find(SHAPE) is not None]
    if not planes:
        add_diagram(root)
        return
    for plane in planes:
        reader, board = Reader(root), Board(plane)
        fill(Hanging(board, without(reader.scene(), but), None))
        for element in root.iter(*PARTS):
            scene = without(reader.inside(element.get("id", ""), depth=1), but) if element.get("id") else Scene()
            if any(node in board.boxes for node in scene.nodes):
                fill(Hanging(board, scene, element.get("id")))


def without(scene: Scene, left: Collection[str]) -> Scene:
    """A scene without the nodes and edges of these ids, and with their lanes unnamed, since others lie in them."""
    lanes = [replace(lane, id=None) if lane.id in left else lane for lane in scene.lanes]
    nodes = {name: node for name, node in scene.nodes.items() if name not in left}
    edges = [edge for edge in scene.edges if edge.id not in left]
    return replace(scene, nodes=nodes, edges=edges, lanes=lanes)


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
    """Draw a lane below all others of its pool, or above them where only there is room; its pool grows.

    Where there is none, what lies below the pool moves down.  Beside upright lanes all is turned.
    """
    board, lane = hanging.board, hanging.scene.lanes[number]
    siblings = [name for name in outermost(hanging.scene, lane.pool) if name in board.boxes]
    if lane.id is None or not siblings:
        return
    flat, pool = board.horizontal(siblings[0]), hanging.scene.pools[lane.pool].id
    boxes = [turned(board.boxes[name], flat) for name in siblings]
    left, right = min(box.x for box in boxes), max(box.right for box in boxes)
    top, bottom = min(box.y for box in boxes), max(box.bottom for box in boxes)
    below, above = (Box(left, y, right - left, NEW_LANE) for y in (bottom, top - NEW_LANE))
    own = {pool, *(name for other in hanging.scene.lanes for name in (other.id, *(name for name, _ in other.above)))}
    taken = [turned(box, flat) for name, box in board.boxes.items() if name not in own]
    found = next((box for box in (below, above) if not any(box.overlaps(other) for other in taken)), None)
    if found is None:
        known = {name: board.boxes[name] for name in own if name in board.boxes and name is not None and name != pool}
        open_space(board, bottom, NEW_LANE, flat=flat)
        for name, box in known.items():
            if box.x == board.boxes[name].x and box.y == board.boxes[name].y:
                board.resize(name, box)
    box = turned(found or below, flat)
    board.add_shape(Shape(lane.id, box, horizontal=flat), behind=siblings[-1])
    if pool in board.boxes and pool is not None:
        board.resize(pool, united(board.boxes[pool], box))


def outermost(scene: Scene, pool: int) -> list[str]:
    """The lanes of a pool that lie in no other lane."""
    names = [(*(name for name, _ in lane.above), lane.id)[0] for lane in scene.lanes if lane.pool == pool]
    return list(dict.fromkeys(name for name in names if name is not None))


def in_reach(hanging: Hanging) -> Iterator[Node]:
    """The nodes without a place, each after a neighbour that has one where there is any; boundary events last."""
    board, scene = hanging.board, hanging.scene
    waiting = [node for node in scene.nodes.values() if node.id not in board.boxes and hanging.is_shown(node)]
    while waiting:
        near = [node for node in waiting if node.host is None and hanging.neighbours(node)]
        chosen = next(iter(near), next((node for node in waiting if node.host is None), waiting[0]))
        waiting.remove(chosen)
        yield chosen


def place(hanging: Hanging, node: Node) -> None:
    board = hanging.board
    box = seat(hanging, node, board.boxes[node.host]) if node.host in board.boxes and node.host else spot(hanging, node)
    marker = node.tag == "exclusiveGateway"
    expanded = False if node.kind == "part" else None
    board.add_shape(Shape(node.id, box, node_name(hanging, node, box), expanded=expanded, marker=marker))
