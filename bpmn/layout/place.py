"""Turns lines and tracks into pixels."""

from dataclasses import dataclass, field

from bpmn.layout import measures
from bpmn.layout.grid import End, Grid, Route
from bpmn.layout.labels import Labels, label_box
from bpmn.layout.scene import Box, Lane, Point, Scene
from bpmn.layout.text import text_width
from bpmn.layout.tracks import Tracks


@dataclass(slots=True)
class Band:
    """The stretch of a grid line: of a gap from `low` to `high`; in a row or column `middle` runs through the nodes."""

    low: float
    high: float
    middle: float
    first_track: float = 0.0


@dataclass(slots=True)
class Plan:
    """All measures of one scene: `x` and `y` are the bands of the grid's lines."""

    scene: Scene
    grid: Grid
    routes: dict[str, Route]
    tracks: Tracks
    labels: Labels
    x: list[Band] = field(default_factory=list)
    y: list[Band] = field(default_factory=list)
    message_labels: dict[str, Box] = field(default_factory=dict)

    def across(self, edge: str, index: int) -> float:
        """Return where a line of a route lies: the x of a vertical, the y of a horizontal one."""
        line = self.routes[edge].lines[index]
        band = (self.x if line.axis == "v" else self.y)[line.at]
        track = self.tracks.of.get((edge, index))
        return band.middle + line.offset if track is None else band.first_track + track * measures.TRACK


def measure(plan: Plan) -> None:
    """Set the bands of a plan, and the labels of message flows, which lie between the pools."""
    _columns(plan)
    extra = _message_labels(plan)
    _lines(plan, extra)


def headers(scene: Scene) -> float:
    """Return the width of the strips with the names of pools and lanes."""
    pool = measures.HEADER if any(p.id is not None for p in scene.pools) else 0.0
    deepest = max((len(lane.above) + 1 for lane in scene.lanes if lane.id is not None), default=0)
    return pool + measures.HEADER * deepest


def _columns(plan: Plan) -> None:
    halves = [0.0] * (plan.grid.width + 1)
    beyond = [0.0] * (plan.grid.width + 1)
    for node in plan.scene.placed():
        room = plan.labels.rooms[node.id]
        halves[node.x] = max(halves[node.x], room.half)
        beyond[node.x] = max(beyond[node.x], room.beyond)
    at = headers(plan.scene)
    for index in range(plan.grid.width):
        if index % 2:
            width = 2 * halves[index]
            plan.x.append(Band(at, at + width, at + width / 2))
        else:
            wide = max(0.0, beyond[index - 1] - halves[index - 1]) if index else 0.0
            tracks = plan.tracks.count.get(("v", index), 0) * measures.TRACK
            width = 2 * measures.COLUMN_GAP + wide + tracks
            first = at + measures.COLUMN_GAP + wide + measures.TRACK / 2
            plan.x.append(Band(at, at + width, at + width / 2, first))
        at += width


def _message_labels(plan: Plan) -> dict[int, float]:
    """Put the names of message flows beside them, stacked where they meet; return the height each strip needs.

    Their y is relative to the upper border of the strip until the strips have theirs.
    """
    needs: dict[int, float] = {}
    placed: dict[int, list[Box]] = {}
    lines = _strip_lines(plan)
    for edge in plan.scene.edges:
        route = plan.routes.get(edge.id)
        if edge.kind != "message" or not edge.label or route is None:
            continue
        if edge.id not in lines:
            continue
        strip, x = lines[edge.id]
        box = label_box(edge.label, measures.FLOW_WIDTH)
        others = placed.setdefault(strip, [])
        crossing = [Box(at, 0, 0, 10_000) for line, at in lines.values() if line == strip and at != x]
        free = _free_spot(box.moved(x + measures.LABEL_GAP, 4), x, others, crossing=crossing)
        others.append(free)
        plan.message_labels[edge.id] = free
        needs[strip] = max(needs.get(strip, 0.0), free.bottom + 4)
    return needs


def _free_spot(box: Box, x: float, others: list[Box], *, crossing: list[Box]) -> Box:
    """Return the highest place right or left of a line where no other label lies, if possible no other line either."""
    left = box.moved(x - measures.LABEL_GAP - box.width - box.x, 0)
    if any(box.overlaps(line) for line in crossing) and not any(left.overlaps(line) for line in crossing):
        box, left = left, box
    for level in range(len(others) + 1):
        for spot in (box, left):
            lower = spot.moved(0, level * (measures.LABEL_LINE + 2))
            if not any(lower.overlaps(other) for other in others):
                return lower
    return box


def _strip_lines(plan: Plan) -> dict[str, tuple[int, float]]:
    """Return for each message flow the strip between two pools that it crosses, and where."""
    found: dict[str, tuple[int, float]] = {}
    for edge in plan.scene.edges:
        route = plan.routes.get(edge.id)
        for index, line in enumerate(route.lines if route is not None and edge.kind == "message" else ()):
            if route is not None and line.axis == "v":
                low, high = sorted(route.span(index))
                strips = [at for at in range(low, high + 1) if plan.grid.lines[at].kind == "strip"]
                if strips:
                    found.setdefault(edge.id, (strips[0], plan.across(edge.id, index)))
    return found


def _lines(plan: Plan, extra: dict[int, float]) -> None:
    rooms = _row_rooms(plan)
    heights = [_height(plan, at, rooms, extra=extra) for at in range(len(plan.grid.lines))]
    _stretch_lanes(plan, heights)
    top = 0.0
    for at, height in enumerate(heights):
        tracks = plan.tracks.count.get(("h", at), 0) * measures.TRACK
        up = rooms[at][0] if at in rooms else height / 2
        first = top + (height - tracks) / 2 + measures.TRACK / 2
        if plan.grid.lines[at].kind == "strip":
            first = top + height - measures.ROW_GAP - tracks + measures.TRACK / 2
        plan.y.append(Band(top, top + height, top + up, first))
        top += height
    strips = _strip_lines(plan)
    for edge, box in plan.message_labels.items():
        plan.message_labels[edge] = box.moved(0, plan.y[strips[edge][0]].low)


def _row_rooms(plan: Plan) -> dict[int, tuple[float, float]]:
    rooms = {at: (28.0, 28.0) for at, line in enumerate(plan.grid.lines) if line.kind == "row"}
    for node in plan.scene.placed():
        room, (up, down) = plan.labels.rooms[node.id], rooms[node.y]
        rooms[node.y] = max(up, room.up), max(down, room.down)
    return rooms


def _height(plan: Plan, at: int, rooms: dict[int, tuple[float, float]], *, extra: dict[int, float]) -> float:
    kind = plan.grid.lines[at].kind
    tracks = plan.tracks.count.get(("h", at), 0) * measures.TRACK
    if kind == "row":
        return sum(rooms[at])
    if kind == "pool":
        return measures.BLACK_BOX
    if kind == "strip":
        return max(measures.POOL_GAP, extra.get(at, 0.0)) + tracks
    return 2 * measures.ROW_GAP + max(0.0, tracks - measures.TRACK)


def _stretch_lanes(plan: Plan, heights: list[float]) -> None:
    """Make a lane high enough for its name: what lacks goes to its first and last gap."""
    for index, lane in enumerate(plan.scene.lanes):
        mine = [at for at, line in enumerate(plan.grid.lines) if line.lane == index]
        lacking = _name_height(plan.scene, lane) - sum(heights[at] for at in mine)
        if lacking > 0:
            heights[mine[0]] += lacking / 2
            heights[mine[-1]] += lacking / 2


def _name_height(scene: Scene, lane: Lane) -> float:
    """Return the height in which the name of a lane, and of a pool of one lane, fits on two lines."""
    longest = text_width(lane.name, size=measures.FONT) / 2 * 1.3
    if sum(other.pool == lane.pool for other in scene.lanes) == 1:
        longest = max(longest, text_width(scene.pools[lane.pool].name, size=measures.FONT) / 2 * 1.3)
    return min(400.0, longest + 20)


def way_points(plan: Plan, edge: str) -> tuple[Point, ...]:
    """Return the points of an edge, without those on a straight line."""
    route = plan.routes[edge]
    points = [_point(plan, route.start, plan.across(edge, 0))]
    for index in range(len(route.lines) - 1):
        here, there = plan.across(edge, index), plan.across(edge, index + 1)
        points.append((here, there) if route.lines[index].axis == "v" else (there, here))
    points.append(_point(plan, route.end, plan.across(edge, len(route.lines) - 1)))
    kept = [points[0]]
    for before, point, after in zip(points, points[1:], points[2:], strict=False):
        if not (before[0] == point[0] == after[0] or before[1] == point[1] == after[1]):
            kept.append(point)
    return (*kept, points[-1])


def _point(plan: Plan, end: End, across: float) -> Point:
    """Return where a route touches the border of its node or pool."""
    node = plan.scene.nodes.get(end.node)
    if node is None:
        band = plan.y[end.y]
        return across, band.high if end.side == "down" else band.low
    x, y = plan.x[node.x].middle, plan.y[node.y].middle
    if node.host is not None:
        return x + end.offset, y + plan.scene.nodes[node.host].height / 2 + node.height / 2
    if end.side in {"left", "right"}:
        return x + node.width / 2 * (1 if end.side == "right" else -1), y
    return across, y + _reach(node.kind, node.height / 2, end.offset) * (1 if end.side == "down" else -1)


def _reach(kind: str, radius: float, offset: float) -> float:
    """Return how far from the middle the upper or lower border of a node is, `offset` beside the middle."""
    if kind == "gateway":
        return radius - abs(offset)
    if kind == "event":
        return float((max(0.0, radius**2 - offset**2)) ** 0.5)
    return radius
