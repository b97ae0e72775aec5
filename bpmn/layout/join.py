"""Routes for single edges in a drawn diagram: level and upright stretches that avoid what is there."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product

from bpmn.layout.beside import edge_name
from bpmn.layout.board import Board, crosses
from bpmn.layout.detour import detour
from bpmn.layout.hanging import contains
from bpmn.layout.scene import Box, Edge, Path, Point

Stretch = tuple[int, float, float, float]

STUB = 14.0
NEAREST = 6  # channels looked at on each axis
BEND, SHARED, NAMED, HIT = 30.0, 25.0, 60.0, 10_000.0
"""What a bend, a stretch over another edge, a name and a node on the way cost, in pixels of detour."""
SLIDING, CORNER = 60.0, 15.0  # a node whose ports may lie beside the middle; how far they stay off the corners
SIDES = {"right": (1, 0), "left": (-1, 0), "down": (0, 1), "up": (0, -1)}


def join(board: Board, edge: Edge, *, hosts: dict[str, str], blocks: Sequence[str]) -> None:
    """Draw an edge between two drawn elements.

    `hosts` gives the host of each boundary event, `blocks` are the nodes that an edge goes around.
    """
    source, target = board.boxes[edge.source], board.boxes[edge.target]
    boxes = [board.boxes[name] for name in blocks if name not in (edge.source, edge.target)]
    drawn = [stretch for way in board.ways.values() for stretch in stretches(way)]
    sides = border_sides(source, board.boxes.get(hosts.get(edge.source, "")))
    best: list[Point] | None = None
    least = float("inf")
    for cost, points in sorted(ways(board, edge, boxes, sides=sides)):
        if cost >= least:
            break
        total = cost + HIT * (crosses(points, source) + crosses(points, target))
        for box in boxes if total < least else ():
            total += HIT * crosses(points, box)
        if total < least:
            total += sum(
                SHARED + share(one, other) for one in stretches(points) for other in drawn if share(one, other)
            )
            total += NAMED * sum(crosses(points, name) for name in board.labels)
        if total < least:
            best, least = points, total
    if best is None or least >= HIT:
        best = around_all(board, edge, boxes, sides=sides) or best
    if best is not None:
        board.add_path(Path(edge.id, tuple(best), edge_name(board, edge, best, boxes)))


def border_sides(box: Box, host: Box | None) -> Sequence[str]:
    """The sides on which a node is left: of an event on its host's border the one away from the host."""
    if host is None:
        return tuple(SIDES)
    x, y = box.x + box.width / 2, box.y + box.height / 2
    away = {"down": host.bottom - y, "up": y - host.y, "right": host.right - x, "left": x - host.x}
    return (min(away, key=lambda side: abs(away[side])),)


def around_all(board: Board, edge: Edge, boxes: list[Box], *, sides: Sequence[str]) -> list[Point] | None:
    """The best way that meets nothing, with as many bends as it takes; None where there is none."""
    source, target = board.boxes[edge.source], board.boxes[edge.target]
    starts = {side: (port(source, side, target), SIDES[side]) for side in sides}
    ends = {side: (port(target, side, source), SIDES[side]) for side in SIDES}
    outer = [box for box in boxes if not contains(box, source) and not contains(box, target)]
    first = [step(point, side) for side, (point, _) in starts.items()]
    last = [step(point, side) for side, (point, _) in ends.items()]
    found = detour(first, last, [*outer, *([] if source == target else [source, target])])
    if found is None:
        return None
    start, middle, end = found
    return straightened([list(starts.values())[start][0], *middle, list(ends.values())[end][0]])


def stretches(points: Sequence[Point]) -> list[Stretch]:
    """The level and upright parts of a line: 0 for level, where it lies, from where, until where."""
    found = []
    for (x1, y1), (x2, y2) in pairwise(points):
        if abs(y1 - y2) < 0.1:
            found.append((0, y1, min(x1, x2), max(x1, x2)))
        elif abs(x1 - x2) < 0.1:
            found.append((1, x1, min(y1, y2), max(y1, y2)))
    return found


def share(one: Stretch, other: Stretch) -> float:
    """How far two stretches run over each other."""
    if one[0] != other[0] or abs(one[1] - other[1]) > 3:
        return 0.0
    return max(0.0, min(one[3], other[3]) - max(one[2], other[2]) - 1)


def ways(board: Board, edge: Edge, boxes: list[Box], *, sides: Sequence[str]) -> Iterator[tuple[float, list[Point]]]:
    """Routes with their cost by length and bends; `sides` are those on which the source may be left."""
    source, target = board.boxes[edge.source], board.boxes[edge.target]
    left = {way[0] for way in board.ways.values() if way}
    for out, into in product(sides, SIDES):
        start, end = level_ends(source, out, target, into)
        start = free_port(source, out, start, left)
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


def level_ends(source: Box, out: str, target: Box, into: str) -> tuple[Point, Point]:
    """The ports of two sides; where both look the same way, one of a task's slides, so that a straight line will do."""
    start, end = port(source, out, target), port(target, into, source)
    axis = 0 if SIDES[out][0] == 0 else 1
    if SIDES[into][axis]:
        return start, end
    if slides(target, start[axis], axis):
        end = (start[0], end[1]) if axis == 0 else (end[0], start[1])
    elif slides(source, end[axis], axis):
        start = (end[0], start[1]) if axis == 0 else (start[0], end[1])
    return start, end


def free_port(box: Box, side: str, wish: Point, left: set[Point]) -> Point:
    """The port beside the wished one, where another edge leaves there already and the node is large enough."""
    axis = 0 if SIDES[side][0] == 0 else 1
    for by in (0.0, 18.0, -18.0):
        point = (wish[0] + by, wish[1]) if axis == 0 else (wish[0], wish[1] + by)
        taken = any(abs(x - point[0]) < 3 and abs(y - point[1]) < 3 for x, y in left)
        if not taken and (not by or slides(box, point[axis], axis)):
            return point
    return wish


def slides(box: Box, at: float, axis: int) -> bool:
    low, high = ((box.x, box.right), (box.y, box.bottom))[axis]
    return min(box.width, box.height) >= SLIDING and low + CORNER <= at <= high - CORNER


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
