"""Where message flows leave and enter: above or below their nodes, beside the ports of the sequence flows."""

from collections.abc import Iterator

from bpmn.layout.candidates import candidates, to_pool
from bpmn.layout.grid import End, Grid, Route
from bpmn.layout.scene import Edge, Node

_SHARES = (0.25, -0.25, 0.38, -0.38, 0.12, -0.12)  # of the width of a task, from its middle


def message_routes(grid: Grid, edge: Edge) -> Iterator[Route]:
    """Return the routes of an edge that joins two pools, those with fewer bends first."""
    source, target = grid.scene.nodes.get(edge.source), grid.scene.nodes.get(edge.target)
    if source is not None and target is not None:
        upwards = source.y > target.y
        start = _node_end(grid, source, "up" if upwards else "down")
        end = _node_end(grid, target, "down" if upwards else "up")
        if source.y == target.y:
            start, end = _node_end(grid, source, "up"), _node_end(grid, target, "up")
        yield from candidates(grid, start, end)
    elif source is not None:
        yield from _node_to_pool(grid, source, edge.target)
    elif target is not None:
        yield from (route.backwards() for route in _node_to_pool(grid, target, edge.source))
    else:
        yield from _pool_to_pool(grid, edge)


def _node_to_pool(grid: Grid, node: Node, pool: str) -> Iterator[Route]:
    lines = _pool_lines(grid, pool)
    if not lines or lines[0] <= node.y <= lines[-1]:
        return
    upwards = lines[-1] < node.y
    start = _node_end(grid, node, "up" if upwards else "down")
    yield from to_pool(grid, start, _pool_end(pool, lines, below=upwards))


def _pool_to_pool(grid: Grid, edge: Edge) -> Iterator[Route]:
    source, target = _pool_lines(grid, edge.source), _pool_lines(grid, edge.target)
    if source and target and source != target:
        upwards = target[0] < source[0]
        start = _pool_end(edge.source, source, below=not upwards)
        yield from to_pool(grid, start, _pool_end(edge.target, target, below=upwards))


def _pool_end(pool: str, lines: list[int], *, below: bool) -> End:
    return End(pool, "down" if below else "up", 0, lines[-1] if below else lines[0])


def _pool_lines(grid: Grid, pool: str) -> list[int]:
    return [at for at, line in enumerate(grid.lines) if line.pool >= 0 and grid.scene.pools[line.pool].id == pool]


def _node_end(grid: Grid, node: Node, side: str) -> End:
    """Return the first free port on that side of a node; on the lower side of a host only boundary events leave."""
    if node.host is not None:
        return grid.end(node, "down")
    if node.id in grid.hosts:
        side = "up"
    ends = [grid.end(node, side, offset=round(share * node.width)) for share in _SHARES]
    if node.kind not in {"task", "part"}:
        ends.insert(0, grid.end(node, side))
    return next((end for end in ends if not grid.port(end)), ends[-1])
