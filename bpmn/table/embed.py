"""Where the graph that a table means lies in a document that shows this table.

A document drawn by hand says the same in other words: events on the way, gateways where ways meet.  What of the graph
has no element of its own stays unplaced.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bpmn.dialect.words import bpmn_tag
from bpmn.table.diagram import BRANCHING, Arrow, Diagram
from bpmn.table.graph import Graph, Way

Line = tuple[Arrow, ...]
"""Flows one behind the other, from one node to the next that is more than an event on the way."""

PASSING = frozenset({"intermediateCatchEvent", "intermediateThrowEvent"})


@dataclass
class Embedding:
    """`element` gives the node of a spot, `line` the flows of a way; a line may end before its spot.

    `collapsed` are the gateways whose ways leave the task itself.
    """

    graph: Graph
    diagram: Diagram
    element: dict[str, str] = field(default_factory=dict)
    line: dict[str, Line] = field(default_factory=dict)
    collapsed: set[str] = field(default_factory=set)

    def whole(self, way: Way) -> bool:
        """Whether a way runs in the document from its source to its target."""
        line = self.line.get(way.id)
        return (
            line is not None
            and way.source not in self.collapsed
            and line[0].source == self.element.get(way.source)
            and line[-1].target == self.element.get(way.target)
        )

    @property
    def complete(self) -> bool:
        return not self.collapsed and all(self.whole(way) for way in self.graph.ways)


def embed(graph: Graph, diagram: Diagram, *, steps: Mapping[str, str], branches: Mapping[int, Arrow]) -> Embedding:
    """Place a graph in the diagram that its table was read from.

    `steps` gives the node of each step, `branches` the flow of each branch by the branch's `id()`.
    """
    found = Embedding(graph, diagram, dict(steps))
    search = Search(found)
    for way in graph.ways:
        arrow = branches.get(id(way.branch)) if way.branch else None
        if arrow is not None:
            search.take(way, search.line_of[arrow.id])
    for step, gateway in graph.gateways.items():
        if gateway not in found.element and step in found.element:
            found.element[gateway] = found.element[step]
            found.collapsed.add(gateway)
    search.spread()
    search.place_ends()
    search.spread()
    for way in graph.ways:
        search.open_end(way)
    return found


class Search:
    """Follows graph and diagram in step, from what is placed to what is next to it."""

    def __init__(self, found: Embedding) -> None:
        self.found = found
        self.line_of: dict[str, Line] = {}
        self.leaving: dict[str, list[Line]] = defaultdict(list)
        self.arriving: dict[str, list[Line]] = defaultdict(list)
        self.taken: set[str] = set()
        for line in lines_of(found.diagram):
            self.line_of |= {arrow.id: line for arrow in line}
            self.leaving[line[0].source].append(line)
            self.arriving[line[-1].target].append(line)

    def take(self, way: Way, line: Line) -> None:
        self.found.line[way.id] = line
        self.taken.add(line[0].id)
        self.claim(way.source, line[0].source)
        self.claim(way.target, line[-1].target)

    def claim(self, spot: str, node: str) -> None:
        if spot not in self.found.element and self.fits(spot, node):
            self.found.element[spot] = node

    def fits(self, spot: str, node: str) -> bool:
        """Whether a node may be the element of a spot: of its kind, and nobody else's, but an end may have several."""
        tag, kind = self.found.graph.spots[spot].tag, self.found.diagram.kind(node)
        if tag == "endEvent":
            return kind == tag
        same = kind == tag or (kind in BRANCHING and spot in self.found.graph.gateways.values())
        return same and node not in self.found.element.values() and self.attached_alike(spot, node)

    def attached_alike(self, spot: str, node: str) -> bool:
        host = self.found.graph.spots[spot].attached_to
        return host is None or self.found.element.get(host) == self.found.diagram.nodes[node].get("attachedToRef")

    def free(self, lines: list[Line]) -> list[Line]:
        return [line for line in lines if line[0].id not in self.taken]

    def spread(self) -> None:
        """Place what is next to what is placed, until nothing more is found."""
        ways = self.found.graph.ways
        grown = True
        while grown:
            open_ways = [way for way in ways if way.id not in self.found.line]
            grown = sum(self.forward(way) or self.backward(way) for way in open_ways) > 0

    def place_ends(self) -> None:
        """Start and end of the procedure where only one event can be meant."""
        for spot, tag in ((next(iter(self.found.graph.spots)), "startEvent"), (self.found.graph.end, "endEvent")):
            inside = self.found.diagram.process.iterchildren(bpmn_tag(tag))
            known = set(self.found.element.values())
            events = [found.get("id", "") for found in inside if found.get("id") and found.get("id") not in known]
            if spot not in self.found.element and len(events) == 1:
                self.found.element[spot] = events[0]

    def forward(self, way: Way) -> bool:
        source, target = self.found.element.get(way.source), self.found.element.get(way.target)
        if source is None or way.target in self.found.collapsed:
            return False
        free = self.free(self.leaving[source])
        fitting = [line for line in free if target is not None and line[-1].target == target]
        if not fitting and target is None and self.only_way(way):
            normal = self.normal(source, free)
            fitting = [line for line in normal if self.fits(way.target, line[-1].target)]
        if fitting:
            self.take(way, fitting[0])
        return bool(fitting)

    def backward(self, way: Way) -> bool:
        target = self.found.element.get(way.target)
        if target is None or way.source in self.found.element:
            return False
        fitting = [line for line in self.free(self.arriving[target]) if self.fits(way.source, line[0].source)]
        if fitting:
            self.take(way, fitting[0])
        return bool(fitting)

    def only_way(self, way: Way) -> bool:
        """Whether a way is the only one without a branch out of its source."""
        return [other.id for other in self.found.graph.going[way.source] if not other.branch] == [way.id]

    def normal(self, source: str, free: list[Line]) -> list[Line]:
        default = self.found.diagram.default(source)
        return [line for line in free if line[0].id == default] or (free if len(free) == 1 else [])

    def open_end(self, way: Way) -> None:
        """The line of a normal way that does not lead to its target, but on."""
        source = self.found.element.get(way.source)
        known = way.id in self.found.line or way.target in self.found.collapsed
        if source is None or known or way.branch or not self.only_way(way):
            return
        for line in self.normal(source, self.free(self.leaving[source]))[:1]:
            self.found.line[way.id] = line
            self.taken.add(line[0].id)


def lines_of(diagram: Diagram) -> Iterator[Line]:
    for node in diagram.nodes:
        if passes(diagram, node):
            continue
        for arrow in diagram.going.get(node, []):
            line = [arrow]
            while passes(diagram, line[-1].target):
                line.append(diagram.going[line[-1].target][0])
            yield tuple(line)


def passes(diagram: Diagram, node: str) -> bool:
    """Whether a node is but an event on a way: one flow in, one out."""
    ways = diagram.coming.get(node, []), diagram.going.get(node, [])
    return diagram.kind(node) in PASSING and [len(arrows) for arrows in ways] == [1, 1]
