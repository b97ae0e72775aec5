"""Running a simulation: cases arrive one after the other until there are enough."""

from collections.abc import Callable
from datetime import datetime

from simpy import Environment

from bpmn.document import Document
from engine.simulation.case import Case
from engine.simulation.chance import Chance
from engine.simulation.dues import Dues
from engine.simulation.log import Log
from engine.simulation.model import prepare
from engine.simulation.report import report
from engine.simulation.result import Result
from engine.simulation.scenario import Pattern, Scenario
from engine.simulation.state import Acting
from engine.simulation.timeline import Timeline
from engine.simulation.world import World, begin_absences, make_desks
from engine.worktime import WorkCalendar

FIRST_KNOWN = 2026
"""The year to begin with where none is known."""

EVERY = 50
"""Finished cases between two reports of progress."""


def simulate(
    document: Document,
    calendar: WorkCalendar,
    scenario: Scenario,
    *,
    progress: Callable[[int], None] | None = None,
) -> Result:
    """Let the scenario's cases go through a procedure. The same arguments give the same result.

    `progress` is told from time to time how many cases are done.  Raises Uncompilable for what the engine does not
    run, UnknownChoice for what the scenario names and is not there, BadScenario, BeyondCalendar, and StepFailed or
    StepLimit for what fails on the way.
    """
    world = make_world(document, calendar, scenario)
    world.process(arrive(world, progress))
    begin_absences(world)
    if scenario.until is not None:
        world.env.run(until=world.env.any_of([world.finished, world.env.timeout(horizon(world, scenario.until))]))
    else:
        world.env.run(until=world.finished)
    return report(world)


def usual_start(calendar: WorkCalendar) -> datetime:
    """The first opening of the latest year whose calendar is known: the same whenever it is asked for."""
    new_year = datetime(max(calendar.days.sources, default=FIRST_KNOWN), 1, 1, tzinfo=calendar.zone)
    timeline = Timeline(calendar, new_year)
    return timeline.moment(timeline.next_opening(0)).astimezone(calendar.zone)


def make_world(document: Document, calendar: WorkCalendar, scenario: Scenario) -> World:
    timeline = Timeline(calendar, scenario.start)
    started = timeline.seconds(scenario.start)
    model = prepare(document, scenario, timeline.day_length)
    env = Environment(started)
    return World(
        env=env,
        timeline=timeline,
        model=model,
        scenario=scenario,
        chance=Chance(scenario.seed),
        dues=Dues(timeline),
        log=Log(timeline, len(model.places), started=started, traced=scenario.traced),
        desks=make_desks(env, timeline, model, scenario),
        finished=env.event(),
    )


def horizon(world: World, until: datetime) -> int:
    """Seconds from the start to the end of observation, at least one."""
    return max(1, world.timeline.seconds(until) - int(world.env.now))


def arrive(world: World, progress: Callable[[int], None] | None) -> Acting:
    """Let cases arrive: by chance, or the first at once and the others at equal distances of working time."""
    scenario, started = world.scenario, int(world.env.now)
    interval, passed = scenario.arrivals.interval(world.timeline.day_length), 0.0
    for number in range(scenario.cases):
        if scenario.arrivals.pattern is Pattern.POISSON:
            passed += world.chance.gap(number, interval)
        else:
            passed = number * interval
        moment = world.timeline.after(started, round(passed))
        if moment > world.env.now:
            yield world.env.timeout(moment - world.env.now)
        world.process(one(world, number, progress))


def one(world: World, number: int, progress: Callable[[int], None] | None) -> Acting:
    yield from Case(world, number).run()
    done = len(world.log.leads)
    if progress is not None and done % EVERY == 0:
        progress(done)
    if done == world.scenario.cases:
        world.finished.succeed()
