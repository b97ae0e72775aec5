"""What is examined by itself: every process and sub-process, and every thread that an event which does not interrupt
begins beside it."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bpmn.document.names import SUBPROCESSES
from bpmn.elements import Node, Process

KILLING = frozenset({"terminate", "error", "cancel"})
UNANSWERED = frozenset({"compensation"})
"""Boundary events that no token leaves."""

Thrown = frozenset[tuple[str, str | None]]
"""Kind (error or escalation) and reference of what may come out of a sub-process."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One thread of flow.

    `origins`: the start events, one of which begins it, or the boundary event that does.  `nodes`: what can be
    reached from there.  `apart`: boundary events in it that begin units of their own.
    """

    container: str
    origins: tuple[str, ...]
    nodes: frozenset[str]
    apart: frozenset[str]


class Parts:
    """A process taken apart. `inside` gives the nodes that lie directly in each container."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.inside: dict[str, list[Node]] = {process.id: []}
        for node in process.nodes.values():
            self.inside.setdefault(node.parent, []).append(node)
        self.events: dict[str, list[Node]] = defaultdict(list)
        for node in process.nodes.values():
            if node.tag == "boundaryEvent" and node.attached_to and not kinds(node) & UNANSWERED:
                self.events[node.attached_to].append(node)
        self.catching = {
            (node.parent, event.name or ""): node.id
            for node in process.nodes.values()
            if node.tag == "intermediateCatchEvent"
            for event in node.events
            if event.kind == "link"
        }
        self.thrown: dict[str, Thrown] = {}
        self.completes: dict[str, bool] = {}
        for container in reversed(nested(self.inside, process.id)):
            self.look_out(container)

    def units(self) -> Iterator[Unit]:
        """All units, those of outer containers first; a container without a start has none."""
        for container in nested(self.inside, self.process.id):
            yield from self.units_of(container)

    def units_of(self, container: str) -> Iterator[Unit]:
        starts = tuple(node.id for node in self.inside[container] if node.tag == "startEvent")
        if not starts:
            return
        waiting: list[tuple[str, ...]] = [starts]
        begun: set[str] = set()
        while waiting:
            unit = self.unit(container, waiting.pop(0))
            yield unit
            waiting += ((event,) for event in sorted(unit.apart - begun))
            begun |= unit.apart

    def unit(self, container: str, origins: tuple[str, ...]) -> Unit:
        """Nodes reached from the origins, with those events beside that lead back among them, or that end them."""
        nodes = self.reach(origins, beside=frozenset())
        joined: frozenset[str] = frozenset()
        while True:
            events = {event.id for name in nodes for event in self.attached(name) if not event.interrupting}
            more = {name for name in events - joined if not self.is_apart(name, nodes)}
            if not more:
                return Unit(container, origins, nodes, frozenset(events - joined))
            joined |= more
            nodes = self.reach(origins, beside=joined)

    def is_apart(self, event: str, nodes: frozenset[str]) -> bool:
        own = self.reach((event,), beside=None)
        return own.isdisjoint(nodes) and not any(self.kills(self.process.nodes[name]) for name in own)

    def reach(self, origins: Iterable[str], *, beside: frozenset[str] | None) -> frozenset[str]:
        """Nodes reached along flows, links and events; of those that do not interrupt only `beside`, None for all."""
        return frozenset(self.nearest_first(origins, beside=beside))

    def nearest_first(self, origins: Iterable[str], *, beside: frozenset[str] | None) -> list[str]:
        """What `reach` finds, the nearest first."""
        seen = dict.fromkeys(origins)
        waiting = deque(seen)
        while waiting:
            node = self.process.nodes[waiting.popleft()]
            found = [self.target(place) for place in self.ways(node)]
            found += (
                event.id
                for event in self.attached(node.id)
                if event.interrupting or beside is None or event.id in beside
            )
            for name in found:
                if name is not None and name not in seen:
                    seen[name] = None
                    waiting.append(name)
        return list(seen)

    def ways(self, node: Node) -> tuple[str, ...]:
        """Where the node puts its tokens: its flows, its link, or the end that is not drawn."""
        if node.tag == "endEvent":
            return ()
        if node.outgoing:
            return node.outgoing
        linked = any(event.kind == "link" and (node.parent, event.name or "") in self.catching for event in node.events)
        thrown = linked and node.tag == "intermediateThrowEvent"
        return (f"{node.id}#link",) if thrown else (f"{node.id}#end",)

    def target(self, place: str) -> str | None:
        """The node that a flow or link leads to; None for an end that is not drawn."""
        name, mark, word = place.partition("#")
        if not mark:
            return self.process.flows[place].target
        if word != "link":
            return None
        node = self.process.nodes[name]
        return next(self.catching[node.parent, event.name or ""] for event in node.events if event.kind == "link")

    def attached(self, host: str) -> list[Node]:
        """The boundary events that may happen on an activity."""
        return [event for event in self.events.get(host, ()) if self.may_happen(event, host)]

    def may_happen(self, event: Node, host: str) -> bool:
        """Errors and escalations come out of a sub-process only where something in it throws them."""
        if host not in self.thrown or not (asked := kinds(event) & {"error", "escalation"}):
            return True
        return any(catches(event, kind, ref) for kind, ref in self.thrown[host] if kind in asked)

    def never(self, unit: Unit) -> frozenset[str]:
        """What only leads from events that never happen: errors and escalations that nothing throws."""
        events = [event for name in unit.nodes for event in self.events.get(name, ())]
        lost = [event.id for event in events if not self.may_happen(event, event.attached_to or "")]
        return self.reach(lost, beside=None) - unit.nodes - self.reach(unit.apart, beside=None)

    def kills(self, node: Node) -> bool:
        return (node.tag == "endEvent" and bool(kinds(node) & KILLING)) or self.fails(node)

    def fails(self, node: Node) -> bool:
        """Whether an error can come out of the node that nothing on its border catches."""
        errors = [ref for kind, ref in self.thrown.get(node.id, ()) if kind == "error"]
        return any(not any(catches(event, "error", ref) for event in self.events.get(node.id, ())) for ref in errors)

    def look_out(self, container: str) -> None:
        """Note what comes out of a container: whether it can end as meant, errors and escalations."""
        starts = [node.id for node in self.inside[container] if node.tag == "startEvent"]
        nodes = [self.process.nodes[name] for name in self.reach(starts, beside=None)]
        found: set[tuple[str, str | None]] = set()
        for node in nodes:
            if node.tag in ("endEvent", "intermediateThrowEvent"):
                found |= {(event.kind, event.ref) for event in node.events if event.kind in ("error", "escalation")}
            for kind, ref in self.thrown.get(node.id, ()):
                if not any(catches(event, kind, ref) for event in self.events.get(node.id, ())):
                    found.add((kind, ref))
        self.thrown[container] = frozenset(found)
        ends = [node for node in nodes if ends_well(node, self.ways(node))]
        self.completes[container] = bool(ends) or not starts


def ends_well(node: Node, ways: tuple[str, ...]) -> bool:
    if node.tag == "endEvent":
        return not kinds(node) & {"error", "cancel"}
    return any(place.endswith("#end") for place in ways)


def kinds(node: Node) -> set[str]:
    return {event.kind for event in node.events}


def catches(event: Node, kind: str, ref: str | None) -> bool:
    return any(own.kind == kind and own.ref in (None, ref) for own in event.events)


def nested(inside: Mapping[str, list[Node]], process: str) -> list[str]:
    """The containers, outer before inner."""
    ordered = [process]
    for container in ordered:
        ordered += (node.id for node in inside.get(container, ()) if node.tag in SUBPROCESSES and node.id in inside)
    return ordered
