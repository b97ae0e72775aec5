"""The working calendar as numbers: whole seconds from a New Year, every question answered from tables of days.

`engine.worktime` answers the same questions about moments; a simulation asks them a million times.  The tests compare
the two.
"""

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta

from engine.errors import BeyondCalendar
from engine.worktime import LAST_YEAR, WorkCalendar

DAY = 86_400  # seconds
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
        self._sessions: list[tuple[int, int, int]] = []  # opens, closes, worked before; seconds of a day
        self.day_length = 0
        for session in calendar.sessions:
            opens, closes = (clock.hour * 3600 + clock.minute * 60 for clock in (session.opens, session.closes))
            self._sessions.append((opens, closes, self.day_length))
            self.day_length += closes - opens
        self._worked_before = [opens_before for _, _, opens_before in self._sessions]
        self._on: list[bool] = []  # by day: whether it is worked
        self._before: list[int] = []  # by day: working days before it
        self._days: list[int] = []  # by number of a working day: its day
        self._year = local.year
        self._asked = self._told = 0  # the last moment that was asked about, and its working time
        self._reach(0)

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
        if day >= len(self._on):
            self._reach(day)
        passed = self._before[day] * self.day_length
        if not self._on[day]:
            return passed
        for opens, closes, before in self._sessions:
            if second < closes:
                return passed + before + (second - opens if second > opens else 0)
        return passed + self.day_length

    def after(self, at: Seconds, working: Seconds) -> Seconds:
        """When `working` seconds of working time have passed; none have at once (as `WorkCalendar.add_minutes`)."""
        if not working:
            return at
        full, rest = divmod(self.worked(at) + working, self.day_length)
        if not rest:
            full, rest = full - 1, self.day_length
        while full >= len(self._days):
            self._reach(len(self._on))
        opens, _, before = self._sessions[bisect_right(self._worked_before, rest - 1) - 1]
        return self._days[full] * DAY + opens + rest - before

    def calendar_rule(self, at: Seconds, days: int) -> Seconds:
        """The close of the last of so many calendar days, rounded up before (as `WorkCalendar.calendar_rule`)."""
        return at if days <= 0 else self.closing(at // DAY + days)

    def closing(self, day: int) -> Seconds:
        """When work ends on that day, or on the next that is worked."""
        while day >= len(self._on) or self._before[day] >= len(self._days):
            self._reach(len(self._on))
        return self._days[self._before[day]] * DAY + self._sessions[-1][1]

    def next_opening(self, at: Seconds) -> Seconds:
        """The first opening of a working day strictly after that moment."""
        day = at // DAY + (at % DAY >= self._sessions[0][0])
        return self.closing(day) - self._sessions[-1][1] + self._sessions[0][0]

    def midnight(self, day: date) -> Seconds:
        """When a day begins; negative before the New Year that all is counted from."""
        return (day - self._first).days * DAY

    def _reach(self, day: int) -> None:
        """Add whole years until the tables hold that day."""
        while day >= len(self._on):
            if self._year > LAST_YEAR:
                raise BeyondCalendar(year=self._year)
            for number in range((date(self._year + 1, 1, 1) - self._first).days)[len(self._on) :]:
                working = self.calendar.is_working_day(self._first + timedelta(days=number))
                self._on.append(working)
                self._before.append(len(self._days))
                if working:
                    self._days.append(number)
            self._year += 1
