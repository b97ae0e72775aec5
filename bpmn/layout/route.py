"""Chooses a route for every edge: the cheapest candidate that the grid allows."""

from collections.abc import Iterator

from bpmn.layout.candidates import candidates
from bpmn.layout.grid import End, Grid, Route
from bpmn.layout.messages import message_routes
from bpmn.layout.scene import Edge, Node, Scene

_BEND = 40.0
_SHARED = 260.0  # where two outcomes of a gateway leave through one port
_CROWD = 6.0  # for every edge that already runs along a line
_COLUMN, _ROW = 90.0, 58.0  # rough distances between two lines of the grid


def choose_routes(scene: Scene, grid: Grid) -> dict[str, Route]:
    """Return the route of every edge; forward flows first, messages and associations last."""
    routes: dict[str, Route] = {}
    for edge in sorted(scene.edges, key=lambda edge: _rank(scene, edge)):
        route = _best(grid, edge, strict=True) or _best(grid, edge, strict=False)
        if route is not None:
            routes[edge.id] = route
            grid.take(route, edge)
    return routes


def _rank(scene: Scene, edge: Edge) -> tuple[int, bool, int, int]:
    source, target = scene.nodes.get(edge.source), scene.nodes.get(edge.target)
    if source is None or target is None:
        return 3, False, 0, 0
    kind = {"sequence": 0, "message": 3, "association": 4}[edge.kind]
    distance = abs(source.x - target.x)
    return kind + 2 * edge.back + (source.host is not None), not edge.default, distance, abs(source.y - target.y)


def _best(grid: Grid, edge: Edge, *, strict: bool) -> Route | None:
    """Return the cheapest route; if not strict, one that may share ports and stretches with others."""
    best: Route | None = None
    least = float("inf")
    straight = _straight(grid, edge)
    for routes, ports in _choices(grid, edge, strict=strict):
        for route in routes:
            bends = ports + _BEND * (len(route.lines) - 1)
            if bends + straight >= least:
                break
            cost = bends + _length(grid, route)
            if cost < least and grid.allows(route, edge, strict=strict):
                best, least = route, cost
    return best


def _choices(grid: Grid, edge: Edge, *, strict: bool) -> Iterator[tuple[Iterator[Route], float]]:
    source, target = grid.scene.nodes.get(edge.source), grid.scene.nodes.get(edge.target)
    if source is None or target is None or edge.kind == "message":
        yield message_routes(grid, edge), 0.0
        return
    for start, out_cost in _exits(grid, source, edge, strict=strict):
        for end, in_cost in _entries(grid, target, edge, strict=strict):
            yield candidates(grid, start, end), out_cost + in_cost


def _straight(grid: Grid, edge: Edge) -> float:
    """Return the length below which no route between the two ends can be."""
    source, target = grid.scene.nodes.get(edge.source), grid.scene.nodes.get(edge.target)
    if source is None or target is None:
        return 0.0
    return abs(source.x - target.x) * _COLUMN + abs(source.y - target.y) * _ROW


def _length(grid: Grid, route: Route) -> float:
    total = 0.0
    for index, line in enumerate(route.lines):
        begin, finish = route.span(index)
        total += abs(finish - begin) * (_COLUMN if line.axis == "h" else _ROW) + _CROWD * grid.load[line.axis, line.at]
    return total


def _exits(grid: Grid, node: Node, edge: Edge, *, strict: bool) -> Iterator[tuple[End, float]]:
    """Return the ports through which an edge may leave, with what they cost."""
    if node.host is not None:
        yield grid.end(node, "down"), 0.0
        return
    costs = {"right": 0.0, "up": 60.0, "down": 60.0}
    shared = 70.0
    if node.kind == "gateway":
        costs = {"right": 0.0, "up": 4.0, "down": 2.0}
        shared = 20.0 if node.tag == "parallelGateway" else _SHARED
        if edge.default:
            costs = {"right": 0.0, "up": 60.0, "down": 58.0}
    if edge.kind == "association":
        costs = dict.fromkeys(("up", "down", "left", "right"), 10.0)
    elif edge.back and not edge.label:
        costs |= {"left": 10.0, "up": 30.0, "down": 30.0}
    for side, cost in costs.items():
        end = grid.end(node, side)
        used = grid.port(end)
        if not (strict and "in" in used) and not (side == "down" and node.id in grid.hosts):
            yield end, cost + shared * len(used)


def _entries(grid: Grid, node: Node, edge: Edge, *, strict: bool) -> Iterator[tuple[End, float]]:
    """Return the ports at which an edge may arrive, with what they cost."""
    if node.host is not None:
        yield grid.end(node, "down"), 0.0
        return
    costs = {"left": 0.0, "up": 45.0, "down": 45.0}
    if node.kind == "gateway" or node.satellite:
        costs = {"left": 0.0, "up": 2.0, "down": 4.0}
    elif edge.back:
        costs = {"left": 30.0, "up": 0.0, "down": 4.0}
    if edge.kind == "association":
        costs = dict.fromkeys(("up", "down", "left", "right"), 10.0)
    for side, cost in costs.items():
        end = grid.end(node, side)
        used = grid.port(end)
        if not (strict and "out" in used) and not (side == "down" and node.id in grid.hosts):
            yield end, cost + (25.0 * len(used) if side != "left" else 0.0)
