"""A position at work: so many officers, a queue in the order of arrival, and absences."""

from collections.abc import Generator
from typing import Any

from simpy import Environment, Event, Resource
from simpy.resources.resource import Request

from engine.simulation.chance import AWAY, Chance
from engine.simulation.timeline import DAY, Timeline


class Leave(Request):
    """An officer's absence: it comes before all work that waits."""


class Line(list[Any]):
    """A queue in the order of arrival; the library's own with priorities sorts itself at each arrival."""

    def append(self, item: Any) -> None:
        if isinstance(item, Leave):
            self.insert(0, item)
        else:
            super().append(item)


class Officers(Resource):
    """Officers of one position, each doing one thing at a time."""

    PutQueue = Line


class Level:
    """A number over working time: its average and its peak. `now` is always working time, and never goes back."""

    def __init__(self, now: int) -> None:
        self.value = self.peak = self.area = 0
        self.since = self.started = now

    def add(self, change: int, now: int) -> None:
        self.area += self.value * (now - self.since)
        self.since = now
        self.value += change
        self.peak = max(self.peak, self.value)

    def mean(self, now: int) -> float:
        """The average up to `now`."""
        self.add(0, now)
        return self.area / (now - self.started) if now > self.started else 0.0


class Desk:
    """All officers who hold one position. `people` is None for as many as are needed."""

    def __init__(self, env: Environment, timeline: Timeline, name: str, people: int | None) -> None:
        self.env, self.timeline = env, timeline
        self.name, self.people = name, people
        self.officers = None if people is None else Officers(env, people)
        now = self.now()
        self.busy, self.queue, self.away = Level(now), Level(now), Level(now)
        self.demand = 0  # working seconds of all work that was begun

    def now(self) -> int:
        """Working time up to this moment."""
        return self.timeline.worked(int(self.env.now))

    def absence(self, people: int, *, begin: int, until: int) -> Generator[Event, object, None]:
        """Take officers away from one moment to another; who works finishes first."""
        if begin > self.env.now:
            yield self.env.timeout(begin - self.env.now)
        for _ in range(people):
            self.env.process(self.take(until))

    def take(self, until: int) -> Generator[Event, object, None]:
        """Take one officer away as soon as he is free."""
        if self.officers is None or until <= self.env.now:
            return
        over = self.env.timeout(until - self.env.now)
        with Leave(self.officers) as request:
            yield request | over
            if request.triggered and not over.processed:
                self.away.add(1, self.now())
                yield over
                self.away.add(-1, self.now())

    def chance_absences(self, share: float, chance: Chance, number: int) -> Generator[Event, object, None]:
        """Each officer is away on each day with that probability."""
        while self.people is not None:
            opening = self.timeline.next_opening(int(self.env.now))
            yield self.env.timeout(opening - self.env.now)
            day = opening // DAY
            draws = (chance.three(day, AWAY - number, officer)[0] for officer in range(self.people))
            away = sum(draw < share for draw in draws)
            # Whoever is away tomorrow too must not be given work in between.
            yield from self.absence(away, begin=opening, until=self.timeline.next_opening(opening) + 1)
