"""Columns: how far along the flow each node stands."""

from collections import defaultdict

from bpmn.layout.measures import WRAP_AT
from bpmn.layout.scene import Edge, Node, Scene

Steps = dict[str, list[Edge]]
_SATELLITES = 2  # of one gateway: one below it, one above


def assign_columns(scene: Scene) -> None:
    """Set `Edge.back` and `Node.column`: back edges by depth-first search, then longest paths.

    What only leads back (waiting for the citizen) or ends the case beside the ordinary way stands under or over its
    gateway.
    """
    leaving = _leaving(scene)
    order = _depth_first(scene, leaving)
    for node in order:
        for edge in leaving[node]:
            if not edge.back:
                target = scene.nodes[scene.anchor(edge.target)]
                target.column = max(target.column, scene.nodes[node].column + 1)
    _put_satellites(scene, leaving)
    _put_artifacts(scene)


def wrapped_width(columns: int) -> int:
    """Return how many columns stand side by side when a long procedure is wrapped into bands of equal width."""
    bands = -(-columns // WRAP_AT)
    return -(-columns // max(1, bands))


def _leaving(scene: Scene) -> Steps:
    """Return the sequence flows of each cell, the ordinary way (default flow) first."""
    leaving: Steps = defaultdict(list)
    for edge in scene.edges:
        if edge.kind == "sequence" and edge.source in scene.nodes and edge.target in scene.nodes:
            leaving[scene.anchor(edge.source)].append(edge)
    for edges in leaving.values():
        edges.sort(key=lambda edge: (not edge.default, edge.source in scene.nodes and _is_boundary(scene, edge)))
    return leaving


def _is_boundary(scene: Scene, edge: Edge) -> bool:
    return scene.nodes[edge.source].host is not None


def _depth_first(scene: Scene, leaving: Steps) -> list[str]:
    """Mark back edges and return the nodes so that every other edge leads forward in the list."""
    entered = {scene.anchor(edge.target) for edges in leaving.values() for edge in edges}
    placed = list(scene.placed())
    placed.sort(key=lambda node: (node.tag != "startEvent", node.id in entered))
    done: set[str] = set()
    finished: list[str] = []
    for root in placed:
        if root.id not in done:
            _visit(scene, root.id, leaving, done=done, finished=finished)
    return finished[::-1]


def _visit(scene: Scene, root: str, leaving: Steps, *, done: set[str], finished: list[str]) -> None:
    done.add(root)
    on_way = {root}
    stack = [(root, iter(leaving[root]))]
    while stack:
        node, edges = stack[-1]
        for edge in edges:
            target = scene.anchor(edge.target)
            edge.back = target in on_way
            if target not in done:
                done.add(target)
                on_way.add(target)
                stack.append((target, iter(leaving[target])))
                break
        else:
            stack.pop()
            on_way.discard(node)
            finished.append(node)


def _put_satellites(scene: Scene, leaving: Steps) -> None:
    arriving: dict[str, list[Edge]] = defaultdict(list)
    for edges in leaving.values():
        for edge in edges:
            arriving[scene.anchor(edge.target)].append(edge)
    seats: dict[str, int] = defaultdict(int)
    for node in scene.placed():
        entering = arriving[node.id]
        if len(entering) != 1 or not all(edge.back for edge in leaving[node.id]):
            continue
        source = scene.nodes[entering[0].source]
        beside = source.kind == "gateway" and len(leaving[source.id]) > 1 and not _is_ordinary(entering[0], leaving)
        fits = node.kind in {"task", "event"} and seats[source.id] < _SATELLITES
        if beside and fits and not entering[0].back:
            seats[source.id] += 1
            node.satellite = True
            node.column = source.column


def _is_ordinary(edge: Edge, leaving: Steps) -> bool:
    """Claim that the flow is its gateway's default, or where none is default its first unnamed one."""
    flows = leaving[edge.source]
    if any(flow.default for flow in flows):
        return edge.default
    return edge is next((flow for flow in flows if not flow.label), flows[0])


def _put_artifacts(scene: Scene) -> None:
    for edge in scene.edges:
        if edge.kind == "association":
            for here, there in ((edge.source, edge.target), (edge.target, edge.source)):
                node, other = scene.nodes.get(here), scene.nodes.get(there)
                if node is not None and other is not None and node.kind == "artifact" != other.kind:
                    anchor = scene.nodes[scene.anchor(other.id)]
                    node.column, node.lane = anchor.column, anchor.lane


def wrap_bands(nodes: list[Node]) -> dict[str, int]:
    """Fold the columns of one process and return the band of each node."""
    width = wrapped_width(max((node.column for node in nodes), default=0) + 1)
    bands = {node.id: node.column // width for node in nodes}
    for node in nodes:
        node.x = 2 * (node.column % width) + 1
    return bands
