"""The working calendar as numbers: whole seconds from a New Year, every question answered from tables of days.

`engine.worktime` answers the same questions about moments; a simulation asks them a million times.  The tests compare
the two.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from engine.errors import BeyondCalendar
from engine.working_hours import Session
from engine.worktime import LAST_YEAR, WorkCalendar

DAY = 86_400  # seconds
Sessions = tuple[tuple[int, int, int], ...]
Seconds = int
"""A moment, as seconds since the New Year before the simulation's start; or a length of time."""


class Timeline:
    """The days from the New Year before `start` on; further years are added when they are reached.

    The zone's offset is that of `start` throughout, as it has been in Việt Nam since 1975.
    Raises BeyondCalendar behind the years that the calendar reckons with.
    """

    def __init__(self, calendar: WorkCalendar, start: datetime) -> None:
        local = start.astimezone(calendar.zone)
        self.calendar = calendar
        self._first = date(local.year, 1, 1)
        midnight = datetime(local.year, 1, 1, tzinfo=UTC)
        self._origin = midnight - (local.utcoffset() or timedelta())
        self._sessions: list[Sessions] = []  # by day
        self._until: list[int] = [0]  # by number of a working day: working time up to its end, after that before all
        self._before: list[int] = []  # by day: working days before it
        self._days: list[int] = []  # by number of a working day: its day
        self._year = local.year
        self._asked = self._told = 0  # the last moment that was asked about, and its working time
        self._reach(0)
        self.day_length = max(self._length(day) for day in self._days)

    def seconds(self, moment: datetime) -> Seconds:
        """The whole seconds up to an aware moment."""
        return int((moment - self._origin) // timedelta(seconds=1))

    def moment(self, at: Seconds) -> datetime:
        """The moment in UTC."""
        return self._origin + timedelta(seconds=at)

    def worked(self, at: Seconds) -> Seconds:
        """Working time that has passed since the beginning."""
        if at != self._asked:
            self._asked, self._told = at, self._passed(at)
        return self._told

    def _passed(self, at: Seconds) -> Seconds:
        day, second = divmod(at, DAY)
        if day >= len(self._sessions):
            self._reach(day)
        passed = self._until[self._before[day]]
        for opens, closes, before in self._sessions[day]:
            if second < closes:
                return passed + before + (second - opens if second > opens else 0)
        return passed + self._length(day)

    def after(self, at: Seconds, working: Seconds) -> Seconds:
        """When `working` seconds of working time have passed; none have at once (as `WorkCalendar.add_minutes`)."""
        if not working:
            return at
        wanted = self.worked(at) + working
        while self._until[-1] < wanted:
            self._reach(len(self._sessions))
        number = bisect_left(self._until, wanted) - 1
        day, rest = self._days[number], wanted - self._until[number]
        opens, before = next((opens, before) for opens, _, before in reversed(self._sessions[day]) if before < rest)
        return day * DAY + opens + rest - before

    def calendar_rule(self, at: Seconds, days: int) -> Seconds:
        """The close of the last of so many calendar days, rounded up before (as `WorkCalendar.calendar_rule`)."""
        return at if days <= 0 else self.closing(at // DAY + days)

    def closing(self, day: int) -> Seconds:
        """When work ends on that day, or on the next that is worked."""
        worked = self._worked_from(day)
        return worked * DAY + self._sessions[worked][-1][1]

    def next_opening(self, at: Seconds) -> Seconds:
        """The first opening of a working day strictly after that moment."""
        worked = self._worked_from(at // DAY)
        if worked * DAY + self._sessions[worked][0][0] <= at:
            worked = self._worked_from(worked + 1)
        return worked * DAY + self._sessions[worked][0][0]

    def midnight(self, day: date) -> Seconds:
        """When a day begins; negative before the New Year that all is counted from."""
        return (day - self._first).days * DAY

    def _worked_from(self, day: int) -> int:
        """That day, or the next that is worked."""
        while day >= len(self._sessions) or self._before[day] >= len(self._days):
            self._reach(len(self._sessions))
        return self._days[self._before[day]]

    def _length(self, day: int) -> int:
        last = self._sessions[day][-1:]
        return sum(closes - opens + before for opens, closes, before in last)

    def _reach(self, day: int) -> None:
        """Add whole years until the tables hold that day."""
        while day >= len(self._sessions):
            if self._year > LAST_YEAR:
                raise BeyondCalendar(year=self._year)
            for number in range((date(self._year + 1, 1, 1) - self._first).days)[len(self._sessions) :]:
                on = self._first + timedelta(days=number)
                working = self.calendar.is_working_day(on)
                self._sessions.append(sessions_of(self.calendar.sessions_on(on)) if working else ())
                self._before.append(len(self._days))
                if working:
                    self._days.append(number)
                    self._until.append(self._until[-1] + self._length(number))
            self._year += 1


def sessions_of(sessions: Sequence[Session]) -> Sessions:
    """The sessions in which the clock runs, as seconds of their day: opens, closes, worked before."""
    found: list[tuple[int, int, int]] = []
    worked = 0
    for session in sessions:
        if session.counts:
            opens, closes = (clock.hour * 3600 + clock.minute * 60 for clock in (session.opens, session.closes))
            found.append((opens, closes, worked))
            worked += closes - opens
    return tuple(found)
