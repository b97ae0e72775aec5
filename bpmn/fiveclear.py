"""The five-clear table (`five-clear/1`): what a procedure says, as rows.

Every key of the YAML format has its field here; keys that the format does not know travel in `extra`, so that nothing
is dropped.  All texts are NFC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class TimeUnit(StrEnum):
    """Units of a step's or a procedure's time; three families stay apart: working time, calendar days, uncounted."""

    WORKING_MINUTE = "working_minute"
    WORKING_HOUR = "working_hour"
    HALF_DAY = "half_day"
    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    BY_DATE = "by_date"
    SAME_DAY = "same_day"
    IMMEDIATE = "immediate"
    OFFICE_HOURS = "office_hours"
    NOT_COUNTED = "not_counted"
    SHARED = "shared"


MINUTES: Mapping[TimeUnit, int] = {
    TimeUnit.WORKING_MINUTE: 1,
    TimeUnit.WORKING_HOUR: 60,
    TimeUnit.HALF_DAY: 240,
    TimeUnit.WORKING_DAY: 480,
}


@dataclass(frozen=True, slots=True)
class Duration:
    """A limit as written (`text`) and as understood (`value` in `unit`)."""

    text: str
    unit: TimeUnit
    value: Fraction = Fraction(0)
    date: str | None = None
    shared_block: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def working_minutes(self) -> int | None:
        """Working minutes, or None where the unit is no working time."""
        factor = MINUTES.get(self.unit)
        return None if factor is None else int(self.value * factor)

    @property
    def calendar_days(self) -> Fraction | None:
        """Calendar days with their fraction, or None where the unit is not calendar days."""
        return self.value if self.unit is TimeUnit.CALENDAR_DAY else None


@dataclass(frozen=True, slots=True)
class Performer:
    """Who does a step: a position of a unit. A person's name is kept apart and never decides.

    `substitute` is the position that stands in when nobody of the first is there.
    """

    position: str
    unit: str | None = None
    person: str | None = None
    responsibility: str | None = None
    substitute: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table = one activity of the diagram. `id` is the BPMN id and stays stable across versions."""

    step_no: str
    name: str
    id: str | None = None
    performer: Performer | None = None
    co_performers: tuple[Performer, ...] = ()
    duration: Duration | None = None
    output: str | None = None
    forms: tuple[str, ...] = ()
    responsibility: str | None = None
    type: str | None = None  # decision | wait | external
    parallel_group: str | None = None
    multi_instance: Mapping[str, object] | None = None
    phase: str | None = None
    optional: bool = False
    counted: bool = True
    description: str | None = None
    note: str | None = None
    authority: str | None = None
    product: str | None = None
    different_from: str | None = None  # step numbers, "3, 5": another person than did those
    same_as: str | None = None  # step numbers: the same person as did those
    act: str | None = None  # appraise | recognise: what the catalogue does when the step is completed
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Branch:
    """A way out of a step other than going on: `condition` is the outcome's text, `goto` a step_no or an ending."""

    at: str
    condition: str
    goto: str
    clock: str = "continue"
    form: str | None = None
    note: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict)


CONTINUE = "tiếp tục"
"""The outcome of a step whose normal way is taken."""


@dataclass(frozen=True, slots=True)
class FiveClear:
    """A whole procedure as a table. `unit` is (code, name)."""

    title: str
    steps: tuple[Step, ...]
    branches: tuple[Branch, ...] = ()
    code: str | None = None
    national_code: str | None = None
    kind: str | None = None
    level: str | None = None
    unit_code: str | None = None
    unit_name: str | None = None
    field_of_work: str | None = None
    legal_basis: tuple[object, ...] = ()
    trigger: str | None = None
    recurrence: object = None
    windows: tuple[Mapping[str, object], ...] = ()
    statutory_limit: Mapping[str, object] | None = None
    inputs: tuple[Mapping[str, object], ...] = ()
    outputs: tuple[Mapping[str, object], ...] = ()
    stated_total: Mapping[str, object] | None = None
    extra: Mapping[str, object] = field(default_factory=dict)
