"""From a document to its diagram: reads the scene, arranges it, writes the diagram."""

from lxml import etree

from bpmn.layout import measures
from bpmn.layout.columns import assign_columns
from bpmn.layout.grid import Grid
from bpmn.layout.labels import place_labels
from bpmn.layout.place import Plan, measure, way_points
from bpmn.layout.read import Reader
from bpmn.layout.route import choose_routes
from bpmn.layout.rows import assign_rows
from bpmn.layout.scene import Box, Node, Path, Picture, Scene, Shape
from bpmn.layout.tracks import assign_tracks
from bpmn.layout.write import write_diagram


def add_diagram(root: etree._Element) -> None:
    """Replace the diagrams of a bpmn:definitions by one that shows everything with an id.

    Shape: one plane of the collaboration, else of the first process; pools and lanes lie across, sub-processes are
    expanded, every outside name has bounds.  The same document always gives the same diagram.  Unit: pixels.
    """
    reader = Reader(root)
    plane = reader.plane()
    picture = Picture()
    if plane is not None:
        picture.add(_arranged(reader, reader.scene(), depth=0), dx=measures.MARGIN, dy=measures.MARGIN)
    write_diagram(root, plane, picture)


def _arranged(reader: Reader, scene: Scene, *, depth: int) -> Picture:
    for node in scene.nodes.values():
        if node.expanded:
            _fill(reader, node, depth=depth)
    _seat_boundary_events(scene)
    assign_columns(scene)
    lines = assign_rows(scene)
    grid = Grid(scene, lines)
    routes = choose_routes(scene, grid)
    plan = Plan(scene, grid, routes, assign_tracks(grid, routes), place_labels(scene, routes))
    measure(plan)
    return _picture(plan)


def _fill(reader: Reader, node: Node, *, depth: int) -> None:
    """Lay out the inside of a sub-process and size it; an empty one stays a closed box."""
    scene = reader.inside(node.id, depth=depth + 1)
    if not scene.nodes:
        node.expanded = False
        return
    node.inner = _arranged(reader, scene, depth=depth + 1)
    node.width = max(node.width, node.inner.width)
    node.height = max(node.height, node.inner.height + measures.HEADER)


def _seat_boundary_events(scene: Scene) -> None:
    """Set boundary events on the lower border of their hosts, from the right, and widen hosts that are too narrow."""
    guests: dict[str, list[Node]] = {}
    for node in scene.nodes.values():
        if node.host is not None:
            guests.setdefault(node.host, []).append(node)
    for host, seated in guests.items():
        pitch = measures.BOUNDARY_PITCH if len(seated) == 1 else measures.LABELLED_PITCH
        if scene.nodes[host].kind == "task":
            scene.nodes[host].height += measures.BOUNDARY_ROOM
        scene.nodes[host].width = max(scene.nodes[host].width, len(seated) * pitch + 16)
        for index, node in enumerate(seated):
            node.offset = scene.nodes[host].width / 2 - 22 - index * pitch


def _picture(plan: Plan) -> Picture:
    picture = Picture(plan.x[-1].high, plan.y[-1].high if plan.y else 0.0)
    _frames(plan, picture)
    for node in plan.scene.nodes.values():
        _add_node(plan, node, picture)
    for edge in plan.scene.edges:
        if edge.id in plan.routes:
            label = plan.message_labels.get(edge.id) or _label(plan, edge.id)
            picture.paths.append(Path(edge.id, way_points(plan, edge.id), label))
    return picture


def _frames(plan: Plan, picture: Picture) -> None:
    """Add pools and lanes, from outside inwards; the lanes of a pool tile it below each other."""
    width, scene, lines = plan.x[-1].high, plan.scene, plan.grid.lines

    def band(left: float, at: list[int]) -> Box:
        low, high = plan.y[at[0]].low, plan.y[at[-1]].high
        return Box(left, low, width - left, high - low)

    for index, pool in enumerate(scene.pools):
        mine = [at for at, line in enumerate(lines) if line.pool == index]
        left = measures.HEADER if pool.id is not None else 0.0
        if pool.id is not None:
            picture.shapes.append(Shape(pool.id, band(0.0, mine), horizontal=True))
        groups: dict[str, tuple[float, list[int]]] = {}
        for number, lane in enumerate(scene.lanes):
            if lane.pool == index and lane.id is not None:
                own = [at for at in mine if lines[at].lane == number]
                for depth, name in enumerate([*(above for above, _ in lane.above), lane.id]):
                    groups.setdefault(name, (left + depth * measures.HEADER, []))[1].extend(own)
        for name, (edge, at) in sorted(groups.items(), key=lambda item: item[1][0]):
            picture.shapes.append(Shape(name, band(edge, at), horizontal=True))


def _add_node(plan: Plan, node: Node, picture: Picture) -> None:
    x, y = plan.x[node.x].middle, plan.y[node.y].middle
    if node.host is not None:
        x, y = x + node.offset, y + plan.scene.nodes[node.host].height / 2
    box = Box(x - node.width / 2, y - node.height / 2, node.width, node.height)
    marker = node.tag == "exclusiveGateway"
    picture.shapes.append(Shape(node.id, box, _label(plan, node.id), expanded=node.expanded, marker=marker))
    if node.inner is not None:
        picture.add(node.inner, dx=box.x + (box.width - node.inner.width) / 2, dy=box.y + measures.HEADER)


def _label(plan: Plan, key: str) -> Box | None:
    box = plan.labels.at.get(key)
    if box is None:
        return None
    cell = plan.scene.nodes[plan.labels.cell[key]]
    return box.moved(plan.x[cell.x].middle, plan.y[cell.y].middle)
