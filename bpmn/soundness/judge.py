"""From the markings that were walked to faults, each with the moves that lead to it on the drawing."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bpmn.document.names import ACTIVITIES
from bpmn.soundness.explore import AFTER_FAULT, Walk, walk_all, walk_free
from bpmn.soundness.markings import Firing, Space
from bpmn.soundness.meeting import first_meeting
from bpmn.soundness.moves import Player, Step
from bpmn.soundness.net import ORIGIN, Builder, Net, is_host
from bpmn.soundness.reduce import Reduction, drop_withdrawals
from bpmn.soundness.units import Parts, Unit

MAX_TOLD = 5
"""So many faults of a kind are told at most: what comes after follows from them as a rule."""
MAX_STUCK = 20
MAX_BLAMED = 20


class Kind(StrEnum):
    DEADLOCK = "deadlock"
    LIVELOCK = "livelock"
    UNSYNCHRONISED = "unsynchronised"
    UNBOUNDED = "unbounded"
    IMPROPER = "improper-completion"
    DEAD = "dead-activity"
    UNKNOWN = "soundness-unknown"


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which a unit is not sound.

    `steps` lead from its beginning to the fault, `marking` is where tokens then lie (flows, or a node on which one
    rests; twice where two do).  `flows`: for a deadlock those that stay empty, for tokens that meet the one where
    they do.  `elements`: the loop, or the activities that never happen.
    """

    kind: Kind
    element: str
    steps: tuple[Step, ...] = ()
    marking: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    walked: int = 0


class Judge:
    """One unit, its net shrunk and walked."""

    def __init__(self, parts: Parts, unit: Unit, limit: int) -> None:
        self.parts = parts
        self.unit = unit
        self.limit = limit
        self.net: Net = Builder(parts, unit).build()
        Reduction(self.net).run()
        self.space = Space(self.net)
        self.walks = [walk_all(self.space, limit // 2)]
        if not self.walks[0].complete and self.space.is_free:
            more = AFTER_FAULT if self.walks[0].doubled else limit
            self.walks.append(walk_free(self.space, min(limit, self.space.work + more)))

    def faults(self) -> list[Fault]:
        """The faults, the nearest first; one `soundness-unknown` where none was found but not all was seen."""
        found = self.found()
        if found or any(walk.complete for walk in self.walks):
            return found
        if drop_withdrawals(self.net):
            return self.without_withdrawals()
        return [self.unknown()]

    def found(self) -> list[Fault]:
        found: dict[tuple[Kind, str], Fault] = {}
        for walk in self.walks:
            for fault in self.of_walk(walk):
                found.setdefault((fault.kind, fault.element), fault)
        return list(found.values())

    def without_withdrawals(self) -> list[Fault]:
        """Judge again without the choices that end everything: all other faults stay, and nothing else is withdrawn.

        What then seems to turn for ever may have ended by such a choice: that is not decided.
        """
        done = self.space.work
        Reduction(self.net).run()
        self.space = Space(self.net)
        self.walks = [walk_free(self.space, self.limit) if self.space.is_free else walk_all(self.space, self.limit)]
        found = self.found()
        self.space.work += done
        certain = [fault for fault in found if fault.kind not in (Kind.LIVELOCK, Kind.DEAD)]
        return certain or ([] if not found and self.walks[0].complete else [self.unknown()])

    def unknown(self) -> Fault:
        return Fault(Kind.UNKNOWN, self.unit.container, walked=sum(len(walk.markings) for walk in self.walks))

    def of_walk(self, walk: Walk) -> Iterator[Fault]:
        held = {number for number, _, _ in walk.doubled}
        stuck = [n for n in walk.still if n not in held and not self.space.is_final(walk.markings[n])]
        told: set[str] = set()
        for number in stuck[:MAX_STUCK]:
            if len(told) == MAX_TOLD:
                break
            fault = self.deadlock(self.play(walk.path(number)))
            if fault.element not in told:
                told.add(fault.element)
                yield fault
        places: set[int] = set()
        for number, firing, place in walk.doubled:
            if place not in places and len(places) < MAX_TOLD:
                places.add(place)
                yield from self.met(self.play([*walk.path(number), firing]), place)
        if walk.complete:
            yield from self.livelock(walk, stuck)
            if not walk.doubled:
                yield from self.dead(walk)

    def play(self, firings: Iterable[Firing]) -> Player:
        player = Player(ORIGIN)
        for firing in firings:
            player.play(self.space.moves(firing))
        return player

    def deadlock(self, player: Player) -> Fault:
        """Blame the join that no other token left can complete; of several that wait for each other the first."""
        nodes, flows = self.parts.process.nodes, self.parts.process.flows
        waiting = list(dict.fromkeys(self.node_at(place) for place in player.marking if not self.is_end(place)))
        joins = [name for name in waiting if len(nodes[name].incoming) > 1 and nodes[name].tag.endswith("Gateway")]

        def empty(name: str) -> tuple[str, ...]:
            return tuple(flow for flow in nodes[name].incoming if not player.marking[flow])

        def hopeless(name: str) -> bool:
            reached = self.parts.reach((other for other in waiting if other != name), beside=None)
            return reached.isdisjoint(flows[flow].source for flow in empty(name))

        blamed = next((name for name in joins[:MAX_BLAMED] if hopeless(name)), (joins or waiting)[0])
        return told(Kind.DEADLOCK, blamed, player, flows=empty(blamed))

    def node_at(self, place: str) -> str:
        """The node that a token at this place stands before, or rests on."""
        return (None if is_host(place) else self.parts.target(place)) or place.partition("#")[0]

    def is_end(self, place: str) -> bool:
        return self.net.places.get(place) in self.net.sinks

    def met(self, player: Player, place: int) -> Iterator[Fault]:
        """Two tokens on one place: at an end, on a flow, or before a node that then puts two on its way out."""
        if place in self.net.sinks:
            met = first_meeting(player.steps) is not None
            yield self.twice(player) if met else told(Kind.IMPROPER, self.net.sinks[place], player)
            return
        before = [flow for flow in player.marking if self.net.places[flow] == place]
        if len(before) > 1:
            move = next((move for move in self.net.moves.get(place, ()) if not move.kills), None)
            if move is None:
                return
            player.play([move, move])
        yield self.twice(player)

    def twice(self, player: Player) -> Fault:
        """Two tokens on one flow, told where they meet first."""
        met = first_meeting(player.steps)
        if met is not None:
            player = Player(ORIGIN)
            player.replay(met[0])
        flow = next(flow for flow, count in player.marking.items() if count > 1)
        if self.is_end(flow):
            return told(Kind.IMPROPER, self.node_at(flow), player)
        element = self.work_before(flow) or self.node_at(flow)
        loop = self.growing(player)
        return told(Kind.UNBOUNDED if loop else Kind.UNSYNCHRONISED, element, player, flows=(flow,), elements=loop)

    def work_before(self, place: str) -> str | None:
        """The activity done twice that put two tokens on a flow: they came to it on different ways."""
        flow = self.parts.process.flows.get(place)
        node = None if flow is None else self.parts.process.nodes[flow.source]
        return node.id if node is not None and node.tag in ACTIVITIES and len(node.incoming) > 1 else None

    def growing(self, player: Player) -> tuple[str, ...]:
        """The elements of a round that comes back to where it began with more tokens, so that it can go on for ever."""
        last = self.inner(player.history[-1])
        for index in range(len(player.steps) - 1, -1, -1):
            if player.steps[index].joins:
                return ()
            earlier = self.inner(player.history[index])
            if earlier != last and earlier <= last:
                return tuple(dict.fromkeys(step.element for step in player.steps[index:]))
        return ()

    def inner(self, marking: Counter[str]) -> Counter[str]:
        return Counter({place: count for place, count in marking.items() if not self.is_end(place)})

    def livelock(self, walk: Walk, stuck: list[int]) -> Iterator[Fault]:
        """Markings from which neither an end nor a stand can be reached."""
        goals = [number for number, marking in enumerate(walk.markings) if self.space.is_final(marking)]
        goals += stuck + [number for number, _, _ in walk.doubled]
        good = reaching(goals, walk)
        first = next((number for number in range(len(walk.markings)) if number not in good), None)
        if first is None:
            return
        way, round_ = circling(walk, first)
        player = self.play([*walk.path(first), *way, *round_])
        length = sum(1 for firing in round_ for _ in self.space.moves(firing))
        turning = {step.element for step in player.steps[-length:]}
        elements = tuple(dict.fromkeys(step.element for step in player.steps if step.element in turning))
        yield told(Kind.LIVELOCK, elements[0], player, elements=elements)

    def dead(self, walk: Walk) -> Iterator[Fault]:
        """Activities and their events that no run comes to, the nearest to the beginning first; one fault for all, as
        most follow from the first."""
        fired = {firing for arcs in walk.after for _, firing in arcs}
        never = self.parts.never(self.unit)
        if not never and not self.net.inclusives and len(fired) == len(self.net.transitions):
            return
        alive = {move.element for firing in fired for move in self.space.covers(firing)} | set(self.unit.origins)
        order = dict.fromkeys([*self.parts.nearest_first(self.unit.origins, beside=None), *self.parts.process.nodes])
        names = [
            name
            for name in order
            if name in self.unit.nodes - alive | never
            and is_work(self.parts.process.nodes[name].tag)
            and not any(event.id in alive for event in self.parts.attached(name))
        ]
        if names:
            yield Fault(Kind.DEAD, names[0], elements=tuple(names))


def is_work(tag: str) -> bool:
    return tag in ACTIVITIES or tag in ("boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent")


def told(
    kind: Kind, element: str, player: Player, *, flows: tuple[str, ...] = (), elements: tuple[str, ...] = ()
) -> Fault:
    marking = tuple(sorted(player.marking.elements()))
    return Fault(kind, element, tuple(player.steps), marking, flows, elements)


def reaching(goals: Iterable[int], walk: Walk) -> set[int]:
    """The markings from which one of the goals can be reached."""
    before: dict[int, list[int]] = {}
    for number, arcs in enumerate(walk.after):
        for target, _ in arcs:
            before.setdefault(target, []).append(number)
    seen = set(goals)
    waiting = list(seen)
    while waiting:
        for number in before.get(waiting.pop(), ()):
            if number not in seen:
                seen.add(number)
                waiting.append(number)
    return seen


def circling(walk: Walk, first: int) -> tuple[list[Firing], list[Firing]]:
    """Go on from a marking until one comes again: the firings before it and those of the round."""
    met: dict[int, int] = {}
    firings: list[Firing] = []
    number = first
    while number not in met:
        met[number] = len(firings)
        number, firing = walk.after[number][0]
        firings.append(firing)
    return firings[: met[number]], firings[met[number] :]
