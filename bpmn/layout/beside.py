"""Where names stand in a drawn diagram: beside their node or edge, on no node and on no other name."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from bpmn.layout.board import Board, crosses
from bpmn.layout.hanging import Hanging, contains
from bpmn.layout.labels import label_box
from bpmn.layout.measures import FLOW_WIDTH, LABEL_GAP, NAME_WIDTH
from bpmn.layout.scene import Box, Edge, Node, Point

ASIDE = (0.0, 40.0, -40.0, 70.0, -70.0)
AWAY = (0.0, 16.0, 32.0, 64.0, 120.0)


def node_name(hanging: Hanging, node: Node, box: Box) -> Box | None:
    """Where the outside name of a node stands: below it, above it or beside it, else wherever is room next to that.

    It may lie over the border of a lane, where nothing else does.
    """
    if not node.label:
        return None
    board = hanging.board
    wishes = list(around_node(label_box(node.label, NAME_WIDTH), box))
    own = {name for name in board.frames & board.boxes.keys() if contains(board.boxes[name], box)}
    open_frames = own | lanes_of(hanging)
    taken = [*(other for name, other in board.boxes.items() if name not in open_frames), box, *board.labels]
    free = [wish for wish in wishes if is_free(wish, taken)] or [nearest_free(wishes[0], taken)]
    frames = [board.boxes[name] for name in sorted(open_frames & board.boxes.keys())]
    return min(free, key=lambda wish: untidy(wish, board, frames))


def lanes_of(hanging: Hanging) -> set[str]:
    names = {name for lane in hanging.scene.lanes for name in (lane.id, *(above for above, _ in lane.above))}
    return {name for name in names if name is not None}


def around_node(size: Box, box: Box) -> Iterator[Box]:
    middle = box.x + box.width / 2 - size.width / 2, box.y + box.height / 2 - size.height / 2
    below, above = box.bottom + LABEL_GAP, box.y - size.height - LABEL_GAP
    yield size.moved(middle[0], below)
    yield size.moved(middle[0], above)
    yield size.moved(box.right + LABEL_GAP, middle[1])
    yield size.moved(box.x - size.width - LABEL_GAP, middle[1])
    for y, aside in product((below, above), ASIDE[1:]):
        yield size.moved(middle[0] + aside, y)


def untidy(name: Box, board: Board, frames: Sequence[Box]) -> int:
    """How many lines a name lies on: edges, and borders of lanes, pools and sub-processes."""
    borders = sum(frame.overlaps(name) and not contains(frame, name) for frame in frames)
    return borders + sum(crosses(way, name) for way in board.ways.values())


def edge_name(board: Board, edge: Edge, points: Sequence[Point], boxes: Sequence[Box]) -> Box | None:
    """Where the name of an edge stands: beside its first stretches, else wherever is room next to them."""
    if not edge.label:
        return None
    size = label_box(edge.label, FLOW_WIDTH)
    taken = [*boxes, board.boxes[edge.source], board.boxes[edge.target], *board.labels]
    wishes = [spot for away in AWAY for spot in along_edge(size, points, away)]
    free = next((wish for wish in wishes if is_free(wish, taken)), None)
    return free or nearest_free(wishes[0], taken)


def along_edge(size: Box, points: Sequence[Point], away: float) -> Iterator[Box]:
    for (x1, y1), (x2, y2) in pairwise(points):
        for part in (0.25, 0.5, 0.75):
            x, y = x1 + (x2 - x1) * part, y1 + (y2 - y1) * part
            right, left = x + LABEL_GAP + away, x - size.width - LABEL_GAP - away
            above, below = y - size.height - LABEL_GAP - away, y + LABEL_GAP + away
            yield from (size.moved(x, y) for x, y in ((right, above), (right, below), (left, above), (left, below)))


def is_free(box: Box, taken: Sequence[Box]) -> bool:
    return not any(box.overlaps(other) for other in taken)


def nearest_free(wish: Box, taken: Sequence[Box]) -> Box:
    """The place nearest to a wish that meets nothing of `taken`.

    There is always one: such a place touches what keeps it away, and right of all that is taken is room.
    """
    gap = LABEL_GAP
    columns = {wish.x, *(x for box in taken for x in (box.x - wish.width - gap, box.right + gap))}
    lines = {wish.y, *(y for box in taken for y in (box.y - wish.height - gap, box.bottom + gap))}
    places = sorted(product(columns, lines), key=lambda at: (abs(at[0] - wish.x) + abs(at[1] - wish.y), at))
    boxes = (wish.moved(x - wish.x, y - wish.y) for x, y in places)
    return next((box for box in boxes if is_free(box, taken)), wish)
