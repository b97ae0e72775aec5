"""Working time: when a budget has passed, and how much of it lies between two moments.

All moments are aware; what is returned is UTC.  Days and hours are those of the calendar's zone.  Nothing counts minute
by minute: a year is a list of its working days with the working time up to each.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import accumulate
from math import ceil
from zoneinfo import ZoneInfo

from engine.calendar_days import CalendarDays, DayKind, SkippedDay
from engine.calendar_file import shipped_calendar
from engine.errors import BeyondCalendar
from engine.working_hours import Counting, Hours, Session, WorkingHours

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CUTOFF = time(15, 0)
"""Receipt strictly later than this counts for the next working day. Source: Decree 61/2018, article 18."""

FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST = (LAST_YEAR - FIRST_YEAR) * 366  # days
NOTHING = timedelta(0)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Year:
    """The working days of one year in order; `until[n]` is the working time of the year up to the end of `days[n]`."""

    days: list[date]
    until: list[timedelta]

    @property
    def length(self) -> timedelta:
        return self.until[-1] if self.until else NOTHING

    def before(self, day: date) -> timedelta:
        """Working time of the year before `day`."""
        position = bisect_left(self.days, day)
        return self.until[position - 1] if position else NOTHING


@dataclass(frozen=True)
class WorkCalendar:
    """The working calendar of one unit: which days are worked, and the sessions of each.

    The sessions of a day are in order and do not overlap.  What would lie before `FIRST_YEAR` or after `LAST_YEAR`
    raises `BeyondCalendar`.
    """

    days: CalendarDays
    hours: WorkingHours
    unit: str = ""
    zone: ZoneInfo = ZONE
    _years: dict[int, Year] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def shipped(cls) -> "WorkCalendar":
        """Return the calendar of the package data with its default sessions."""
        shipped = shipped_calendar()
        return cls(shipped.days, WorkingHours(shipped.hours))

    def add_minutes(self, start: datetime, minutes: int) -> datetime:
        """Return the moment at which the last of `minutes` working minutes after `start` has passed (hour rule).

        A budget that ends with a session is due at its close, never at the next opening; none at all is due at
        `start`.  Raises `ValueError` if `minutes` is negative.
        """
        return self.add(start, span(minutes))

    def add(self, start: datetime, worked: timedelta) -> datetime:
        """Return the moment at which `worked` working time after `start` has passed; exact to the second."""
        if worked < NOTHING:
            raise ValueError(worked // MINUTE)
        day = self._day(start)
        if not worked:
            return start.astimezone(UTC)
        number, year = day.year, self._year(day.year)
        worked += year.before(day) + self._passed(start)
        while worked > year.length:
            worked -= year.length
            number += 1
            year = self._year(number)
        place = bisect_left(year.until, worked)
        return self._into(year.days[place], worked - (year.until[place - 1] if place else NOTHING))

    def worked_between(self, since: datetime, until: datetime) -> timedelta:
        """Return the working time from `since` to `until`, negative when `until` comes first."""
        if until < since:
            return -self.worked_between(until, since)
        first, last = self._day(since), self._day(until)
        years = sum((self._year(number).length for number in range(first.year, last.year)), NOTHING)
        start = self._year(first.year).before(first) + self._passed(since)
        return years + self._year(last.year).before(last) + self._passed(until) - start

    def minutes_between(self, since: datetime, until: datetime) -> int:
        """Return the whole working minutes from `since` to `until`, negative when `until` comes first."""
        if until < since:
            return -self.minutes_between(until, since)
        return self.worked_between(since, until) // MINUTE

    def days_between(self, since: datetime, until: datetime) -> int:
        """Return how many working days come after the day of `since`, up to and including that of `until`."""
        first, last = self._day(since), self._day(until)
        years = sum(len(self._year(number).days) for number in range(first.year, last.year))
        return years + bisect_right(self._year(last.year).days, last) - bisect_right(self._year(first.year).days, first)

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
        return self._opening_hour(self._working_day_after(local.date(), 1))

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
        return self.off(day) is None

    def off(self, day: date) -> SkippedDay | None:
        """Return why the clock stands on `day`, or None where it runs."""
        off = self.days.off(day)
        if off is not None and off.kind is not DayKind.WEEKEND:
            return off
        if any(session.counts for session in self.sessions_on(day)):
            return None
        hours = self._hours(day)
        return off or SkippedDay(day, DayKind.CLOSED, source=hours.source if hours else None)

    def sessions_on(self, day: date) -> tuple[Session, ...]:
        """Return the sessions of `day` in order, those that only take dossiers in too; none on a day off."""
        off = self.days.off(day)
        if off is not None and off.kind is not DayKind.WEEKEND:
            return ()
        hours = self._hours(day)
        return hours.sessions if hours else ()

    def counting(self, moment: datetime) -> Counting:
        """Return by which rules is counted what begins at `moment`."""
        return self.hours.rules(self._day(moment))

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
        return tuple(off for off in map(self.off, days) if off is not None)

    def _local(self, moment: datetime) -> datetime:
        if not self.reaches(moment):
            raise BeyondCalendar(year=moment.year)
        return moment.astimezone(self.zone)

    def _day(self, moment: datetime) -> date:
        return self._local(moment).date()

    def _moment(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def _hours(self, day: date) -> Hours | None:
        makeup = self.days.makeup_days.get(day)
        worked_as = makeup.replaces if makeup is not None else day
        return self.hours.on(day, worked_as.weekday() if worked_as is not None else None)

    def _counted(self, day: date) -> list[Session]:
        return [session for session in self.sessions_on(day) if session.counts]

    def _opening_hour(self, day: date) -> datetime:
        return self._moment(day, self._counted(day)[0].opens)

    def _closing_hour(self, day: date) -> datetime:
        return self._moment(day, self._counted(day)[-1].closes)

    def _passed(self, moment: datetime) -> timedelta:
        """Working time of the day of `moment` that has passed at it."""
        day = self._day(moment)
        spans = ((self._moment(day, session.opens), session.length) for session in self._counted(day))
        return sum((min(max(moment - opens, NOTHING), length) for opens, length in spans), NOTHING)

    def _into(self, day: date, worked: timedelta) -> datetime:
        """The moment of `day` at which `worked` of its working time has passed; 0 < worked <= day length."""
        *earlier, last = self._counted(day)
        for session in earlier:
            if worked <= session.length:
                return self._moment(day, session.opens) + worked
            worked -= session.length
        return self._moment(day, last.opens) + worked

    def _year(self, number: int) -> Year:
        if not FIRST_YEAR <= number <= LAST_YEAR:
            raise BeyondCalendar(year=number)
        if number not in self._years:
            first = date(number, 1, 1)
            days = (first + offset * DAY for offset in range((date(number + 1, 1, 1) - first).days))
            worked = [day for day in days if self.is_working_day(day)]
            lengths = (sum((session.length for session in self._counted(day)), NOTHING) for day in worked)
            self._years[number] = Year(worked, list(accumulate(lengths)))
        return self._years[number]

    def _working_day_from(self, day: date) -> date:
        return day if self.is_working_day(day) else self._working_day_after(day, 1)

    def _working_day_after(self, day: date, count: int) -> date:
        """The `count`th working day after `day`; `count` is at least 1."""
        number, position = day.year, bisect_right(self._year(day.year).days, day) + count - 1
        while position >= len(self._year(number).days):
            position -= len(self._year(number).days)
            number += 1
        return self._year(number).days[position]

    def _working_day_before(self, day: date) -> date:
        number, earlier = day.year, self._year(day.year).days
        earlier = earlier[: bisect_left(earlier, day)]
        while not earlier:
            number -= 1
            earlier = self._year(number).days
        return earlier[-1]


def span(minutes: int) -> timedelta:
    """Return working minutes as a length of time. Raises `BeyondCalendar` for more than all years have."""
    if minutes > LONGEST * 24 * 60:
        raise BeyondCalendar(minutes=minutes)
    return minutes * MINUTE
