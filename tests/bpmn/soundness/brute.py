"""Every marking of a small model, one after the other, in all orders. Shares no code with the checker: markings are
tuples of places with counts, each flow is a place, and nothing is shrunk or left out.

The places: flows, `<node>#end` for tokens consumed by an end or by a node without a way out, `<host>#1` for an activity
whose event beside it has happened.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from itertools import chain, combinations

from tests.bpmn.soundness.sketch import Sketch

Marking = tuple[tuple[str, int], ...]
Move = tuple[str, tuple[str, ...], tuple[str, ...] | None]
"""Element, flows that lose a token, places that get one; None where everything ends."""

KILLED: Marking = (("killed", 1),)
KILLERS = ("terminate", "error")
WORK = ("task", "sub", "boundary", "catch", "throw", "land")
MOST = 1_000


class TooLarge(Exception):
    """More markings than are worth the time."""


class Brute:
    """One thread of a model: what lies in a container and can be reached from `origins`."""

    def __init__(self, sketch: Sketch, origins: tuple[str, ...]) -> None:
        self.sketch = sketch
        self.origins = origins
        self.apart = self.find_apart()

    def find_apart(self) -> set[str]:
        """Events beside an activity whose thread never comes to what is reached otherwise, and ends nothing else."""
        beside = {name for name, event in self.sketch.events.items() if not event.interrupting}
        while True:
            reached = self.reach(self.origins, without=beside)
            mine = {name for name in beside if self.sketch.events[name].host in reached}
            joined = {name for name in mine if self.is_joined(name, reached)}
            if not joined:
                return mine
            beside -= joined

    def is_joined(self, event: str, reached: set[str]) -> bool:
        own = self.reach((event,), without=set())
        return bool(own & reached) or any(self.ends_all(name) for name in own)

    def ends_all(self, node: str) -> bool:
        return self.sketch.kinds[node] in KILLERS or fails(self.sketch, node)

    def reach(self, origins: Iterable[str], *, without: set[str]) -> set[str]:
        seen = set(origins)
        waiting = list(seen)
        while waiting:
            node = waiting.pop()
            events = [name for name in self.possible(node) if name not in without]
            for other in [self.sketch.flows[flow][1] for flow in self.sketch.out(node)] + events:
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return seen

    def drawn(self) -> set[str]:
        """What is to be reached as drawn: also what only events lead to that never happen."""
        reached = self.reach(self.origins, without=self.apart)
        never = {name for name, event in self.sketch.events.items() if event.host in reached} - self.apart
        never -= {name for host in reached for name in self.possible(host)}
        return reached | (self.reach(never, without=set()) - self.reach(self.apart, without=set()))

    def possible(self, host: str) -> list[str]:
        found = []
        for name, event in self.sketch.events.items():
            thrown = event.kind != "error" or self.sketch.kinds[host] != "sub" or errs(self.sketch, host)
            if event.host == host and thrown:
                found.append(name)
        return found

    def places(self, node: str) -> tuple[str, ...]:
        return tuple(self.sketch.out(node)) or (f"{node}#end",)

    def begin(self) -> Iterator[Move]:
        for origin in self.origins:
            yield origin, (), self.places(origin)

    def moves(self, marking: Counter[str]) -> Iterator[Move]:
        """Everything that can happen."""
        for place in sorted(marking):
            name, mark, word = place.partition("#")
            if mark and word == "1":
                yield from self.activity(name, place, fired=True)
            elif place in self.sketch.flows:
                yield from self.arrived(place, self.sketch.flows[place][1], marking)

    def arrived(self, flow: str, node: str, marking: Counter[str]) -> Iterator[Move]:
        kind, into = self.sketch.kinds[node], self.sketch.into(node)
        if kind in ("xor", "event"):
            for way in self.places(node):
                yield node, (flow,), (way,)
        elif kind == "and":
            if all(marking[other] for other in into) and flow == min(into):
                yield node, tuple(into), self.places(node)
        elif kind == "or":
            yield from self.inclusive(flow, node, marking)
        elif kind == "end":
            yield node, (flow,), (f"{node}#end",)
        elif kind in KILLERS:
            yield node, (flow,), None
        else:
            yield from self.activity(node, flow, fired=False)

    def inclusive(self, flow: str, node: str, marking: Counter[str]) -> Iterator[Move]:
        into = self.sketch.into(node)
        full = tuple(other for other in into if marking[other])
        if flow != full[0] or (len(into) > 1 and self.may_come(node, set(full), marking)):
            return
        out = self.places(node)
        default = self.sketch.default.get(node)
        ways = [way for way in out if way != default]
        chosen = chain.from_iterable(combinations(ways, size) for size in range(1, len(ways) + 1))
        for some in [*chosen, *([(default,)] if default else [])] if len(out) > 1 else [out]:
            yield node, full, some

    def may_come(self, join: str, full: set[str], marking: Counter[str]) -> bool:
        """Whether a token elsewhere may come to an empty flow of the join, and to none that is full."""
        for place in marking:
            if place in self.sketch.flows and self.sketch.flows[place][1] == join:
                continue
            found = self.flows_from(place, join) & set(self.sketch.into(join))
            if found and not found & full:
                return True
        return False

    def flows_from(self, place: str, join: str) -> set[str]:
        name, mark, word = place.partition("#")
        if mark and word == "end":
            return set()
        if mark and word == "1":
            events = [event for event in self.possible(name) if self.sketch.events[event].interrupting]
            waiting = [flow for node in (name, *events) for flow in self.sketch.out(node)]
        else:
            waiting = [place]
        seen: set[str] = set()
        while waiting:
            flow = waiting.pop()
            if flow in seen:
                continue
            seen.add(flow)
            node = self.sketch.flows[flow][1]
            if node != join:
                waiting += (way for other in (node, *self.possible(node)) for way in self.sketch.out(other))
        return seen

    def activity(self, node: str, place: str, *, fired: bool) -> Iterator[Move]:
        if completes(self.sketch, node):
            yield node, (place,), self.places(node)
        for name in self.possible(node):
            if self.sketch.events[name].interrupting:
                yield name, (place,), self.places(name)
            elif name not in self.apart and not fired:
                yield name, (place,), (f"{node}#1", *self.places(name))
        if fails(self.sketch, node):
            yield node, (place,), None

    def explore(self) -> dict[str, bool]:
        """Which kinds of fault there are. A marking with two tokens on one place is not gone on from."""
        first: Marking = ()
        after: dict[Marking, list[Marking]] = {}
        waiting, alive = deque([first]), set(self.origins)
        cuts: set[Marking] = set()
        while waiting:
            marking = waiting.popleft()
            if marking in after:
                continue
            if len(after) > MOST:
                raise TooLarge
            after[marking] = []
            tokens = Counter(dict(marking))
            for move in self.moves(tokens) if marking else self.begin():
                alive |= {move[0], self.sketch.events[move[0]].host if move[0] in self.sketch.events else move[0]}
                target = played(tokens, move)
                after[marking].append(target)
                if any(count > 1 for _, count in target):
                    cuts.add(target)
                else:
                    waiting.append(target)
        return self.judged(after, cuts, alive)

    def judged(self, after: dict[Marking, list[Marking]], cuts: set[Marking], alive: set[str]) -> dict[str, bool]:
        ends = {marking for marking in after if is_over(marking)}
        stuck = {marking for marking, targets in after.items() if not targets and marking not in ends}
        good = backwards(ends | stuck | cuts, after)
        work = {node for node in self.drawn() - set(self.origins) if self.sketch.kinds[node] in WORK}
        return {
            "deadlock": bool(stuck),
            "livelock": any(marking not in good for marking in after),
            "flow twice": any(count > 1 and not place.endswith("#end") for cut in cuts for place, count in cut),
            "end twice": any(count > 1 and place.endswith("#end") for cut in cuts for place, count in cut),
            "dead": not cuts and bool(work - alive),
        }


def played(marking: Counter[str], move: Move) -> Marking:
    _, takes, gives = move
    if gives is None:
        return KILLED
    after = marking.copy()
    after.subtract(takes)
    after.update(gives)
    return tuple(sorted((place, count) for place, count in after.items() if count))


def is_over(marking: Marking) -> bool:
    return marking == KILLED or (bool(marking) and all(place.endswith("#end") for place, _ in marking))


def backwards(goals: set[Marking], after: dict[Marking, list[Marking]]) -> set[Marking]:
    before: dict[Marking, list[Marking]] = {}
    for marking, targets in after.items():
        for target in targets:
            before.setdefault(target, []).append(marking)
    seen, waiting = set(goals), list(goals)
    while waiting:
        for marking in before.get(waiting.pop(), ()):
            if marking not in seen:
                seen.add(marking)
                waiting.append(marking)
    return seen


def content(sketch: Sketch, container: str) -> tuple[set[str], list[str]]:
    """What can be reached within a sub-process, and its starts."""
    starts = [node for node, kind in sketch.kinds.items() if kind == "start" and sketch.inside[node] == container]
    return Brute(sketch, tuple(starts)).reach(starts, without=set()), starts


def errs(sketch: Sketch, sub: str) -> bool:
    """Whether an error can leave the content of a sub-process."""
    nodes, _ = content(sketch, sub)
    return any(sketch.kinds[node] == "error" or fails(sketch, node) for node in nodes)


def fails(sketch: Sketch, node: str) -> bool:
    """Whether an error can come out of a sub-process that no event on it catches."""
    caught = any(event.host == node and event.kind == "error" for event in sketch.events.values())
    return sketch.kinds[node] == "sub" and not caught and errs(sketch, node)


def completes(sketch: Sketch, node: str) -> bool:
    """Whether a sub-process can end as meant."""
    if sketch.kinds[node] != "sub":
        return True
    nodes, _ = content(sketch, node)
    ends = [other for other in nodes if sketch.kinds[other] in ("end", "terminate")]
    stops = [other for other in nodes if not sketch.out(other) and sketch.kinds[other] not in ("end", *KILLERS)]
    return bool(ends or stops)
