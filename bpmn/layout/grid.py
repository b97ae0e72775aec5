"""The grid on which edges are routed.

Vertical lines count from the left: even ones are the gaps between columns, odd ones the columns.  Horizontal lines are
those of `bpmn.layout.rows`.  An edge's route is a list of lines, horizontal and vertical in turn.  Lines in gaps meet
no node; a line along a row or column is allowed where its cells are free.
"""

from collections import defaultdict
from dataclasses import dataclass

from bpmn.layout.rows import YLine
from bpmn.layout.scene import Edge, Node, Scene

REACH = 5  # gaps looked at on one side of a node
Meeting = tuple[int, float]  # a row or column, with its offset, into which an edge turns out of a gap
_STEP = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


@dataclass(frozen=True, slots=True)
class Line:
    """`axis` h or v, `at` its index; `offset` shifts a line along a column from the column's middle, in pixels."""

    axis: str
    at: int
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class End:
    """Where a route begins or ends. `side`: left | right | up | down; `node` the pool's id at a black box."""

    node: str
    side: str
    x: int
    y: int
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class Route:
    """The lines from `start` to `end`."""

    start: End
    lines: tuple[Line, ...]
    end: End

    def span(self, index: int) -> tuple[int, int]:
        """Return from where to where a line runs, as indexes of lines of the other axis, in the edge's direction."""
        line, last = self.lines[index], len(self.lines) - 1
        begin = self.lines[index - 1].at if index else (self.start.x if line.axis == "h" else self.start.y)
        finish = self.lines[index + 1].at if index < last else (self.end.x if line.axis == "h" else self.end.y)
        return begin, finish

    def extent(self, index: int) -> tuple[float, float]:
        """Return the lower and the higher end of a line's span, with the offsets of the lines it meets."""
        ends: list[float] = []
        for at, neighbour in zip(self.span(index), (index - 1, index + 1), strict=True):
            inside = 0 <= neighbour < len(self.lines)
            ends.append(at + (self.lines[neighbour].offset / 1000 if inside else 0.0))
        return min(ends), max(ends)

    def backwards(self) -> "Route":
        return Route(self.end, self.lines[::-1], self.start)


@dataclass(frozen=True, slots=True)
class _Used:
    low: float
    high: float
    edge: Edge
    first: bool
    last: bool


class Grid:
    """Knows which cells hold nodes and which stretches of rows and columns already carry edges."""

    def __init__(self, scene: Scene, lines: list[YLine]) -> None:
        self.scene = scene
        self.lines = lines
        self.cells = {(node.x, node.y): node.id for node in scene.placed()}
        self.hosts = {node.host for node in scene.nodes.values()}
        self.width = max((node.x for node in scene.placed()), default=1) + 2
        self.ports: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._used: dict[tuple[str, int, float], list[_Used]] = defaultdict(list)
        self._met: dict[tuple[str, int, bool, Meeting], set[str]] = defaultdict(set)
        self._reached: dict[tuple[int, int, str], list[int]] = {}
        self.load: dict[tuple[str, int], int] = defaultdict(int)

    def is_gap(self, axis: str, at: int) -> bool:
        return at % 2 == 0 if axis == "v" else self.lines[at].kind in {"gap", "strip"}

    def end(self, node: Node, side: str, *, offset: float = 0.0) -> End:
        return End(node.id, side, node.x, node.y, node.offset + offset)

    def reach(self, end: End) -> list[int]:
        """Return the gaps that a line straight up or down from an end reaches, the nearest first."""
        key = end.x, end.y, end.side
        if key not in self._reached:
            self._reached[key] = self._reach(end)
        return self._reached[key]

    def _reach(self, end: End) -> list[int]:
        step, at = _STEP[end.side][1], end.y
        found: list[int] = []
        while len(found) < REACH:
            at += step
            if not 0 <= at < len(self.lines) or self.lines[at].kind == "pool" or (end.x, at) in self.cells:
                break
            if self.is_gap("h", at):
                found.append(at)
        return found

    def allows(self, route: Route, edge: Edge, *, strict: bool) -> bool:
        """Claim that the route leaves and enters in the directions of its ends, over free cells and, if strict,
        never along another edge."""
        if not (self._faces(route, route.start, 0) and self._faces(route.backwards(), route.end, 0)):
            return False
        own = {self._home(route.start), self._home(route.end)}
        for index, line in enumerate(route.lines):
            if self.is_gap(line.axis, line.at):
                continue
            low, high = sorted(route.span(index))
            if not self._free(line, range(low, high + 1), own) or (strict and self._taken(route, index, edge)):
                return False
        return not strict or not any(self._swaps(route, index) for index in range(1, len(route.lines) - 1))

    def take(self, route: Route, edge: Edge) -> None:
        """Note that an edge runs there."""
        self.ports[route.start.node, _port(route.start)].append("out")
        self.ports[route.end.node, _port(route.end)].append("in")
        for index, line in enumerate(route.lines):
            self.load[line.axis, line.at] += 1
            for side, met in enumerate(self.meetings(route, index)):
                for meeting in met:
                    self._met[line.axis, line.at, side == 1, meeting].add(edge.id)
            if not self.is_gap(line.axis, line.at):
                low, high = route.extent(index)
                used = _Used(low, high, edge, index == 0, index == len(route.lines) - 1)
                self._used[line.axis, line.at, line.offset].append(used)

    def meetings(self, route: Route, index: int) -> tuple[set[Meeting], set[Meeting]]:
        """Return where a line in a gap turns into rows or columns: those above or to the left, those below or right."""
        line = route.lines[index]
        before: set[Meeting] = set()
        after: set[Meeting] = set()
        for neighbour, outer in ((index - 1, 0), (index + 1, 1)):
            if 0 <= neighbour < len(route.lines) and self.is_gap(line.axis, line.at):
                turn = route.lines[neighbour]
                if not self.is_gap(turn.axis, turn.at):
                    (before if route.span(neighbour)[outer] < line.at else after).add((turn.at, turn.offset))
        return before, after

    def port(self, end: End) -> list[str]:
        """Return what already goes in and out at that port."""
        return self.ports[end.node, _port(end)]

    @staticmethod
    def _home(end: End) -> tuple[int, int]:
        return end.x, end.y

    @staticmethod
    def _faces(route: Route, end: End, index: int) -> bool:
        begin, finish = route.span(index)
        step = _STEP[end.side][0] or _STEP[end.side][1]
        horizontal = end.side in {"left", "right"}
        return horizontal == (route.lines[index].axis == "h") and (finish - begin) * step > 0

    def _free(self, line: Line, stretch: range, own: set[tuple[int, int]]) -> bool:
        for at in stretch:
            cell = (at, line.at) if line.axis == "h" else (line.at, at)
            if cell in self.cells and cell not in own:
                return False
            if line.axis == "v" and self.lines[at].kind == "pool" and cell not in own:
                return False
        return True

    def _swaps(self, route: Route, index: int) -> bool:
        """Claim that another edge in the gap would have to lie both before and behind this one."""
        line = route.lines[index]
        before, after = self.meetings(route, index)
        if not before or not after:
            return False
        behind = [self._met.get((line.axis, line.at, True, meeting), set()) for meeting in before]
        ahead = [self._met.get((line.axis, line.at, False, meeting), set()) for meeting in after]
        return any(not one.isdisjoint(other) for one in behind for other in ahead)

    def _taken(self, route: Route, index: int, edge: Edge) -> bool:
        line = route.lines[index]
        low, high = route.extent(index)
        for used in self._used.get((line.axis, line.at, line.offset), ()):
            forks = index == 0 and used.first and used.edge.source == edge.source
            joins = index == len(route.lines) - 1 and used.last and used.edge.target == edge.target
            if max(low, used.low) < min(high, used.high) and not forks and not joins:
                return True
        return False


def _port(end: End) -> str:
    return f"{end.side}{end.offset:+.0f}"
