"""What a simulation supposes: how cases arrive, how they go, who works and how long work takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from math import sqrt

from engine.errors import BadScenario

MAX_CASES = 1_000_000
MAX_PEOPLE = 10_000
MAX_INSTANCES = 200  # as many as the engine runs


class Measure(StrEnum):
    """What a `Spell` is measured in: shares of the step's limit, working seconds or seconds of the calendar."""

    SHARE = "share"
    WORKING = "working"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Spell:
    """A length of time that varies: triangular between `low` and `high` with its peak at `mode`."""

    low: float
    mode: float
    high: float
    measure: Measure = Measure.SHARE

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.mode <= self.high:
            raise BadScenario(reason="spell", low=self.low, mode=self.mode, high=self.high)

    def at(self, quantile: float) -> float:
        """The length that is not exceeded with probability `quantile` (from 0 to 1)."""
        width = self.high - self.low
        if not width:
            return self.low
        if quantile * width < self.mode - self.low:
            return self.low + sqrt(quantile * width * (self.mode - self.low))
        return self.high - sqrt((1 - quantile) * width * (self.high - self.mode))


USUAL_WORK = Spell(0.05, 0.10, 0.30)
"""Work on a step beside its limit: most of a limit is reserve and waiting. An assumption, see docs/simulation.md."""


class Pattern(StrEnum):
    """How arrivals are spread over working time: by chance (exponential gaps), or at equal distances."""

    POISSON = "poisson"
    EVEN = "even"


class Period(StrEnum):
    """What arrivals are counted per, in working time: a month is 22 working days, a year 250."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


WORKING_DAYS: Mapping[Period, int] = {Period.DAY: 1, Period.WEEK: 5, Period.MONTH: 22, Period.YEAR: 250}


@dataclass(frozen=True, slots=True)
class Arrivals:
    """`count` cases per `period` of working time."""

    count: Fraction = Fraction(1)
    period: Period = Period.DAY
    pattern: Pattern = Pattern.POISSON

    def __post_init__(self) -> None:
        if not 0 < self.count <= MAX_CASES:
            raise BadScenario(reason="arrivals", count=str(self.count))

    def interval(self, day_length: int) -> float:
        """Mean working seconds between two arrivals, of days with `day_length` working seconds."""
        length = 3600 if self.period is Period.HOUR else WORKING_DAYS[self.period] * day_length
        return float(length / self.count)


@dataclass(frozen=True, slots=True)
class Absence:
    """`people` of a position are away from the first to the last day; work that they have begun is finished."""

    position: str
    first: date
    last: date
    people: int = 1


@dataclass(frozen=True, slots=True)
class Scenario:
    """A simulation's assumptions.  Elements are named by step_no or id, positions as the file writes them.

    `shares`: per step the share of visits with an outcome, per gateway that of tokens on a flow (by name or id); the
    rest goes the usual way.  `work`: None lets every step end at its due, as a virtual run does; `works` are for
    single steps.  `delays`: how long a message or a procedure that lies elsewhere takes, else no time.  `instances`:
    of multi-instance activities.  `capacity`: officers per position, None for as many as are needed; `officers` for
    all others.  `away`: the share of days on which an officer of the position is absent.  `traced`: of how many
    cases all visits are kept.
    """

    start: datetime
    cases: int = 1_000
    arrivals: Arrivals = Arrivals()
    until: datetime | None = None
    seed: int = 1
    shares: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    work: Spell | None = USUAL_WORK
    works: Mapping[str, Spell] = field(default_factory=dict)
    delays: Mapping[str, Spell] = field(default_factory=dict)
    instances: Mapping[str, int] = field(default_factory=dict)
    capacity: Mapping[str, int | None] = field(default_factory=dict)
    officers: int | None = 1
    absences: tuple[Absence, ...] = ()
    away: Mapping[str, Fraction] = field(default_factory=dict)
    traced: int = 0

    def __post_init__(self) -> None:
        if not 0 < self.cases <= MAX_CASES:
            raise BadScenario(reason="cases", count=self.cases)
        if self.until is not None and self.until <= self.start:
            raise BadScenario(reason="until", until=self.until.isoformat())
        for step, shares in self.shares.items():
            if sum(shares.values()) > 1 or min(shares.values(), default=Fraction(0)) < 0:
                raise BadScenario(reason="shares", step=step, total=float(sum(shares.values())))
        for position, people in [*self.capacity.items(), ("*", self.officers)]:
            if people is not None and not 0 < people <= MAX_PEOPLE:
                raise BadScenario(reason="capacity", position=position, people=people)
        for step, count in self.instances.items():
            if not 0 <= count <= MAX_INSTANCES:
                raise BadScenario(reason="instances", step=step, count=count)
        for position, share in self.away.items():
            if not 0 <= share < 1:
                raise BadScenario(reason="away", position=position, share=float(share))
        for absence in self.absences:
            if absence.last < absence.first or absence.people < 1:
                raise BadScenario(reason="absence", position=absence.position, people=absence.people)

    def as_json(self) -> dict[str, object]:
        """The scenario in plain values, in the order of its fields; a result is understood only with it."""
        return {each.name: plain(getattr(self, each.name)) for each in fields(self)}


def plain(value: object) -> object:
    """A value as JSON has it: moments and days in ISO 8601, fractions as numbers."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case Fraction():
            return float(value)
        case Mapping():
            return {key: plain(each) for key, each in value.items()}
        case tuple() | list():
            return [plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    return value
