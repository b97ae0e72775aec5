"""Routes for single edges in a drawn diagram: level and upright stretches that avoid what is there."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product

from bpmn.layout.board import Board, crosses
from bpmn.layout.labels import label_box
from bpmn.layout.measures import FLOW_WIDTH, LABEL_GAP
from bpmn.layout.scene import Box, Edge, Path, Point

Stretch = tuple[int, float, float, float]

STUB = 14.0
NEAREST = 6  # channels looked at on each axis
BEND, SHARED, HIT = 30.0, 25.0, 10_000.0
SIDES = {"right": (1, 0), "left": (-1, 0), "down": (0, 1), "up": (0, -1)}


def join(board: Board, edge: Edge, *, hosts: dict[str, str], blocks: Sequence[str]) -> None:
    """Draw an edge between two drawn elements.

    `hosts` gives the host of each boundary event, `blocks` are the nodes that an edge goes around.
    """
    ends = {edge.source, edge.target}
    ends |= {hosts[end] for end in ends if end in hosts}
    boxes = [board.boxes[name] for name in blocks if name not in ends and hosts.get(name) not in ends]
    drawn = [stretch for way in board.ways.values() for stretch in stretches(way)]
    best: list[Point] | None = None
    least = float("inf")
    for cost, points in sorted(ways(board, edge, boxes, lower=edge.source in hosts)):
        total = cost + HIT * (crosses(points, board.boxes[edge.source]) + crosses(points, board.boxes[edge.target]))
        if cost >= least:
            break
        for box in boxes if total < least else ():
            total += HIT * crosses(points, box)
        if total < least:
            total += SHARED * sum(share(one, other) for one in stretches(points) for other in drawn)
        if total < least:
            best, least = points, total
    if best is not None:
        board.add_path(Path(edge.id, tuple(best), label(board, edge, best, boxes)))


def stretches(points: Sequence[Point]) -> list[Stretch]:
    """The level and upright parts of a line: 0 for level, where it lies, from where, until where."""
    found = []
    for (x1, y1), (x2, y2) in pairwise(points):
        if abs(y1 - y2) < 0.1:
            found.append((0, y1, min(x1, x2), max(x1, x2)))
        elif abs(x1 - x2) < 0.1:
            found.append((1, x1, min(y1, y2), max(y1, y2)))
    return found


def share(one: Stretch, other: Stretch) -> bool:
    """Claim that two stretches run over each other."""
    level = one[0] == other[0] and abs(one[1] - other[1]) < 0.1
    return level and min(one[3], other[3]) - max(one[2], other[2]) > 1


def ways(board: Board, edge: Edge, boxes: list[Box], *, lower: bool) -> Iterator[tuple[float, list[Point]]]:
    """Routes with their cost by length and bends; `lower`: the source is left downwards, as a boundary event is."""
    source, target = board.boxes[edge.source], board.boxes[edge.target]
    for out, into in product(["down"] if lower else SIDES, SIDES):
        start, end = port(source, out, target), port(target, into, source)
        first, last = step(start, out), step(end, into)
        for middle in bends(first, last, boxes):
            points = straightened([start, first, *middle, last, end])
            length = sum(abs(x2 - x1) + abs(y2 - y1) for (x1, y1), (x2, y2) in pairwise(points))
            unusual = 20.0 * (out == "left") + 20.0 * (into == "right")
            yield length + BEND * (len(points) - 2) + unusual, points


def port(box: Box, side: str, other: Box) -> Point:
    """The middle of a side; of a pool or long box the point next to the other end."""
    across, down = SIDES[side]
    x, y = box.x + box.width / 2, box.y + box.height / 2
    if box.width > 400:
        x = min(max(other.x + other.width / 2, box.x + 40), box.right - 10)
    return x + across * box.width / 2 if across else x, y + down * box.height / 2 if down else y


def step(point: Point, side: str) -> Point:
    return point[0] + SIDES[side][0] * STUB, point[1] + SIDES[side][1] * STUB


def bends(first: Point, last: Point, boxes: list[Box]) -> Iterator[list[Point]]:
    """The corners between two points: none, one, or two on a channel beside boxes."""
    (x1, y1), (x2, y2) = first, last
    yield [(x2, y1)]
    yield [(x1, y2)]
    for x in channels([(box.x, box.right) for box in boxes], x1, x2):
        yield [(x, y1), (x, y2)]
    for y in channels([(box.y, box.bottom) for box in boxes], y1, y2):
        yield [(x1, y), (x2, y)]


def channels(spans: Iterable[tuple[float, float]], one: float, other: float) -> list[float]:
    """Lines beside boxes, the nearest to both ends first."""
    places = {(one + other) / 2, *(edge for low, high in spans for edge in (low - STUB, high + STUB))}
    return sorted(places, key=lambda at: (abs(at - one) + abs(at - other), at))[: 2 * NEAREST]


def straightened(points: list[Point]) -> list[Point]:
    """The points without doubles and without those on a straight line."""
    kept = [points[0]]
    for point in points[1:]:
        if point == kept[-1]:
            continue
        if len(kept) > 1 and any(kept[-2][axis] == kept[-1][axis] == point[axis] for axis in (0, 1)):
            kept[-1] = point
        else:
            kept.append(point)
    return kept


def label(board: Board, edge: Edge, points: list[Point], boxes: list[Box]) -> Box | None:
    """Where the name of an edge stands: beside its first stretches, on no node and no other name."""
    if not edge.label:
        return None
    size = label_box(edge.label, FLOW_WIDTH)
    spots = [
        size.moved(x, y)
        for (x1, y1), (x2, y2) in pairwise(points)
        for share in (0.25, 0.5, 0.75)
        for x, y in beside(size, (x1 + (x2 - x1) * share, y1 + (y2 - y1) * share))
    ]
    taken = [*boxes, board.boxes[edge.source], board.boxes[edge.target], *board.labels]
    return next((spot for spot in spots if not any(spot.overlaps(box) for box in taken)), spots[0])


def beside(size: Box, point: Point) -> list[Point]:
    x, y = point
    right, above = x + LABEL_GAP, y - size.height - LABEL_GAP
    return [(right, above), (right, y + LABEL_GAP), (x - size.width - LABEL_GAP, above)]
