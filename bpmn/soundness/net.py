"""A unit as a net: places that hold a token or none, transitions between them, and inclusive gateways.

Flows into one task or exclusive gateway share a place, as what follows is the same for all; each flow into a join has
its own.  Source of the translation: BPMN 2.0.2, 13.3; tokens may rest on every flow.
"""

from dataclasses import dataclass, field

from bpmn.elements import Node
from bpmn.soundness.moves import Move, Recipe
from bpmn.soundness.units import Parts, Unit, kinds

ORIGIN = "#start"
NOT_ANALYSED = frozenset({"complexGateway", "adHocSubProcess"})


@dataclass(slots=True)
class Transition:
    """`pre` each gives a token, `post` each gets one. `covers` holds moves that happen if this can happen, `length` is
    that of the recipe."""

    pre: tuple[int, ...]
    post: tuple[int, ...]
    recipe: Recipe
    covers: Recipe
    kills: bool = False
    length: int = 1


@dataclass(slots=True)
class Exit:
    """A way out of an inclusive gateway: its flow, the place it leads to, and what happens on the way there."""

    flow: str
    place: int
    recipe: Recipe = None
    covers: Recipe = None
    length: int = 1


@dataclass(slots=True)
class Inclusive:
    """An OR gateway. `flows` are its flows in as drawn; `default` is an index into `exits`, None for none."""

    element: str
    flows: tuple[str, ...]
    ins: list[int]
    exits: list[Exit]
    default: int | None


@dataclass(slots=True)
class Net:
    """`places` gives the place of each flow, `moves` what can take one token from a place as drawn; `origin` holds the
    first token.  `drawn`: places between which a flow is drawn that no token takes; inclusive joins heed it."""

    places: dict[str, int] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    sinks: dict[int, str] = field(default_factory=dict)
    transitions: dict[int, Transition] = field(default_factory=dict)
    inclusives: dict[int, Inclusive] = field(default_factory=dict)
    moves: dict[int, list[Move]] = field(default_factory=dict)
    drawn: list[tuple[int, int]] = field(default_factory=list)
    origin: int = 0
    serial: int = 0

    def new_place(self, label: str) -> int:
        self.labels.append(label)
        return len(self.labels) - 1

    def add(self, transition: Transition) -> int:
        self.serial += 1
        self.transitions[self.serial] = transition
        return self.serial


def is_analysed(parts: Parts, unit: Unit) -> bool:
    """Whether every element is one whose meaning is known here; the others are refused by rules of their own."""
    return not any(parts.process.nodes[name].tag in NOT_ANALYSED for name in unit.nodes)


class Builder:
    """Builds the net of one unit."""

    def __init__(self, parts: Parts, unit: Unit) -> None:
        self.parts = parts
        self.unit = unit
        self.net = Net()
        self.shared: dict[str, int] = {}

    def build(self) -> Net:
        self.net.origin = self.net.places[ORIGIN] = self.net.new_place(ORIGIN)
        for origin in self.unit.origins:
            node = self.parts.process.nodes[origin]
            self.move(Move(origin, (ORIGIN,), self.parts.ways(node)))
        for name, node in self.parts.process.nodes.items():
            if name in self.unit.nodes and (name not in self.unit.origins or node.incoming):
                self.node(node)
        return self.net

    def place(self, flow: str) -> int:
        """The place of a flow, of an end that is not drawn, or of a host whose event beside has happened."""
        if flow not in self.net.places:
            self.net.places[flow] = self.find_place(flow)
        return self.net.places[flow]

    def find_place(self, flow: str) -> int:
        name = self.parts.target(flow) if not is_host(flow) else None
        if name is None:
            place = self.net.new_place(flow)
            if flow.endswith("#end"):
                self.net.sinks[place] = flow.partition("#")[0]
            return place
        node = self.parts.process.nodes[name]
        if self.stands_alone(node):
            return self.net.new_place(flow)
        if name not in self.shared:
            self.shared[name] = self.net.new_place(name)
            if node.tag == "endEvent":
                self.net.sinks[self.shared[name]] = name
        return self.shared[name]

    def stands_alone(self, node: Node) -> bool:
        """Whether each flow into the node counts by itself: joins, and what withdraws all else."""
        if node.tag in ("parallelGateway", "inclusiveGateway"):
            return len(node.incoming) > 1
        return self.parts.kills(node) and (node.tag == "endEvent" or self.only_fails(node))

    def only_fails(self, node: Node) -> bool:
        events = self.unit.nodes.intersection(event.id for event in self.parts.attached(node.id))
        return not self.parts.completes.get(node.id, True) and not events

    def move(self, move: Move) -> None:
        if not move.takes:
            return
        taken = tuple(dict.fromkeys(self.place(flow) for flow in move.takes))
        pre = taken if move.how == "all" else taken[:1]
        if len(pre) == 1:
            self.net.moves.setdefault(pre[0], []).append(move)
        post = tuple(sorted(self.place(flow) for flow in move.gives))
        self.net.add(Transition(pre, post, move, move, move.kills))

    def node(self, node: Node) -> None:
        ins, outs = self.incoming(node), self.parts.ways(node)
        if node.tag in ("exclusiveGateway", "eventBasedGateway"):
            for flow in outs:
                self.move(Move(node.id, ins, (flow,)))
        elif node.tag == "parallelGateway":
            self.move(Move(node.id, ins, outs, "all"))
        elif node.tag == "inclusiveGateway":
            self.inclusive(node, ins, outs)
        elif node.tag == "endEvent":
            for flow in ins if self.parts.kills(node) else ():
                self.move(Move(node.id, (flow,), (), kills=True))
        else:
            self.activity(node, ins, outs)

    def incoming(self, node: Node) -> tuple[str, ...]:
        """The flows into a node, and the links where it is one."""
        if node.tag != "intermediateCatchEvent" or "link" not in kinds(node):
            return node.incoming
        ways = (way for other in sorted(self.unit.nodes) for way in self.parts.ways(self.parts.process.nodes[other]))
        return (*node.incoming, *(way for way in ways if way.endswith("#link") and self.parts.target(way) == node.id))

    def inclusive(self, node: Node, ins: tuple[str, ...], outs: tuple[str, ...]) -> None:
        if len(outs) == 1 and len(ins) == 1:
            self.move(Move(node.id, ins, outs))
            return
        exits = [Exit(flow, self.place(flow)) for flow in outs]
        default = outs.index(node.default) if len(outs) > 1 and node.default in outs else None
        gateway = Inclusive(node.id, ins, [self.place(flow) for flow in ins], exits, default)
        self.net.serial += 1
        self.net.inclusives[self.net.serial] = gateway

    def activity(self, node: Node, ins: tuple[str, ...], outs: tuple[str, ...]) -> None:
        """A task, sub-process or event. Events beside it happen at most once each, in the order in which they stand:
        what comes of an earlier one may rest as long as it likes, so no other order tells more."""
        events = [event for event in self.parts.attached(node.id) if event.id in self.unit.nodes]
        beside = [event for event in events if not event.interrupting]
        for number in range(len(beside) + 1):
            takes = ins if number == 0 else (f"{node.id}#{number}",)
            if self.parts.completes.get(node.id, True):
                self.move(Move(node.id, takes, outs))
            else:
                self.net.drawn += ((self.place(flow), self.place(out)) for flow in takes for out in outs)
            for event in events:
                if event.interrupting:
                    self.move(Move(event.id, takes, self.parts.ways(event)))
            for later in range(number, len(beside)):
                gives = (f"{node.id}#{later + 1}", *self.parts.ways(beside[later]))
                self.move(Move(beside[later].id, takes, gives))
            if self.parts.fails(node):
                for flow in takes if self.stands_alone(node) else takes[:1]:
                    self.move(Move(node.id, (flow,) if self.stands_alone(node) else takes, (), kills=True))


def is_host(flow: str) -> bool:
    return flow.rpartition("#")[2].isdigit() and "#" in flow


def passing(gateway: Inclusive, *ways: Exit) -> Move:
    """The move of an inclusive gateway that takes these ways out."""
    return Move(gateway.element, gateway.flows, tuple(way.flow for way in ways), "present")
