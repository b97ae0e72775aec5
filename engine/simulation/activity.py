"""Activities: work or an inner process, once or several times, with what happens on their borders."""

from collections.abc import Callable, Generator, Sequence
from typing import Protocol

from simpy import Event, Interrupt, Process

from bpmn.errors import ExpressionError
from engine.simulation.chance import picked
from engine.simulation.place import Kind, Place, Repeat, Way
from engine.simulation.scope import Scope, Token
from engine.simulation.state import Acting, CaseState
from engine.simulation.timeline import Seconds
from engine.simulation.waits import message_comes, receive, timer_due
from engine.simulation.work import stay_silent, work
from engine.simulation.world import Late


class Walking(Protocol):
    """The case that an activity belongs to, as far as it moves tokens."""

    state: CaseState

    def open(self, begin: Place, host: Place | None = None) -> Scope:
        """Open a scope with one token at its beginning."""

    def spawn(self, scope: Scope, way: Way) -> None:
        """Put a token on a way."""

    def withdraw(self, scope: Scope) -> None:
        """Take all tokens of a scope away."""


def open_activity(case: Walking, token: Token) -> Generator[Event, object, Sequence[Way]]:
    """Go through an activity; return the ways on, its own or those of an event that interrupted it."""
    place, turn = token.place, case.state.turn(token.place)
    outcome = drawn(case.state, place, turn) if place.shares else place.usual
    body = act(case, place, turn, outcome=outcome)
    if not place.boundaries:
        yield from body
        return place.ways
    return (yield from Watched(case, token, outcome).run(body))


def drawn(state: CaseState, place: Place, turn: int) -> str:
    """The outcome that chance gives, the usual one where a case has had it as often as its text allows."""
    outcome = picked(place.shares, state.chance(place, turn)[0])
    if outcome is None:
        return place.usual
    state.had[place.index, outcome] += 1
    allowed = place.bounds.get(outcome)
    return outcome if allowed is None or state.had[place.index, outcome] <= allowed else place.usual


def act(case: Walking, place: Place, turn: int, *, outcome: str) -> Acting:
    """Do the activity as often as it is to be done."""
    state = case.state
    quiet = place.quiet.get(outcome) if place.quiet else None
    if quiet is not None and quiet.node.interrupting:
        yield from stay_silent(state, place)
    if place.kind is Kind.TASK:
        if place.repeat.count == 1:
            yield from task(state, place, turn * 1_000, outcome)
        else:
            yield from several(state, place.repeat, lambda number: task(state, place, turn * 1_000 + number, outcome))
        state.outcomes[place.node.id] = outcome
    elif place.kind is Kind.INSIDE:
        yield from several(state, place.repeat, lambda _: inside(case, place))
    elif place.kind is Kind.MESSAGE:
        yield from several(state, place.repeat, lambda _: receive(state, place))


def task(state: CaseState, place: Place, turn: int, outcome: str) -> Acting:
    """One instance of a task."""
    luck = state.world.chance.three(state.number, place.index, turn)[1]
    return work(state, place, luck, outcome=outcome)


def inside(case: Walking, place: Place) -> Acting:
    """Go through what lies inside a sub-process or call."""
    assert place.begin is not None  # every sub-process has a start, else it is refused
    scope = case.open(place.begin, place)
    try:
        yield scope.done
    except Interrupt:
        case.withdraw(scope)
        raise


def several(state: CaseState, repeat: Repeat, make: Callable[[int], Acting]) -> Acting:
    """Do all instances, one after the other or side by side, until the completion condition holds."""
    if repeat.sequential or repeat.count == 1:
        for number in range(repeat.count):
            yield from make(number)
            if is_complete(repeat, number + 1, 0):
                return
        return
    if repeat.count:
        yield from side_by_side(state, repeat, make)


def side_by_side(state: CaseState, repeat: Repeat, make: Callable[[int], Acting]) -> Acting:
    over = state.world.env.event()
    done = 0

    def instance(number: int) -> Acting:
        nonlocal done
        try:
            yield from make(number)
        except Interrupt:
            return
        done += 1
        if not over.triggered and (done == repeat.count or is_complete(repeat, done, repeat.count - done)):
            over.succeed()

    running = [state.world.process(instance(number)) for number in range(repeat.count)]
    try:
        yield over
    finally:
        stop(running)


def is_complete(repeat: Repeat, done: int, active: int) -> bool:
    """Whether enough instances are done. A condition on the case's own variables never holds."""
    counts = {
        "numberOfInstances": repeat.count,
        "numberOfCompletedInstances": done,
        "numberOfActiveInstances": active,
    }
    try:
        return repeat.completion is not None and repeat.completion.holds(counts, lambda _: "")
    except ExpressionError:
        return False


class Watched:
    """An activity and the events on its border: the activity's end or an interrupting event comes first."""

    def __init__(self, case: Walking, token: Token, outcome: str) -> None:
        self.case, self.state, self.token = case, case.state, token
        self.outcome = outcome
        self.over: Event = self.state.world.env.event()

    def run(self, body: Acting) -> Generator[Event, object, Sequence[Way]]:
        process = self.state.world.process
        running = [process(self.finish(body)), *(process(self.watch(event)) for event in self.token.place.boundaries)]
        try:
            ways: Sequence[Way] = yield self.over  # type: ignore[assignment]  # what `happen` gives it
        finally:
            stop(running)
        return ways

    def finish(self, body: Acting) -> Acting:
        try:
            yield from body
        except Interrupt:
            return
        self.happen(self.token.place.ways)

    def happen(self, ways: Sequence[Way]) -> None:
        if not self.over.triggered:
            self.over.succeed(ways)

    def watch(self, event: Place) -> Acting:
        """Wait for one event as long as the activity is open."""
        try:
            if event.timer is not None:
                yield from self.wait_for_timer(event)
            elif self.token.place.quiet.get(self.outcome) is event:
                yield from self.wait_until(message_comes(self.state, event))
                self.fire(event)
        except Interrupt:
            return

    def wait_for_timer(self, event: Place) -> Acting:
        """Fire at the due; what is done in the same second is done in time. A cycle beside the activity goes on."""
        assert event.timer is not None  # asked before
        due = timer_due(self.state, event)
        left = event.timer.repeats if event.timer.kind == "cycle" and not event.node.interrupting else 1
        while left is None or left > 0:
            yield from self.wait_until(due)
            if self.over.triggered:
                return
            self.fire(event)
            left = None if left is None else left - 1
            due = self.state.world.dues.again(event.timer, due) if left != 0 else due

    def wait_until(self, moment: Seconds) -> Acting:
        yield Late(self.state.world.env, max(0, moment - self.state.now))

    def fire(self, event: Place) -> None:
        notes = self.state.world.log.places[event.index]
        notes.opened += 1
        notes.done += 1
        if event.node.interrupting:
            self.happen(event.ways)
        else:
            for way in event.ways:
                self.case.spawn(self.token.scope, way)


def stop(running: Sequence[Process]) -> None:
    """End what is still running."""
    for process in running:
        if process.is_alive:
            process.interrupt()
