"""What all cases of a simulation share: the clock, the officers, chance, deadlines, notes."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from simpy import Environment, Event, Process

from bpmn.errors import ExpressionError
from engine.deadlines import limit_due
from engine.errors import Refused
from engine.simulation.chance import Chance
from engine.simulation.desk import Desk
from engine.simulation.dues import Dues
from engine.simulation.log import Log
from engine.simulation.model import Model
from engine.simulation.naming import by_position
from engine.simulation.place import Way
from engine.simulation.scenario import Scenario
from engine.simulation.timeline import Seconds, Timeline
from engine.spiff import SpiffError, StepFailed

Acting = Generator[Event, object, None]
"""Something that takes time."""

LAST = 9
"""The priority of what comes after everything else of the same second."""


@dataclass(slots=True)
class World:
    """One simulation while it runs; `env.now` is whole seconds on the timeline."""

    env: Environment
    timeline: Timeline
    model: Model
    scenario: Scenario
    chance: Chance
    dues: Dues
    log: Log
    desks: Mapping[str, Desk]
    finished: Event
    held: dict[tuple[str, ...], bool] = field(default_factory=dict)

    def process(self, act: Acting) -> Process:
        """Let something happen beside all else.  What it raises ends the simulation as it is.

        The library would raise a copy made from an error's positional arguments, which ours do not have.
        """
        return self.env.process(self._guarded(act))

    def _guarded(self, act: Acting) -> Acting:
        try:
            yield from act
        except (Refused, SpiffError) as error:
            if not self.finished.triggered:
                self.finished.fail(error)

    def holds(self, way: Way, outcomes: Mapping[str, str]) -> bool:
        """Whether the condition of a way holds after these outcomes.  Raises StepFailed as the engine does."""
        condition = way.condition
        if condition is None:
            return False
        key = (way.flow, *(outcomes.get(element, "") for element in sorted(condition.outcomes)))
        if key not in self.held:
            try:
                self.held[key] = condition.holds({}, lambda element: outcomes.get(element, ""))
            except ExpressionError as error:
                raise StepFailed(error.code, **{**error.facts, "element": way.flow}) from error
        return self.held[key]

    def limit(self, clock: Seconds) -> Seconds | None:
        """When a case whose clock runs from then has to be done."""
        head = self.model.process.head
        limit = head.statutory_limit if head is not None else None
        due = limit_due(limit, self.timeline.moment(clock), self.timeline.calendar).due_at if limit else None
        return None if due is None else self.timeline.seconds(due)


class Late(Event):
    """Something that happens `delay` seconds from now, after all else of that second."""

    def __init__(self, env: Environment, delay: int) -> None:
        super().__init__(env)
        self._ok, self._value = True, None
        env.schedule(self, LAST, delay)  # type: ignore[arg-type]  # priorities are numbers


def make_desks(env: Environment, timeline: Timeline, model: Model, scenario: Scenario) -> dict[str, Desk]:
    """The officers of every position, their absences begun."""
    capacity = by_position(scenario.capacity, model.desks)
    return {name: Desk(env, timeline, name, capacity.get(name, scenario.officers)) for name in model.desks}


def begin_absences(world: World) -> None:
    """Let absences happen that the scenario supposes."""
    scenario, chance = world.scenario, world.chance
    for absence in scenario.absences:
        for name in by_position({absence.position: None}, world.model.desks):
            begin = world.timeline.midnight(absence.first)
            end = world.timeline.next_opening(world.timeline.midnight(absence.last + timedelta(days=1)) - 1)
            world.process(world.desks[name].absence(absence.people, begin=begin, until=end))
    for number, (name, share) in enumerate(by_position(scenario.away, world.model.desks).items()):
        world.process(world.desks[name].chance_absences(float(share), chance, number))
