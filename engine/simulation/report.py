"""From notes to results."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil

from engine.simulation.desk import Desk
from engine.simulation.log import Noted
from engine.simulation.place import Kind, Place
from engine.simulation.result import Bottleneck, PositionResult, Result, StepResult, Visit, figure, spread
from engine.simulation.world import World

MINUTE, DAY = 60, 86_400  # seconds
GOOD_LOAD = 0.85
"""Part of an officer's time that can be planned without long queues."""

NOTICED = 0.05
"""Queues that take less of all time than this are no bottleneck."""

SHOWN = {Kind.TASK: "task", Kind.MESSAGE: "message", Kind.TIMER: "timer"}


def report(world: World) -> Result:
    """Sum up a simulation that has ended."""
    log, timeline = world.log, world.timeline
    now = int(world.env.now)
    started = timeline.seconds(world.scenario.start)
    days = (timeline.worked(now) - timeline.worked(started)) / timeline.day_length
    steps, positions = step_results(world), position_results(world)
    return Result(
        started=world.scenario.start.astimezone(timeline.calendar.zone),
        ended=timeline.moment(now).astimezone(timeline.calendar.zone),
        seed=world.scenario.seed,
        arrived=log.arrived,
        done=len(log.leads),
        open=log.arrived - len(log.leads),
        lead=spread(log.leads, MINUTE),
        lead_days=spread(log.spans, DAY),
        queued=spread(log.queued, MINUTE),
        late=figure(log.late / log.limited) if log.limited else None,
        ends=dict(sorted(log.ends.items())),
        mean_open=figure(log.open.mean(timeline.worked(now))),
        most_open=log.open.peak,
        per_day=figure(len(log.leads) / days) if days else 0.0,
        provisional=is_provisional(world, now),
        steps=steps,
        positions=positions,
        bottleneck=bottleneck(steps, positions),
        visits=tuple(visit(noted, world) for noted in log.traced),
        leads=tuple(sorted(lead / MINUTE for lead in log.leads)),
    )


def is_provisional(world: World, now: int) -> bool:
    moments = (world.scenario.start, world.timeline.moment(now) + timedelta(seconds=1))
    return any(world.timeline.calendar.provisional(moment) for moment in moments)


def step_results(world: World) -> tuple[StepResult, ...]:
    """Elements where time passes that were met, in the order of the file."""
    total = sum(sum(notes.elapsed) for notes in world.log.places) or 1
    places = [place for place in world.model.places.values() if place.kind in SHOWN]
    return tuple(step_result(place, world, total) for place in places if world.log.places[place.index].opened)


def step_result(place: Place, world: World, total: int) -> StepResult:
    notes = world.log.places[place.index]
    return StepResult(
        element=place.node.id,
        no=place.node.step.step_no if place.node.step is not None else "",
        name=place.node.name,
        kind=SHOWN[place.kind],
        performer=place.performer,
        visits=notes.done,
        withdrawn=notes.withdrawn,
        per_case=figure(notes.done / max(1, len(world.log.leads))),
        waiting=spread(notes.waiting, MINUTE),
        work=spread(notes.work, MINUTE),
        elapsed=spread(notes.elapsed, MINUTE),
        late=figure(notes.late / notes.dated) if notes.dated else None,
        share=figure(sum(notes.elapsed) / total),
    )


def position_results(world: World) -> tuple[PositionResult, ...]:
    """All positions of the procedure, in the order of the file."""
    return tuple(position_result(desk, world) for desk in world.desks.values())


def position_result(desk: Desk, world: World) -> PositionResult:
    now = desk.now()
    notes = [world.log.places[place.index] for place in world.model.places.values() if place.desk == desk.name]
    waits = [wait for each in notes for wait in each.waiting]
    desk.busy.add(0, now)
    desk.away.add(0, now)
    people, length = desk.people, now - desk.busy.started
    present = None if people is None else people * length - desk.away.area
    interval = world.scenario.arrivals.interval(world.timeline.day_length)
    load = desk.demand / (interval * world.log.arrived) if world.log.arrived else 0.0
    return PositionResult(
        position=desk.name,
        officers=people,
        visits=len(waits),
        busy_minutes=figure(desk.busy.area / MINUTE),
        utilisation=figure(desk.busy.area / present) if present else None,
        offered=figure(load / people) if people else None,
        enough=max(1, ceil(load / GOOD_LOAD)),
        queue=figure(desk.queue.mean(now)),
        queue_longest=desk.queue.peak,
        waiting=spread(waits, MINUTE),
    )


def bottleneck(steps: Iterable[StepResult], positions: Iterable[PositionResult]) -> Bottleneck | None:
    """The position that cases wait for longest, or, where none waits much, the step that takes longest."""
    found = [step for step in steps if step.elapsed is not None]
    total = sum(total_of(step, "elapsed") for step in found)
    if not total:
        return None
    lost = {position.position: 0.0 for position in positions}
    for step in found:
        lost[step.performer] = lost.get(step.performer, 0.0) + total_of(step, "waiting")
    worst = max(positions, key=lambda position: lost[position.position], default=None)
    if worst is None or lost[worst.position] < NOTICED * total:
        step = max(found, key=lambda step: total_of(step, "elapsed"))
        return Bottleneck("step", step.element, step.performer, figure(total_of(step, "elapsed") / total))
    own = [step for step in found if step.performer == worst.position]
    step = max(own, key=lambda step: total_of(step, "waiting"))
    kind = "overload" if worst.offered is not None and worst.offered >= 1 else "queue"
    return Bottleneck(kind, step.element, worst.position, figure(lost[worst.position] / total))


def total_of(step: StepResult, what: str) -> float:
    if what == "waiting":
        return step.waiting.mean * step.visits if step.waiting is not None else 0.0
    return step.elapsed.mean * (step.visits + step.withdrawn) if step.elapsed is not None else 0.0


def visit(noted: Noted, world: World) -> Visit:
    opened = moment(noted.opened, world)
    assert opened is not None  # every visit was opened
    return Visit(
        case=noted.case,
        element=noted.place.node.id,
        opened=opened,
        begun=moment(noted.begun, world),
        due=moment(noted.due, world),
        completed=moment(noted.done, world),
        outcome=noted.outcome,
    )


def moment(at: int | None, world: World) -> datetime | None:
    return None if at is None else world.timeline.moment(at).astimezone(world.timeline.calendar.zone)
