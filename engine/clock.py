"""The clock of one case: turns budgets into moments."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from bpmn.fiveclear import Duration
from bpmn.paths import PathTimes
from engine.deadlines import Due, step_due
from engine.worktime import WorkCalendar


@dataclass(slots=True)
class CaseClock:
    """A calendar, the times of the procedure's paths, and the moment from which the case's calendar days count."""

    calendar: WorkCalendar
    times: PathTimes
    started_at: datetime

    def step_due(self, duration: Duration | None, opened_at: datetime, element: str) -> Due:
        """Return when a step with this budget is due that opens at `opened_at`."""
        return step_due(
            duration,
            opened_at=opened_at,
            clock_started_at=self.started_at,
            prefix_days=amount.size if (amount := self.times.due.get(element)) is not None else Fraction(0),
            calendar=self.calendar,
        )

    def after(self, start: datetime, duration: Duration, element: str) -> datetime:
        """Return when a timer that watches `element` fires; a duration without a limit at once."""
        return self.step_due(duration, start, element).due_at or start
