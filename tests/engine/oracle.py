"""Working time counted one minute after the other, from plain lists: an oracle that shares no code with the engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

MINUTE = timedelta(minutes=1)
FIXED = {(1, 1), (30, 4), (1, 5), (2, 9)}  # (day, month)


@dataclass(frozen=True)
class Paper:
    """A calendar as it hangs on the wall.

    `sessions` by weekday, Monday 0; a make-up day is worked like the weekday it stands for.
    """

    off: frozenset[date]
    makeup: Mapping[date, int]
    sessions: Mapping[int, Sequence[tuple[str, str]]]
    _minutes: dict[int, set[int]] = field(default_factory=dict, compare=False)

    def runs(self, minute: datetime) -> bool:
        """Whether the clock runs in the minute that begins here (local, naive)."""
        day = minute.date()
        if day in self.makeup:
            return self._at(self.makeup[day], minute)
        if day in self.off or (day.day, day.month) in FIXED:
            return False
        return self._at(day.weekday(), minute)

    def _at(self, weekday: int, minute: datetime) -> bool:
        if weekday not in self._minutes:
            spans = self.sessions.get(weekday, ())
            self._minutes[weekday] = {m for a, b in spans for m in range(clock(a), clock(b))}
        return minute.hour * 60 + minute.minute in self._minutes[weekday]

    def due(self, start: datetime, minutes: int, stands: Sequence[tuple[datetime, datetime]] = ()) -> datetime:
        """When so many minutes have run, those in which the clock stands not counted."""
        moment = start
        while minutes:
            if self.runs(moment) and not any(a <= moment < b for a, b in stands):
                minutes -= 1
            moment += MINUTE
        return moment

    def between(self, since: datetime, until: datetime) -> int:
        count = 0
        while since < until:
            count += self.runs(since)
            since += MINUTE
        return count

    def works(self, day: date) -> bool:
        midnight = datetime(day.year, day.month, day.day)
        return any(self.runs(midnight + m * MINUTE) for m in range(1440))

    def close(self, day: date) -> datetime:
        """The end of the last minute worked on a day, or on the next that is worked."""
        while not self.works(day):
            day += timedelta(days=1)
        midnight = datetime(day.year, day.month, day.day)
        return max(midnight + m * MINUTE for m in range(1440) if self.runs(midnight + m * MINUTE)) + MINUTE

    def nth_day(self, start: datetime, days: int) -> datetime:
        """The close of the Nth working day, the first not counted."""
        day = start.date()
        while days:
            day += timedelta(days=1)
            days -= self.works(day)
        return self.close(day)


def clock(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
