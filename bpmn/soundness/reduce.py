"""Shrinking a net without changing any verdict: blocks that are closed as they were opened vanish.

Each rule keeps, both ways: whether tokens can be stuck, turn for ever, or meet on one place.  What is left of a
procedure that is built of blocks is one transition.  Source of the rules: Murata 1989, section VI (fusion of series
and parallel places and transitions, elimination of self-loops), for nets in which every choice is free.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Sequence

from bpmn.soundness.moves import joined
from bpmn.soundness.net import Inclusive, Net, Transition, passing
from bpmn.soundness.reach import signatures

MAX_LENGTH = 20_000
"""Moves in one transition at most: a way through a model may pass the same part again and again."""


class Reduction:
    """One net while it shrinks. The maps say which transitions and gateways use a place."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.consumers: dict[int, set[int]] = defaultdict(set)
        self.producers: dict[int, set[int]] = defaultdict(set)
        self.joined_by: dict[int, int] = {}
        self.fed_by: dict[int, set[int]] = defaultdict(set)
        self.known: dict[tuple[tuple[int, ...], tuple[int, ...], bool], int] = {}
        self.waiting: OrderedDict[int, None] = OrderedDict()
        self.seen_by: list[int] | None = None
        self.fixed = {net.origin, *net.sinks, *(place for pair in net.drawn for place in pair)}
        for number in list(net.transitions):
            self.enter(number)
        for number, gateway in net.inclusives.items():
            self.enter_gateway(number, gateway)

    def run(self) -> None:
        """Apply the rules until none applies."""
        known = not self.net.inclusives
        while True:
            self.seen_by = None if not self.net.inclusives else signatures(self.net) if known else []
            self.waiting = OrderedDict.fromkeys(range(len(self.net.labels)))
            while self.waiting:
                place, _ = self.waiting.popitem(last=False)
                if self.consumers[place] or self.producers[place]:
                    self.drop_twins(place)
                    self.fuse(place)
            shrunk = sum(self.shrink(number) for number in list(self.net.inclusives)) > 0
            if known and not shrunk:
                return
            known = not shrunk

    def enter(self, number: int) -> None:
        """Take note of a transition, unless one like it is known: that one then stands for both."""
        transition = self.net.transitions[number]
        key = (transition.pre, transition.post, transition.kills)
        twin = self.known.setdefault(key, number)
        if twin != number:
            kept = self.net.transitions[twin]
            kept.covers = joined(kept.covers, transition.covers)
            del self.net.transitions[number]
        else:
            for place in transition.pre:
                self.consumers[place].add(number)
            for place in transition.post:
                self.producers[place].add(number)
        self.waiting.update(dict.fromkeys((*transition.pre, *transition.post)))

    def leave(self, number: int) -> Transition:
        transition = self.net.transitions.pop(number)
        del self.known[transition.pre, transition.post, transition.kills]
        for place in transition.pre:
            self.consumers[place].discard(number)
        for place in transition.post:
            self.producers[place].discard(number)
        self.waiting.update(dict.fromkeys((*transition.pre, *transition.post)))
        return transition

    def enter_gateway(self, number: int, gateway: Inclusive) -> None:
        for place in gateway.ins:
            self.joined_by[place] = number
        for way in gateway.exits:
            self.fed_by[way.place].add(number)

    def fuse(self, place: int) -> None:
        """Let a token go on at once where it waits for nothing: what brings it here and what takes it become one."""
        self.drop_loops(place)
        before, after = sorted(self.producers[place]), sorted(self.consumers[place])
        if not self.may_fuse(place, before, after):
            return
        first = [self.leave(number) for number in before]
        then = [self.leave(number) for number in after]
        for start in first:
            for end in then:
                self.enter(self.net.add(chained(start, end, place)))
        for number in self.fed_by.pop(place, set()):
            self.lead_on(number, place, then[0])

    def may_fuse(self, place: int, before: list[int], after: list[int]) -> bool:
        if place in self.fixed or place in self.joined_by:
            return False
        first = [self.net.transitions[number] for number in before]
        then = [self.net.transitions[number] for number in after]
        if any(end.pre != (place,) or end.kills or place in end.post for end in then):
            return False
        if any(start.post.count(place) > 1 for start in first) or not self.is_worth_it(place, first, then):
            return False
        longest = max((start.length for start in first), default=0) + max(end.length for end in then)
        if longest > MAX_LENGTH:
            return False
        repeated = any(repeats(chained(start, end, place).post) for start in first for end in then)
        return not repeated and self.looks_alike(place, then)

    def is_worth_it(self, place: int, first: Sequence[Transition], then: Sequence[Transition]) -> bool:
        """Whether the net does not grow by it, and no choice is made earlier than a split before it."""
        fed = len(self.fed_by.get(place, ()))
        if not then or not (first or fed):
            return False
        if len(then) == 1:
            return not fed or len(then[0].post) == 1
        grows = len(first) * len(then) > len(first) + len(then)
        return not (fed or grows or any(len(start.post) > 1 for start in first))

    def looks_alike(self, place: int, then: Sequence[Transition]) -> bool:
        """Whether inclusive joins tell a token here from one further on."""
        seen = self.seen_by
        if seen == []:  # not reckoned yet: only what goes straight on
            return all(len(end.post) == 1 for end in then) and len(then) == 1
        return seen is None or all(seen[place] == seen[later] for end in then for later in end.post)

    def lead_on(self, number: int, place: int, then: Transition) -> None:
        for way in self.net.inclusives[number].exits:
            if way.place == place:
                way.place = then.post[0]
                way.recipe = joined(way.recipe, then.recipe)
                way.covers = joined(way.covers, then.covers)
                way.length += then.length
                self.fed_by[way.place].add(number)

    def drop_loops(self, place: int) -> None:
        """A transition that gives back what it takes changes nothing where something else can be done instead."""
        for number in sorted(self.consumers[place]):
            transition = self.net.transitions[number]
            if transition.pre == transition.post and not transition.kills:
                others = self.consumers[place] - {number}
                other = next((key for key in others if self.net.transitions[key].pre == transition.pre), None)
                if other is not None:
                    self.leave(number)
                    kept = self.net.transitions[other]
                    kept.covers = joined(kept.covers, transition.covers)

    def drop_twins(self, place: int) -> None:
        """Of places that get and lose their tokens together one is enough."""
        for number in sorted(self.producers[place]):
            places = self.net.transitions[number].post
            if len(places) > 1 and place in places:
                for other in places:
                    if other != place and self.are_twins(place, other):
                        self.forget(other)
                return

    def are_twins(self, place: int, other: int) -> bool:
        return (
            self.producers[place] == self.producers[other]
            and self.consumers[place] == self.consumers[other]
            and self.joined_by.get(place) == self.joined_by.get(other)
            and (place in self.fixed) == (other in self.fixed)
            and not self.fed_by.get(place)
            and not self.fed_by.get(other)
            and not any(self.net.transitions[number].post.count(other) > 1 for number in self.producers[other])
        )

    def forget(self, place: int) -> None:
        gateway = self.net.inclusives.get(self.joined_by.pop(place, 0))
        if gateway is not None:
            gateway.ins.remove(place)
        for number in sorted(self.producers[place] | self.consumers[place]):
            old = self.leave(number)
            old.pre = tuple(other for other in old.pre if other != place)
            old.post = tuple(other for other in old.post if other != place)
            self.enter(self.net.add(old))

    def shrink(self, number: int) -> bool:
        """Simplify an inclusive gateway; say whether anything changed."""
        gateway = self.net.inclusives[number]
        changed = self.merge_exits(number, gateway) or self.merge_ins(gateway)
        if len(gateway.ins) == 1 and len(gateway.exits) == 1:
            self.replace(number, gateway)
            changed = True
        return changed

    def merge_exits(self, number: int, gateway: Inclusive) -> bool:
        """Two ways from one gateway straight into one inclusive join: any of them stands for all."""
        kept: dict[int, int] = {}
        for index, way in enumerate(gateway.exits):
            alone = sum(other.place == way.place for other in gateway.exits) == 1
            straight = alone and self.fed_by[way.place] == {number} and not self.producers[way.place]
            target = self.joined_by.get(way.place) if straight else None
            if target is None or target == number:
                continue
            if target not in kept:
                kept[target] = index
                continue
            first, second = kept[target], index
            if gateway.default == first:
                first, second = second, first
            gateway.exits[first].covers = joined(gateway.exits[first].covers, gateway.exits[second].covers)
            self.drop_exit(gateway, second)
            return True
        return False

    def drop_exit(self, gateway: Inclusive, dropped: int) -> None:
        """Merge an exit into another. The default merged with a way that has a condition is taken like that way."""
        way = gateway.exits[dropped]
        default = None if gateway.default in (None, dropped) else gateway.exits[gateway.default]
        gateway.exits.pop(dropped)
        gateway.default = None if default is None else gateway.exits.index(default)
        join = self.net.inclusives[self.joined_by.pop(way.place)]
        join.ins.remove(way.place)
        del self.fed_by[way.place]

    def merge_ins(self, gateway: Inclusive) -> bool:
        """Two ways into an inclusive join that one choice leads to straight: only one is ever taken at a time."""
        kept: dict[tuple[int, ...], int] = {}
        for place in list(gateway.ins):
            if len(self.producers[place]) != 1 or self.fed_by.get(place):
                continue
            (number,) = self.producers[place]
            transition = self.net.transitions[number]
            if transition.post != (place,):
                continue
            first = kept.setdefault(transition.pre, place)
            if first != place:
                gateway.ins.remove(place)
                del self.joined_by[place]
                old = self.leave(number)
                old.post = (first,)
                self.enter(self.net.add(old))
                return True
        return False

    def replace(self, number: int, gateway: Inclusive) -> None:
        """One way in, one way out: a transition like any other."""
        way = gateway.exits[0]
        del self.net.inclusives[number]
        del self.joined_by[gateway.ins[0]]
        self.fed_by[way.place].discard(number)
        move = passing(gateway, way)
        recipe, covers = joined(move, way.recipe), joined(move, way.covers)
        transition = Transition((gateway.ins[0],), (way.place,), recipe, covers, length=way.length)
        self.enter(self.net.add(transition))


def drop_withdrawals(net: Net) -> bool:
    """Take away the choices to end everything at once, where something else can be chosen; say whether there was one.

    Whatever goes wrong does so while no such choice was made, so every other fault stays: where all that leads to the
    end is that one choice, tokens that meet before the end could as well meet before the choice.  Inclusive joins,
    which look at tokens elsewhere, may tell the difference: with one nothing is taken away.
    """
    if net.inclusives:
        return False
    led_to: dict[int, set[tuple[int, ...]]] = defaultdict(set)
    for way in net.transitions.values():
        for place in way.post:
            led_to[place].add(way.pre)
    going_on = {way.pre for way in net.transitions.values() if not way.kills}
    ends = {end.pre for end in net.transitions.values() if end.kills}
    withdrawing = {pre for pre in ends - going_on if len(led_to[pre[0]]) == 1}
    going_on = {way.pre for way in net.transitions.values() if not way.kills and way.post not in withdrawing}
    dropped = [
        number
        for number, way in net.transitions.items()
        if len(way.pre) == 1 and way.pre in going_on and (way.kills or way.post in withdrawing)
    ]
    for number in dropped:
        del net.transitions[number]
    kept = {place for way in net.transitions.values() for place in way.post}
    for number in [n for n, end in net.transitions.items() if end.kills and kept.isdisjoint(end.pre)]:
        del net.transitions[number]
    return bool(dropped)


def chained(start: Transition, end: Transition, place: int) -> Transition:
    post = tuple(sorted((*(other for other in start.post if other != place), *end.post)))
    recipe, covers = joined(start.recipe, end.recipe), joined(start.covers, end.covers)
    return Transition(start.pre, post, recipe, covers, length=start.length + end.length)


def repeats(places: tuple[int, ...]) -> bool:
    return len(set(places)) < len(places)
