"""A scene on the plane that shows it: what lies where, and in which frame a node belongs."""

from dataclasses import dataclass

from bpmn.layout.board import Board
from bpmn.layout.scene import Box, Node, Scene


@dataclass(frozen=True, slots=True)
class Hanging:
    """A scene on its board; `part` is the sub-process whose inside it is."""

    board: Board
    scene: Scene
    part: str | None

    def frames(self, node: Node) -> list[str]:
        """The drawn frames around a node, from inside outwards: lanes, pool, sub-process."""
        lane = self.scene.lanes[node.lane]
        above = [name for name, _ in reversed(lane.above)]
        names = (lane.id, *above, self.scene.pools[lane.pool].id, self.part)
        return [name for name in names if name is not None and name in self.board.boxes]

    def drawn_in(self, lane: int) -> list[Box]:
        """The drawn nodes of a lane."""
        nodes = (node for node in self.scene.nodes.values() if node.lane == lane)
        return [self.board.boxes[node.id] for node in nodes if node.id in self.board.boxes]

    def is_shown(self, node: Node) -> bool:
        """Whether the plane shows the process in which a node lies."""
        pool = self.scene.lanes[node.lane].pool
        others = (other.id for other in self.scene.nodes.values() if self.scene.lanes[other.lane].pool == pool)
        return self.scene.pools[pool].id in self.board.boxes or any(name in self.board.boxes for name in others)

    def neighbours(self, node: Node) -> list[Box]:
        """The drawn nodes from which flows come, then those to which they lead."""
        edges = [edge for edge in self.scene.edges if edge.kind != "message"]
        before = [edge.source for edge in edges if edge.target == node.id]
        after = [edge.target for edge in edges if edge.source == node.id]
        return [self.board.boxes[name] for name in (*before, *after) if name in self.board.boxes]


def united(one: Box, other: Box) -> Box:
    x, y = min(one.x, other.x), min(one.y, other.y)
    return Box(x, y, max(one.right, other.right) - x, max(one.bottom, other.bottom) - y)


def contains(outer: Box, inner: Box) -> bool:
    return outer.x <= inner.x and outer.y <= inner.y and outer.right >= inner.right and outer.bottom >= inner.bottom
