"""One case on its way: its tokens, its clock, its outcomes."""

from collections.abc import Generator, Iterable, Sequence

from simpy import Event, Interrupt

from engine.simulation.activity import open_activity
from engine.simulation.chance import picked
from engine.simulation.place import Kind, Place, Way
from engine.simulation.scope import Scope, Token
from engine.simulation.state import Acting, CaseState
from engine.simulation.waits import first_event, hold, receive
from engine.simulation.world import World
from engine.spiff import StepFailed, StepLimit

MAX_PASSED = 20_000
"""Places one case may pass; behind that it is taken for endless."""

GATEWAYS = (Kind.CHOICE, Kind.JOIN, Kind.INCLUSIVE)
ACTIVITIES = (Kind.TASK, Kind.INSIDE)


class Case:
    """One case: where its tokens are, and how they move."""

    def __init__(self, world: World, number: int) -> None:
        self.world = world
        self.state = CaseState(world, number, int(world.env.now))
        self.passed = 0

    def run(self) -> Acting:
        """Go from the start to the end, and be noted."""
        state, log = self.state, self.world.log
        arrived = state.now
        log.arrive(arrived)
        scope = self.open(self.world.model.begin)
        yield scope.done
        due = self.world.limit(state.clock)
        log.leave(arrived, state.now, end=scope.end, due=due, queued=state.queued)

    def open(self, begin: Place, host: Place | None = None) -> Scope:
        """Open a scope with one token at its beginning."""
        scope = Scope(self.world.env.event(), host)
        self.start(scope.add(begin))
        return scope

    def start(self, token: Token, ways: Sequence[Way] | None = None) -> None:
        token.parked = False
        token.process = self.world.process(self.walk(token, ways))

    def walk(self, token: Token, ways: Sequence[Way] | None) -> Acting:
        """Move a token until it ends, waits at a join or is withdrawn."""
        try:
            while True:
                if ways is None:
                    ways = yield from self.meet(token)
                if ways is None:
                    return
                if not ways:
                    self.end(token)
                    return
                for way in ways[1:]:
                    self.spawn(token.scope, way)
                token.place, token.via, ways = ways[0].target, ways[0].flow, None
                if len(token.scope.tokens) > 1:
                    self.settle(token.scope)
        except Interrupt:
            return

    def spawn(self, scope: Scope, way: Way) -> None:
        self.start(scope.add(way.target, way.flow))

    def meet(self, token: Token) -> Generator[Event, object, Sequence[Way] | None]:
        """Do what is at the token's place; return its ways on, None where the token goes no further by itself."""
        place = token.place
        self.passed += 1
        if self.passed > MAX_PASSED:
            raise StepLimit("too-many-steps", element=place.node.id, limit=MAX_PASSED)
        if place.kind in GATEWAYS:
            return self.decide(token)
        if place.kind in ACTIVITIES or place.boundaries:
            return (yield from open_activity(self, token))
        if place.kind is Kind.TIMER:
            yield from hold(self.state, place)
        elif place.kind is Kind.MESSAGE:
            yield from receive(self.state, place)
        elif place.kind is Kind.EVENTS:
            return (yield from first_event(self.state, place))
        elif place.kind is Kind.END:
            self.reach(token)
        return place.ways

    def decide(self, token: Token) -> Sequence[Way] | None:
        """Take the ways of a gateway, or wait there."""
        place = token.place
        if place.kind is Kind.CHOICE:
            return (self.choose(place),)
        if len(place.node.incoming) < 2:
            return place.ways if place.kind is Kind.JOIN else self.include(place)
        token.scope.park(token)
        if place.kind is Kind.INCLUSIVE:
            self.settle(token.scope)
        else:
            waiting = token.scope.waiting(place)
            if len(waiting) == len(place.node.incoming):
                self.merge(waiting.values(), place.ways)
        self.refuse_dead_end(token.scope)
        return None

    def choose(self, place: Place) -> Way:
        """The one way out of an exclusive gateway: by its shares, else the first that holds, else the default."""
        chosen = self.drawn(place)
        for way in place.ways:
            if way.flow == chosen or (chosen is None and way is not place.default and self.holds(way)):
                return way
        if place.default is None:
            raise StepFailed("no-way-out", element=place.node.id)
        return place.default

    def drawn(self, place: Place) -> str | None:
        """The flow that chance takes at a gateway, None where the usual way is gone."""
        if not place.shares:
            return None
        return picked(place.shares, self.state.chance(place, self.state.turn(place))[0])

    def include(self, place: Place) -> Sequence[Way]:
        """The ways out of an inclusive gateway: each by its own share or condition, else the default."""
        turn = self.state.turn(place)
        draws = {flow: self.state.chance(place, turn, at)[0] < share for at, (share, flow) in enumerate(place.shares)}
        usual = [way for way in place.ways if way is not place.default or way.flow in draws]
        taken = [way for way in usual if draws.get(way.flow, way.flow not in draws and self.holds(way))]
        if not taken and place.default is None:
            raise StepFailed("no-way-out", element=place.node.id)
        return taken or [way for way in place.ways if way is place.default]

    def holds(self, way: Way) -> bool:
        return self.world.holds(way, self.state.outcomes)

    def settle(self, scope: Scope) -> None:
        """Let inclusive joins go on for which nothing more can come."""
        found = next(scope.inclusive(), None)
        if found is not None:
            place, waiting = found
            self.merge(waiting.values(), self.include(place))

    def merge(self, tokens: Iterable[Token], ways: Sequence[Way]) -> None:
        """Let the newest token of a join go on and take the others away."""
        *others, last = tokens
        for token in others:
            token.scope.tokens.remove(token)
        last.via = ""  # it has arrived
        self.start(last, ways)

    def end(self, token: Token) -> None:
        """Take a token away; with the last one its scope is done."""
        scope = token.scope
        scope.tokens.remove(token)
        if not scope.tokens:
            scope.done.succeed()
            return
        self.settle(scope)
        self.refuse_dead_end(scope)

    def reach(self, token: Token) -> None:
        """Note an end; one that terminates takes all other tokens of its scope away."""
        token.scope.end = token.place.node.id
        if any(event.kind == "terminate" for event in token.place.node.events):
            self.withdraw(token.scope, but=token)

    def withdraw(self, scope: Scope, but: Token | None = None) -> None:
        """Take the tokens of a scope away, and what they are doing."""
        for token in scope.tokens:
            if token is not but and token.process is not None and token.process.is_alive:
                token.process.interrupt()
        scope.tokens = [but] if but is not None else []

    def refuse_dead_end(self, scope: Scope) -> None:
        """Raise StepFailed where tokens are left that nothing will ever move."""
        events = scope.host.boundaries if scope.host is not None else ()
        watched = any(event.kind is Kind.TIMER and event.node.interrupting for event in events)
        if scope.tokens and not watched and len(scope.parked) == len(scope.tokens):
            raise StepFailed("dead-end", element=scope.tokens[0].place.node.id)
