"""Markings of a net as integers, one bit a place, and the arcs between them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from bpmn.soundness.moves import Move, joined, moves_of
from bpmn.soundness.net import Inclusive, Net, passing
from bpmn.soundness.reach import joins, signatures

KILLED = -1
"""The marking after an end that withdraws everything."""


@dataclass(frozen=True, slots=True)
class Firing:
    """What leads from one marking to the next: a transition, or an inclusive gateway with the indices of its ways."""

    number: int
    ways: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Arc:
    """A firing and the marking it leads to; `doubled` is a place that then holds two tokens, None mostly."""

    firing: Firing
    target: int
    doubled: int | None = None


@dataclass(frozen=True, slots=True)
class Plain:
    """A transition in bits."""

    firing: Firing
    pre: int
    post: int
    doubled: int
    kills: bool


class Space:
    """What can happen in each marking of a net. `work` counts the tokens and arcs looked at, by what each costs."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.work = 0
        kept = {place for way in net.transitions.values() for place in way.pre}
        kept.update(place for gateway in net.inclusives.values() for place in gateway.ins)
        self.cost = 1 + len(kept) // 300
        self.start = 1 << net.origin
        self.sinks = bits(net.sinks)
        self.plain: dict[int, list[Plain]] = {}
        for number, transition in net.transitions.items():
            repeated = bits(place for place in transition.post if transition.post.count(place) > 1)
            plain = Plain(Firing(number), bits(transition.pre), bits(transition.post), repeated, transition.kills)
            self.plain.setdefault(transition.pre[0], []).append(plain)
        self.inclusive = [(number, gateway, bits(gateway.ins)) for number, gateway in net.inclusives.items()]
        self.expected = expectations(net)

    @property
    def is_free(self) -> bool:
        """Whether tokens never get in each other's way: nothing withdraws others, no join looks at tokens elsewhere."""
        return not self.inclusive and not any(plain.kills for group in self.plain.values() for plain in group)

    def is_final(self, marking: int) -> bool:
        """Whether no token is left but at ends."""
        return marking == KILLED or not marking & ~self.sinks

    def arcs(self, marking: int) -> Iterator[Arc]:
        if marking == KILLED:
            return
        for cluster in self.clusters(marking):
            self.work += self.cost * len(cluster)
            yield from (fired(plain, marking) for plain in cluster)
        for number, gateway, ins in self.inclusive:
            if marking & ins and not self.waits(number, marking, ins):
                yield from self.passed(number, gateway, marking & ~ins)

    def clusters(self, marking: int) -> Iterator[list[Plain]]:
        """The transitions that can happen, those together that choose over the same token."""
        rest = marking
        while rest:
            lowest = rest & -rest
            rest ^= lowest
            self.work += self.cost
            group = self.plain.get(lowest.bit_length() - 1)
            if group is not None:
                able = [plain for plain in group if marking & plain.pre == plain.pre]
                if able:
                    yield able

    def waits(self, number: int, marking: int, ins: int) -> bool:
        """Whether a token elsewhere may still come to an empty way in, and to none that has one."""
        seen = self.expected.get(number)
        if seen is None:
            return False
        present = marking & ins
        rest = marking & ~ins
        while rest:
            lowest = rest & -rest
            rest ^= lowest
            self.work += self.cost
            reached = seen.get(lowest.bit_length() - 1, 0)
            if reached and not reached & present:
                return True
        return False

    def passed(self, number: int, gateway: Inclusive, rest: int) -> Iterator[Arc]:
        for ways in choices(gateway):
            self.work += self.cost * len(ways)
            target, twice = rest, 0
            for way in ways:
                place = 1 << gateway.exits[way].place
                twice |= target & place
                target |= place
            yield Arc(Firing(number, ways), target, lowest_of(twice))

    def moves(self, firing: Firing) -> Iterator[Move]:
        """What happens on the drawing."""
        if not firing.ways:
            yield from moves_of(self.net.transitions[firing.number].recipe)
            return
        gateway = self.net.inclusives[firing.number]
        ways = [gateway.exits[way] for way in firing.ways]
        yield passing(gateway, *ways)
        for way in ways:
            yield from moves_of(way.recipe)

    def covers(self, firing: Firing) -> Iterator[Move]:
        """Moves that can happen where this can."""
        if not firing.ways:
            yield from moves_of(self.net.transitions[firing.number].covers)
            return
        gateway = self.net.inclusives[firing.number]
        for way in firing.ways:
            yield from moves_of(joined(passing(gateway, gateway.exits[way]), gateway.exits[way].covers))


def fired(plain: Plain, marking: int) -> Arc:
    if plain.kills:
        return Arc(plain.firing, KILLED)
    rest = marking & ~plain.pre
    return Arc(plain.firing, rest | plain.post, lowest_of(rest & plain.post | plain.doubled))


def choices(gateway: Inclusive) -> Iterator[tuple[int, ...]]:
    """Every selection of ways: some of those with a condition, or the default alone."""
    if len(gateway.exits) == 1:
        yield (0,)
        return
    conditional = [way for way in range(len(gateway.exits)) if way != gateway.default]
    for size in range(1, len(conditional) + 1):
        yield from combinations(conditional, size)
    if gateway.default is not None:
        yield (gateway.default,)


def expectations(net: Net) -> dict[int, dict[int, int]]:
    """For each inclusive join: the places a token can come from, each with the ways in it can come to, as bits of
    places."""
    seen = signatures(net)
    found: dict[int, dict[int, int]] = {}
    bit = 1
    for number in joins(net):
        own: dict[int, int] = {}
        for place in net.inclusives[number].ins:
            for source, signature in enumerate(seen):
                if signature & bit:
                    own[source] = own.get(source, 0) | 1 << place
            bit <<= 1
        found[number] = own
    return found


def bits(places: Iterable[int]) -> int:
    found = 0
    for place in places:
        found |= 1 << place
    return found


def lowest_of(mask: int) -> int | None:
    return (mask & -mask).bit_length() - 1 if mask else None
