"""When a timer event is due: read by `bpmn.isotime` at compile time, reckoned here when its token arrives."""

from datetime import UTC, datetime

from bpmn.elements import TimerText
from bpmn.errors import TimeError
from bpmn.isotime import Timer, parse_timer
from engine.errors import BeyondCalendar
from engine.spiff.errors import StepFailed
from engine.spiff.token import Clock

__all__ = ["Timer", "first_due", "next_due", "read_timer", "repeats"]


def read_timer(written: TimerText) -> Timer:
    """Understand a timer.  Raises TimeError."""
    return parse_timer(written)


def repeats(timer: Timer) -> bool:
    """Whether the timer can fire more than once."""
    return timer.repeats != 1


def first_due(timer: Timer, at: datetime, *, clock: Clock, element: str) -> datetime:
    """Return when a timer set at `at` fires first, in UTC; a moment in the past is due at once.

    `element` is what a working-time timer watches.  Raises StepFailed beyond the years that are reckoned with.
    """
    try:
        if timer.working is not None:
            return clock.after(at, timer.working, element).astimezone(UTC)
        return timer.first_due(at)
    except (TimeError, OverflowError, BeyondCalendar) as error:
        raise StepFailed("timer-range", element=element) from error


def next_due(timer: Timer, due: datetime, *, clock: Clock, element: str) -> datetime:
    """Return when a cycle that was due at `due` is due again, however late it fired."""
    try:
        if timer.working is not None:
            return clock.after(due, timer.working, element).astimezone(UTC)
        return timer.span.after(due) if timer.span is not None else due
    except (TimeError, BeyondCalendar) as error:
        raise StepFailed("timer-range", element=element) from error
