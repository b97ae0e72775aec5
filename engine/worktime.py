"""Working time: when a budget has passed, and how much of it lies between two moments.

All moments are aware; what is returned is UTC.  Days and hours are those of the calendar's zone.  Nothing counts minute
by minute: a day is measured by its sessions, days are counted in the list of a year's working days.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from math import ceil
from zoneinfo import ZoneInfo

from engine.calendar_days import CalendarDays, SkippedDay
from engine.calendar_file import Session, shipped_calendar
from engine.errors import BeyondCalendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CUTOFF = time(15, 0)
"""Receipt strictly later than this counts for the next working day. Source: Decree 61/2018, article 18."""

FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST = (LAST_YEAR - FIRST_YEAR) * 366  # days
NOTHING = timedelta(0)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkCalendar:
    """The working calendar of one unit: which days are worked, and the sessions of a working day.

    `sessions` are in order, do not overlap, and are at least one.  What would lie before `FIRST_YEAR` or after
    `LAST_YEAR` raises `BeyondCalendar`.
    """

    days: CalendarDays
    sessions: tuple[Session, ...]
    zone: ZoneInfo = ZONE
    _years: dict[int, list[date]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def shipped(cls) -> "WorkCalendar":
        """Return the calendar of the package data with its default sessions."""
        shipped = shipped_calendar()
        return cls(shipped.days, shipped.sessions)

    def add_minutes(self, start: datetime, minutes: int) -> datetime:
        """Return the moment at which the last of `minutes` working minutes after `start` has passed (hour rule).

        A budget that ends with a session is due at its close, never at the next opening; none at all is due at
        `start`.  Raises `ValueError` if `minutes` is negative.
        """
        if minutes < 0:
            raise ValueError(minutes)
        if minutes == 0:
            return start.astimezone(UTC)
        first = self._working_day_from(self._day(start))
        full_days, rest = divmod(self._passed(start) + minutes * MINUTE, self._day_length)
        if not rest:
            full_days, rest = full_days - 1, self._day_length
        return self._into(self._working_day_after(first, full_days) if full_days else first, rest)

    def minutes_between(self, since: datetime, until: datetime) -> int:
        """Return the whole working minutes from `since` to `until`, negative when `until` comes first."""
        if until < since:
            return -self.minutes_between(until, since)
        days = self._working_days_until(self._day(until)) - self._working_days_until(self._day(since))
        days += sum(len(self._working_days(year)) for year in range(self._day(since).year, self._day(until).year))
        return (days * self._day_length + self._passed(until) - self._passed(since)) // MINUTE

    def day_rule(self, start: datetime, days: int | Fraction) -> datetime:
        """Return the close of the Nth working day after the day of `start`, which does not count.

        A fraction counts as a whole day, none at all is due at `start`.  Source: Civil Code 2015, articles 147-148.
        """
        if days <= 0:
            return start.astimezone(UTC)
        return self._closing_hour(self._working_day_after(self._day(start), ceil(days)))

    def calendar_rule(self, start: datetime, days: int | Fraction) -> datetime:
        """Return the close of the Nth calendar day after the day of `start`, or of the next working day if that is off.

        A fraction is rounded up here and not before, none at all is due at `start`.  Source: Civil Code 2015,
        articles 147-148.
        """
        if days <= 0:
            return start.astimezone(UTC)
        if days > LONGEST:
            raise BeyondCalendar(days=float(days))
        return self.closing(self._day(start) + ceil(days) * DAY)

    def same_day(self, start: datetime, cutoff: time | None = CUTOFF) -> datetime:
        """Return the close of the day on which `start` counts as received; past the last close that is the next one."""
        received = self.receipt(start, cutoff)
        day = self._day(received)
        return self.closing(day if received <= self._closing_hour(day) else day + DAY)

    def receipt(self, start: datetime, cutoff: time | None = CUTOFF) -> datetime:
        """Return `start`, or the next opening if it lies on a day off or strictly later than `cutoff`."""
        local = self._local(start)
        late = cutoff is not None and local.time() > cutoff
        if self.is_working_day(local.date()) and not late:
            return start.astimezone(UTC)
        return self._moment(self._working_day_after(local.date(), 1), self.sessions[0].opens)

    def closing(self, day: date) -> datetime:
        """Return when work ends on `day`, or on the next working day if `day` is off."""
        return self._closing_hour(self._working_day_from(day))

    def closing_before(self, day: date) -> datetime:
        """Return when work ends on the last working day before `day`."""
        return self._closing_hour(self._working_day_before(day))

    def one_working_day_before(self, moment: datetime) -> datetime:
        """Return the same hour on the last working day before that of `moment`."""
        local = self._local(moment)
        return self._moment(self._working_day_before(local.date()), local.time())

    def is_working_day(self, day: date) -> bool:
        """Whether the clock runs on `day`."""
        return self.days.off(day) is None

    def reaches(self, moment: datetime) -> bool:
        """Whether `moment` lies in the years that are reckoned with."""
        return FIRST_YEAR < moment.year < LAST_YEAR

    def provisional(self, moment: datetime) -> bool:
        """Whether `moment` lies in a year whose calendar is not known yet."""
        return self._day(moment).year not in self.days.sources

    def explain(self, start: datetime, due: datetime) -> tuple[SkippedDay, ...]:
        """Return every day from that of `start` to that of `due` on which the clock stands, in order."""
        first = self._day(start)
        days = (first + offset * DAY for offset in range((self._day(due) - first).days + 1))
        return tuple(off for off in map(self.days.off, days) if off is not None)

    @property
    def _day_length(self) -> timedelta:
        return sum(map(_length, self.sessions), NOTHING)

    def _local(self, moment: datetime) -> datetime:
        if not self.reaches(moment):
            raise BeyondCalendar(year=moment.year)
        return moment.astimezone(self.zone)

    def _day(self, moment: datetime) -> date:
        return self._local(moment).date()

    def _moment(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def _closing_hour(self, day: date) -> datetime:
        return self._moment(day, self.sessions[-1].closes)

    def _passed(self, moment: datetime) -> timedelta:
        """Working time of the day of `moment` that has passed at it."""
        day = self._day(moment)
        if not self.is_working_day(day):
            return NOTHING
        spans = ((self._moment(day, session.opens), _length(session)) for session in self.sessions)
        return sum((min(max(moment - opens, NOTHING), length) for opens, length in spans), NOTHING)

    def _into(self, day: date, worked: timedelta) -> datetime:
        """The moment of `day` at which `worked` of its working time has passed; 0 < worked <= day length."""
        for session in self.sessions[:-1]:
            if worked <= _length(session):
                return self._moment(day, session.opens) + worked
            worked -= _length(session)
        return self._moment(day, self.sessions[-1].opens) + worked

    def _working_days(self, year: int) -> list[date]:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise BeyondCalendar(year=year)
        if year not in self._years:
            first = date(year, 1, 1)
            days = (first + offset * DAY for offset in range((date(year + 1, 1, 1) - first).days))
            self._years[year] = [day for day in days if self.is_working_day(day)]
        return self._years[year]

    def _working_days_until(self, day: date) -> int:
        """Working days of its year before `day`."""
        return bisect_left(self._working_days(day.year), day)

    def _working_day_from(self, day: date) -> date:
        return day if self.is_working_day(day) else self._working_day_after(day, 1)

    def _working_day_after(self, day: date, count: int) -> date:
        """The `count`th working day after `day`; `count` is at least 1."""
        year, position = day.year, bisect_right(self._working_days(day.year), day) + count - 1
        while position >= len(self._working_days(year)):
            position -= len(self._working_days(year))
            year += 1
        return self._working_days(year)[position]

    def _working_day_before(self, day: date) -> date:
        earlier = self._working_days(day.year)[: self._working_days_until(day)]
        return (earlier or self._working_days(day.year - 1))[-1]


def _length(session: Session) -> timedelta:
    return datetime.combine(date.min, session.closes) - datetime.combine(date.min, session.opens)
