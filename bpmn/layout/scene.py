"""The words of the layout: what is to be placed (scene) and what was placed (picture)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `x`, `y` is its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def moved(self, dx: float, dy: float) -> "Box":
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def overlaps(self, other: "Box") -> bool:
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True, slots=True)
class Shape:
    """A placed node, lane or pool. `horizontal` and `expanded` are None where they say nothing."""

    element: str
    box: Box
    label: Box | None = None
    horizontal: bool | None = None
    expanded: bool | None = None
    marker: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """A placed edge: its way points and the box of its name."""

    element: str
    points: tuple[Point, ...]
    label: Box | None = None


@dataclass(slots=True)
class Picture:
    """Shapes, containers before what they hold, and edges; all lie in 0..width × 0..height."""

    width: float = 0.0
    height: float = 0.0
    shapes: list[Shape] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)

    def add(self, other: "Picture", *, dx: float, dy: float) -> None:
        """Copy another picture into this one, moved."""
        for shape in other.shapes:
            label = shape.label and shape.label.moved(dx, dy)
            box = shape.box.moved(dx, dy)
            self.shapes.append(Shape(shape.element, box, label, shape.horizontal, shape.expanded, shape.marker))
        for path in other.paths:
            points = tuple((x + dx, y + dy) for x, y in path.points)
            self.paths.append(Path(path.element, points, path.label and path.label.moved(dx, dy)))


@dataclass(slots=True)
class Node:
    """A flow node, data object or annotation on its way to a place.

    `kind`: task | event | gateway | boundary | part | artifact, where a part is an expanded sub-process with its own
    picture `inner`.  `label` is the name that stands outside.  `column` counts from 0 along the flow; `x` and `y` are
    indexes into the lines of the grid (see `bpmn.layout.grid`).
    """

    id: str
    tag: str
    kind: str
    width: float
    height: float
    lane: int = 0
    label: str = ""
    host: str | None = None
    inner: Picture | None = None
    expanded: bool | None = None
    column: int = 0
    satellite: bool = False
    x: int = 0
    y: int = 0
    offset: float = 0.0  # of a boundary event from the middle of its host


@dataclass(slots=True)
class Edge:
    """`kind`: sequence | message | association; `back` flows lead to where the case has already been."""

    id: str
    source: str
    target: str
    kind: str = "sequence"
    label: str = ""
    default: bool = False
    back: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """A band of the drawing: an innermost lane, or (id None) a process without lanes. `above`: the lanes around it,
    outermost first."""

    id: str | None
    name: str
    pool: int
    above: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pool:
    """A participant, or (id None) a process that no participant shows. A black box has no lane."""

    id: str | None
    name: str
    black_box: bool = False


@dataclass(slots=True)
class Scene:
    """What one plane or one sub-process shows. Nodes of a lane are those whose `lane` is its index."""

    pools: list[Pool] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    framed: bool = True

    def placed(self) -> Iterator[Node]:
        """Return the nodes with a cell of their own: all but boundary events."""
        return (node for node in self.nodes.values() if node.host is None)

    def anchor(self, node_id: str) -> str:
        """Return the node in whose cell a node lies: the host of a boundary event, else itself."""
        return self.nodes[node_id].host or node_id

    def black_box(self, element: str) -> int | None:
        """Return the index of the black-box pool with that id."""
        return next((i for i, pool in enumerate(self.pools) if pool.black_box and pool.id == element), None)
