"""When steps and timers are due, on the timeline: the rules of `engine.deadlines`, whose fast cases are done here."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from fractions import Fraction

from bpmn.errors import TimeError
from bpmn.fiveclear import TimeUnit
from bpmn.isotime import Timer
from engine.deadlines import step_due
from engine.simulation.place import Budget
from engine.simulation.timeline import DAY, Seconds, Timeline
from engine.spiff import StepFailed

SECOND = timedelta(seconds=1)


class Dues:
    """Deadlines of one simulation."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self._by_date: dict[tuple[int, int], Seconds | None] = {}

    def step(self, budget: Budget, opened: Seconds, clock: Seconds) -> Seconds | None:
        """When a step is due that opened then, in a case whose clock runs from `clock`."""
        if budget.seconds is not None:
            return self.timeline.after(opened, budget.seconds)
        if budget.days is not None:
            return self.calendar_days(budget, budget.days, opened=opened, clock=clock)
        if budget.other is not None and budget.other.unit is TimeUnit.BY_DATE:
            return self.by_date(budget, opened)
        return self.other(budget, opened)

    def calendar_days(self, budget: Budget, days: int, *, opened: Seconds, clock: Seconds) -> Seconds:
        """Days add up from the clock's start; a step that opens late counts its own from its opening."""
        if opened > self.timeline.calendar_rule(clock, budget.before):
            return self.timeline.calendar_rule(opened, days)
        return self.timeline.calendar_rule(clock, budget.upto)

    def by_date(self, budget: Budget, opened: Seconds) -> Seconds | None:
        """The same for every moment of a day."""
        key = (id(budget), opened // DAY)
        if key not in self._by_date:
            self._by_date[key] = self.other(budget, opened)
        return self._by_date[key]

    def other(self, budget: Budget, opened: Seconds) -> Seconds | None:
        """Limits that neither add up nor depend on the case's clock."""
        moment, calendar = self.timeline.moment(opened), self.timeline.calendar
        due = step_due(
            budget.other, opened_at=moment, clock_started_at=moment, prefix_days=Fraction(0), calendar=calendar
        ).due_at
        return None if due is None else self.timeline.seconds(due)

    def timer(self, timer: Timer, budget: Budget | None, *, at: Seconds, clock: Seconds) -> Seconds:
        """When a timer fires first that was set then; never before."""
        if budget is not None:
            return max(at, self.step(budget, at, clock) or at)
        with in_range():
            due = timer.first_due(self.timeline.moment(at))
            return max(at, self.timeline.seconds(due + SECOND - timedelta(microseconds=1)))

    def again(self, timer: Timer, due: Seconds) -> Seconds:
        """When a cycle that was due then is due next."""
        assert timer.span is not None  # a cycle has one
        with in_range():
            return max(due + 1, self.timeline.seconds(timer.span.after(self.timeline.moment(due))))


@contextmanager
def in_range() -> Iterator[None]:
    """Raise StepFailed, as the engine does, for a timer beyond the years that are reckoned with."""
    try:
        yield
    except (TimeError, OverflowError) as error:
        raise StepFailed("timer-range") from error
