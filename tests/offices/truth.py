"""What a written file carries: the steps, performers, times, groups and ways out that a reader should find."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from bpmn.fiveclear import Duration, FiveClear, Step, TimeUnit

Way = tuple[str, str]
"""Where a branch leaves and where it leads."""


@dataclass(frozen=True)
class Told:
    """One step as a file tells it. `people` are positions with their units, the lead first."""

    number: str
    name: str
    people: tuple[str, ...]
    unit: TimeUnit | None
    value: Fraction = Fraction(0)
    date: str | None = None
    group: str | None = None
    block: str | None = None
    persons: tuple[str | None, ...] = ()


@dataclass(frozen=True)
class Truth:
    """All that a file tells. `ways` are the branches that it mentions."""

    steps: tuple[Told, ...]
    ways: frozenset[Way] = frozenset()
    grouped: bool = True


@dataclass(frozen=True)
class Written:
    """A file as written, with what it carries and the texts of its step table's cells."""

    name: str
    layout: str
    ending: str
    data: bytes
    truth: Truth
    cells: Sequence[str] = field(default=(), repr=False)


def told(step: Step, *, units: bool) -> Told:
    """A step as it is written with or without the units of its performers."""
    people = tuple(
        f"{who.position} {who.unit}" if units and who.unit else who.position
        for who in (step.performer, *step.co_performers)
        if who
    )
    time = step.duration
    return Told(
        step.step_no,
        step.name,
        people,
        time.unit if time else None,
        time.value if time else Fraction(0),
        time.date if time else None,
        step.parallel_group,
    )


def timed(step: Told, duration: Duration) -> Told:
    """A step with another time."""
    return replace(step, unit=duration.unit, value=duration.value, date=duration.date)


def truth_of(table: FiveClear, *, units: bool = False, ways: frozenset[Way] = frozenset()) -> Truth:
    return Truth(tuple(told(step, units=units) for step in table.steps), ways)
