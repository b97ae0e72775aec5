"""The clock of one case: turns budgets into moments."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from bpmn.fiveclear import Duration
from bpmn.paths import PathTimes
from engine.calendar import Calendars
from engine.deadlines import Due, limit_due, step_due
from engine.definitions import Ready
from engine.locality import placed
from engine.model.definition import Definition
from engine.model.instance import Instance
from engine.stands import Stand, merged, shifted
from engine.worktime import WorkCalendar


@dataclass(slots=True)
class CaseClock:
    """A calendar, the times of the procedure's paths, and the moment from which the case's calendar days count.

    `calendar` is that of the unit which answers for the case: limits and days that add up along the path count by it.
    `of` gives the calendar by which a step's working time counts, that of the unit which does it.
    """

    calendar: WorkCalendar
    times: PathTimes
    started_at: datetime
    of: Callable[[str], WorkCalendar] | None = None
    variables: Mapping[str, object] = field(default_factory=dict)

    def step_due(
        self, duration: Duration | None, opened_at: datetime, element: str, *, stands: Sequence[Stand] = ()
    ) -> Due:
        """Return when a step with this budget is due that opens at `opened_at`."""
        return step_due(
            duration,
            opened_at=opened_at,
            clock_started_at=self.started_at,
            prefix_days=self.prefix(duration, element),
            calendar=self.calendar_for(duration, element),
            stands=stands,
        )

    def prefix(self, duration: Duration | None, element: str) -> Fraction:
        """Return the days along the path up to and with an element; its own where the path does not lead there."""
        amount = self.times.due.get(element)
        if amount is not None:
            return amount.size
        return duration.calendar_days or Fraction(0) if duration is not None else Fraction(0)

    def calendar_for(self, duration: Duration | None, element: str) -> WorkCalendar:
        """Return the calendar that a budget of this element counts by."""
        if self.of is None or duration is None or duration.calendar_days is not None:
            return self.calendar
        return self.of(element)

    def after(self, start: datetime, duration: Duration, element: str) -> datetime:
        """Return when a timer that watches `element` fires; a duration without a limit at once."""
        return self.step_due(duration, start, element).due_at or start


def case_clock(calendars: Calendars, instance: Instance, definition: Definition, ready: Ready) -> CaseClock:
    """Return the clock of a case. Fill in its `variables` once the run is loaded: they may name the ward."""

    def of(element: str) -> WorkCalendar:
        return calendars.of(unit_of(definition, element, clock.variables))

    times = ready.times if instance.clock_element is None else ready.times_from(instance.clock_element)
    clock = CaseClock(calendars.of(definition.unit_code), times, instance.clock_started_at, of)
    return clock


def unit_of(definition: Definition, element: str, variables: Mapping[str, object]) -> str:
    """Return the code of the unit that does an element, that of the procedure where nobody is named."""
    performer = definition.performers.get(element)
    return placed(str(performer["unit_code"]), variables) if performer else definition.unit_code


def case_limit(clock: CaseClock, instance: Instance, limit: Mapping[str, object], stands: Sequence[Stand]) -> Due:
    """Return the statutory due of a case whose clock runs from its receipt, or from its last restart.

    A new date that was given since holds, later by the days that the clock stood after it was given.
    """
    start, given = counted_from(instance.received_at, stands), instance.extended_at
    if given is None or instance.extended_to is None or start > given:
        return limit_due(limit or None, start, clock.calendar, stands=stands)
    due_at = instance.extended_to
    for stand in merged(stands, given):
        if due_at < stand.since:
            break
        due_at = clock.calendar.closing(shifted(due_at, stand, clock.calendar).astimezone(clock.calendar.zone).date())
    return Due(due_at, due_at, provisional=clock.calendar.provisional(due_at))


def counted_from(received_at: datetime, stands: Sequence[Stand]) -> datetime:
    """Return the moment from which a limit counts: the end of the last stand after which it began from zero."""
    return max([received_at, *(stand.until for stand in stands if stand.restarts)])
