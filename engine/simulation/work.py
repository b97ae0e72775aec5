"""A person's task: wait for an officer, be worked on, be done."""

from simpy import Event

from engine.simulation.desk import Desk
from engine.simulation.log import Noted
from engine.simulation.place import Place
from engine.simulation.scenario import Measure
from engine.simulation.state import Acting, CaseState
from engine.simulation.timeline import Seconds


def work(state: CaseState, place: Place, luck: float, *, outcome: str | None) -> Acting:
    """Do one task; `luck` from 0 to 1 says how long it takes."""
    world, desk = state.world, state.world.desks.get(place.desk)
    opened, begun, done = state.now, None, None
    due = due_of(state, place, opened)
    world.log.places[place.index].opened += 1
    request = desk.officers.request() if desk is not None and desk.officers is not None else None
    try:
        if desk is not None and request is not None:
            yield from queue(desk, request)
        begun = state.now
        end = ends(state, place, luck, opened=opened, begun=begun, due=due)
        if end > begun:
            yield from busy(state, desk, end)
        done = state.now
        state.queued += world.log.visit(place, opened=opened, begun=begun, done=done, due=due)
    finally:
        if request is not None:
            request.__exit__(None, None, None)
        if done is None:
            world.log.withdraw(place, opened=opened, now=state.now)
        said = outcome if done is not None else None
        world.log.trace(Noted(state.number, place, opened, begun, due, done, said))


def stay_silent(state: CaseState, place: Place) -> Acting:
    """Leave a task undone until something else ends it."""
    log, opened = state.world.log, state.now
    due = due_of(state, place, opened)
    log.places[place.index].opened += 1
    try:
        yield state.world.env.event()
    finally:
        log.withdraw(place, opened=opened, now=state.now)
        log.trace(Noted(state.number, place, opened, None, due, None, None))


def queue(desk: Desk, officer: Event) -> Acting:
    """Wait for an officer."""
    desk.queue.add(1, desk.now())
    try:
        yield officer
    finally:
        desk.queue.add(-1, desk.now())


def busy(state: CaseState, desk: Desk | None, end: Seconds) -> Acting:
    """Be worked on until a moment."""
    if desk is None:
        yield state.world.env.timeout(end - state.now)
        return
    now = desk.now()
    desk.demand += state.world.timeline.worked(end) - now
    desk.busy.add(1, now)
    try:
        yield state.world.env.timeout(end - state.now)
    finally:
        desk.busy.add(-1, desk.now())


def due_of(state: CaseState, place: Place, opened: Seconds) -> Seconds | None:
    """When the task is due; a shared limit counts from the opening of its first step."""
    budget = place.budget
    if budget is None:
        return None
    counts_from = state.blocks.setdefault(budget.block, opened) if budget.block is not None else opened
    return state.world.dues.step(budget, counts_from, state.clock)


def ends(
    state: CaseState, place: Place, luck: float, *, opened: Seconds, begun: Seconds, due: Seconds | None
) -> Seconds:
    """When work that begins now is done. Without lengths of its own it takes all time up to the due."""
    timeline = state.world.timeline
    spell = place.spell or state.world.scenario.work
    if spell is None:
        if due is None or due <= opened:
            return begun
        whole = timeline.worked(due) - timeline.worked(opened)
        return due if begun == opened else timeline.after(begun, whole)
    length = spell.at(luck)
    if spell.measure is Measure.CALENDAR:
        return begun + round(length)
    return timeline.after(begun, round(length * place.basis if spell.measure is Measure.SHARE else length))
