"""Waiting for a timer, for a message, or for whichever comes first."""

from collections.abc import Generator, Sequence

from simpy import Event

from engine.simulation.chance import picked
from engine.simulation.place import Place, Way
from engine.simulation.scenario import Measure
from engine.simulation.state import Acting, CaseState
from engine.simulation.timeline import Seconds


def hold(state: CaseState, place: Place) -> Acting:
    """Wait for a timer."""
    opened = state.now
    yield from until(state, timer_due(state, place))
    note(state, place, opened)


def receive(state: CaseState, place: Place) -> Acting:
    """Wait for a message; the case's clock stands still or starts again as the model says."""
    opened = state.now
    state.world.log.places[place.index].opened += 1
    yield from until(state, message_comes(state, place))
    set_clock(state, place, opened)
    note(state, place, opened)


def first_event(state: CaseState, place: Place) -> Generator[Event, object, Sequence[Way]]:
    """Wait for the first event behind a gateway, or for the one that chance chose; return its ways."""
    opened = state.now
    chosen = picked(place.shares, state.chance(place, state.turn(place))[0])
    ways = [way for way in place.ways if chosen in (None, way.flow)]
    moments = [(comes(state, way.target), way.target.timer is not None, at) for at, way in enumerate(ways)]
    moment, _, at = min(moments)
    yield from until(state, moment)
    happened = ways[at].target
    if happened.timer is None:
        set_clock(state, happened, opened)
    note(state, happened, opened)
    return happened.ways


def comes(state: CaseState, place: Place) -> Seconds:
    """When the event at a place happens."""
    return timer_due(state, place) if place.timer is not None else message_comes(state, place)


def timer_due(state: CaseState, place: Place) -> Seconds:
    assert place.timer is not None  # whoever asks knows that it is a timer
    return state.world.dues.timer(place.timer, place.timer_budget, at=state.now, clock=state.clock)


def message_comes(state: CaseState, place: Place) -> Seconds:
    """When a message comes: after the scenario's delay, without one at once."""
    if place.delay is None:
        return state.now
    length = round(place.delay.at(state.chance(place, state.turn(place))[1]))
    if place.delay.measure is Measure.CALENDAR:
        return state.now + length
    return state.world.timeline.after(state.now, length)


def set_clock(state: CaseState, place: Place, opened: Seconds) -> None:
    """After a wait: the limit counts anew, or the wait is left out of it (as `engine.advance` does)."""
    if place.node.clock == "restart":
        state.clock = state.now
    elif place.node.clock == "pause":
        state.clock += state.now - opened


def until(state: CaseState, moment: Seconds) -> Acting:
    if moment > state.now:
        yield state.world.env.timeout(moment - state.now)


def note(state: CaseState, place: Place, opened: Seconds) -> None:
    state.world.log.visit(place, opened=opened, begun=opened, done=state.now, due=None)
