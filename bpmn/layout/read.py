"""Reads what is to be drawn from the lxml tree of a bpmn:definitions."""

from collections.abc import Iterator

from lxml import etree

from bpmn.layout import names
from bpmn.layout.measures import DEEPEST
from bpmn.layout.names import tag_of
from bpmn.layout.scene import Edge, Lane, Node, Pool, Scene
from bpmn.layout.sizes import sized

_DATA = {"dataInputAssociation": "sourceRef", "dataOutputAssociation": "targetRef"}


class Reader:
    """Reads the planes of one document; remembers every element by its id, the first where ids are double."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.elements: dict[str, etree._Element] = {}
        for element in root.iter(f"{{{names.BPMN}}}*"):
            if element.get("id"):
                self.elements.setdefault(element.get("id", ""), element)

    def plane(self) -> str | None:
        """Return the id of what the plane shows: the collaboration, else the first process with an id."""
        shown = [*self._children(self.root, "collaboration"), *self._children(self.root, "process")]
        return next((element.get("id") for element in shown if element.get("id")), None)

    def scene(self) -> Scene:
        """Return pools, lanes, nodes and edges of the whole document, without the inside of sub-processes."""
        scene = Scene()
        processes = {p.get("id", ""): p for p in self._children(self.root, "process")}
        for collaboration in self._children(self.root, "collaboration"):
            for participant in self._children(collaboration, "participant"):
                self._pool(scene, participant, processes)
        for process in processes.values():
            scene.pools.append(Pool(None, process.get("name", "")))
            self._content(scene, process)
        for collaboration in self._children(self.root, "collaboration"):
            self._artifacts(scene, collaboration, lane=0)
            self._edges(scene, collaboration)
        return scene

    def inside(self, sub_process: str, *, depth: int) -> Scene:
        """Return what an expanded sub-process holds."""
        scene = Scene(framed=False)
        scene.pools.append(Pool(None, ""))
        self._content(scene, self.elements[sub_process], depth=depth)
        return scene

    def _pool(self, scene: Scene, participant: etree._Element, processes: dict[str, etree._Element]) -> None:
        identity = participant.get("id")
        if identity is None or self.elements.get(identity) is not participant:
            return
        process = processes.pop(_local(participant.get("processRef")), None)
        scene.pools.append(Pool(identity, participant.get("name", ""), black_box=process is None))
        if process is not None:
            self._content(scene, process)

    def _content(self, scene: Scene, container: etree._Element, *, depth: int = 0) -> None:
        first, pool = len(scene.lanes), len(scene.pools) - 1
        listed: dict[str, int] = {}
        for lane_set in self._children(container, "laneSet"):
            self._lanes(scene, lane_set, listed)
        if len(scene.lanes) == first:
            scene.lanes.append(Lane(None, "", pool))
        for element in container:
            node = self._node(element, depth)
            if node is not None and node.id not in scene.nodes:
                node.lane = listed.get(node.id, -1)
                scene.nodes[node.id] = node
        self._edges(scene, container)
        _settle_lanes(scene, first)

    def _lanes(
        self, scene: Scene, lane_set: etree._Element, listed: dict[str, int], *, above: tuple[tuple[str, str], ...] = ()
    ) -> None:
        for lane in self._children(lane_set, "lane"):
            identity, name = lane.get("id"), lane.get("name", "")
            if identity is None or self.elements.get(identity) is not lane:
                continue
            index = len(scene.lanes)
            for child in self._children(lane, "childLaneSet"):
                self._lanes(scene, child, listed, above=(*above, (identity, name)))
            if len(scene.lanes) == index:
                scene.lanes.append(Lane(identity, name, len(scene.pools) - 1, above))
            for reference in self._children(lane, "flowNodeRef"):
                listed.setdefault((reference.text or "").strip(), index)

    def _node(self, element: etree._Element, depth: int) -> Node | None:
        tag, identity = tag_of(element), element.get("id")
        kind = names.kind(tag)
        if kind is None or identity is None or self.elements.get(identity) is not element:
            return None
        host = element.get("attachedToRef") if kind == "boundary" else None
        if host is not None and not self._same_parent(host, element):
            host = None
        node = Node(identity, tag, "event" if kind == "boundary" and host is None else kind, 0, 0, host=host)
        if kind == "part":
            node.expanded = depth < DEEPEST
        return sized(node, text=_text(element, tag))

    def _same_parent(self, host: str, element: etree._Element) -> bool:
        found = self.elements.get(host)
        return (
            found is not None
            and found.getparent() is element.getparent()
            and names.kind(tag_of(found)) in {"task", "part"}
        )

    def _artifacts(self, scene: Scene, container: etree._Element, *, lane: int) -> None:
        for element in container:
            node = self._node(element, 0)
            if node is not None and node.kind == "artifact" and scene.lanes:
                node.lane = lane
                scene.nodes.setdefault(node.id, node)

    def _edges(self, scene: Scene, container: etree._Element) -> None:
        known = {edge.id for edge in scene.edges}
        for element in self._edge_elements(container):
            edge = self._edge(scene, element)
            if edge is not None and edge.id not in known:
                known.add(edge.id)
                scene.edges.append(edge)

    def _edge_elements(self, container: etree._Element) -> Iterator[etree._Element]:
        for element in container:
            if tag_of(element) in names.EDGES:
                yield element
            for association in element:
                if tag_of(association) in _DATA:
                    yield association

    def _edge(self, scene: Scene, element: etree._Element) -> Edge | None:
        tag, identity = tag_of(element), element.get("id")
        if identity is None or self.elements.get(identity) is not element:
            return None
        source, target = self._ends(scene, element)
        if source is None or target is None or (source == target and tag != "sequenceFlow"):
            return None
        edge = Edge(identity, source, target, names.EDGES.get(tag, "association"))
        edge.label = element.get("name", "") if tag != "association" else ""
        start = self.elements.get(source)
        edge.default = start is not None and start.get("default") == identity
        return edge

    def _ends(self, scene: Scene, element: etree._Element) -> tuple[str | None, str | None]:
        side = _DATA.get(tag_of(element))
        if side is None:
            source, target = _local(element.get("sourceRef")), _local(element.get("targetRef"))
        else:
            parent = element.getparent()
            owner = "" if parent is None else parent.get("id", "")
            other = next(((e.text or "").strip() for e in self._children(element, side)), "")
            source, target = (other, owner) if side == "sourceRef" else (owner, other)
        return self._shown(scene, source), self._shown(scene, target)

    def _shown(self, scene: Scene, identity: str) -> str | None:
        """Return the node or pool of the scene at which an edge to `identity` ends, None where it shows none."""
        element = self.elements.get(identity)
        while element is not None:
            found = element.get("id", "")
            if found in scene.nodes or any(found == pool.id for pool in scene.pools):
                return found
            if tag_of(element) == "sequenceFlow":
                identity = _local(element.get("sourceRef"))
                return identity if identity in scene.nodes else None
            element = element.getparent()
        return None

    @staticmethod
    def _children(element: etree._Element, tag: str) -> Iterator[etree._Element]:
        return element.iterchildren(f"{{{names.BPMN}}}{tag}")


def _local(reference: str | None) -> str:
    """Return the id of a reference that may be written as a qualified name."""
    return (reference or "").strip().rsplit(":", 1)[-1]


def _text(element: etree._Element, tag: str) -> str:
    if tag == "textAnnotation":
        return next(
            ("".join(map(str, child.itertext())) for child in element.iterchildren(f"{{{names.BPMN}}}text")), ""
        )
    return element.get("name", "")


def _settle_lanes(scene: Scene, first: int) -> None:
    """Give nodes that no lane lists the lane of a neighbour, else the first; boundary events that of their host."""
    open_nodes = [node for node in scene.nodes.values() if node.lane < 0]
    for edge in [*scene.edges, *reversed(scene.edges)]:
        ends = scene.nodes.get(edge.source), scene.nodes.get(edge.target)
        for here, there in (ends, ends[::-1]):
            if here is not None and there is not None and here.lane < 0 <= there.lane:
                here.lane = there.lane
    for node in open_nodes:
        node.lane = max(node.lane, first)
    for node in scene.nodes.values():
        if node.host is not None:
            node.lane = scene.nodes[node.host].lane
