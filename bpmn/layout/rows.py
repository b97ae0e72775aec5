"""Rows: each lane is a band of rows; a node takes the row of what leads to it, or the nearest free one."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from bpmn.layout.columns import wrap_bands
from bpmn.layout.scene import Edge, Node, Scene


@dataclass(slots=True)
class YLine:
    """A horizontal line of the grid. `kind`: gap | row | strip (between pools) | pool (a black box)."""

    kind: str
    pool: int = -1
    lane: int = -1
    nodes: list[str] = field(default_factory=list)


Rows = dict[int, dict[int, str]]  # by number, those above the first row negative; then by column


def assign_rows(scene: Scene) -> list[YLine]:
    """Set `Node.x` and `Node.y` and return the lines from top to bottom.

    A row lies between two gaps, which carry the edges; the first black box stands above all, the others below.
    """
    arriving = _arriving(scene)
    above = [i for i, pool in enumerate(scene.pools) if pool.black_box][:1]
    below = [i for i, pool in enumerate(scene.pools) if pool.black_box][1:]
    between = [i for i, pool in enumerate(scene.pools) if not pool.black_box]
    lines: list[YLine] = []
    for pool in (*above, *between, *below):
        if lines:
            lines.append(YLine("strip"))
        if scene.pools[pool].black_box:
            lines.append(YLine("pool", pool))
        else:
            lines.extend(_pool_lines(scene, pool, arriving))
    for index, line in enumerate(lines):
        for node in line.nodes:
            scene.nodes[node].y = index
    for node_ in scene.nodes.values():
        if node_.host is not None:
            host = scene.nodes[node_.host]
            node_.x, node_.y = host.x, host.y
    return lines


def _arriving(scene: Scene) -> dict[str, list[Edge]]:
    arriving: dict[str, list[Edge]] = defaultdict(list)
    for edge in scene.edges:
        if edge.kind == "sequence" and not edge.back:
            arriving[edge.target].append(edge)
    return arriving


def _pool_lines(scene: Scene, pool: int, arriving: dict[str, list[Edge]]) -> Iterator[YLine]:
    lanes = [index for index, lane in enumerate(scene.lanes) if lane.pool == pool]
    nodes = [node for node in scene.placed() if node.lane in lanes]
    bands = wrap_bands(nodes)
    rows: dict[tuple[int, int], Rows] = {}
    home: dict[str, int] = {}
    for node in _in_order(nodes, arriving):
        here = rows.setdefault((node.lane, bands[node.id]), {0: {}})
        wish = _wish(scene, node, arriving[node.id], state=(bands, home))
        row = _free_row(here, node, wish)
        here.setdefault(row, {})[node.x] = node.id
        home[node.id] = row
    for lane in lanes:
        folded = [rows.get((lane, band), {}) for band in range(max(bands.values(), default=0) + 1)]
        mine = [band_rows[number] for band_rows in folded for number in sorted(band_rows)]
        yield YLine("gap", pool, lane)
        for row_nodes in mine or [{}]:
            yield YLine("row", pool, lane, list(row_nodes.values()))
            yield YLine("gap", pool, lane)


def _in_order(nodes: list[Node], arriving: dict[str, list[Edge]]) -> list[Node]:
    """Return the nodes by column; the ordinary way first, what stands under its gateway last."""

    def rank(node: Node) -> tuple[int, bool, bool, bool]:
        named = not any(edge.default or not edge.label for edge in arriving[node.id])
        return node.column, node.kind == "artifact", node.satellite, named

    return sorted(nodes, key=rank)


def _wish(scene: Scene, node: Node, edges: list[Edge], *, state: tuple[dict[str, int], dict[str, int]]) -> int:
    """Return the row of what leads to the node, where that lies in the same lane and band."""
    bands, home = state
    best = sorted(edges, key=lambda edge: (scene.nodes[edge.source].host is not None, not edge.default))
    for edge in best:
        source = scene.nodes[scene.anchor(edge.source)]
        if source.lane == node.lane and bands.get(source.id) == bands[node.id] and source.id in home:
            return home[source.id]
    return 0


def _free_row(rows: Rows, node: Node, wish: int) -> int:
    """Return the free row nearest to the wish, below before above; only what stands at a gateway opens one above."""
    for distance in range(len(rows) + 1):
        for row in (wish + distance, wish - distance):
            known = row in rows or row >= wish or node.satellite
            if known and node.x not in rows.get(row, {}):
                return row
    return max(rows) + 1
