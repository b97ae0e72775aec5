"""Which days are worked: weekends, days off, make-up days, and what holds in a year without announcement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

FIXED_HOLIDAYS: Mapping[tuple[int, int], str] = {
    (1, 1): "Tết Dương lịch",
    (4, 30): "Chiến thắng",
    (5, 1): "Quốc tế Lao động",
    (9, 2): "Quốc khánh",
}
"""Holidays by (month, day) that hold every year, announced or not. Source: Labour Code 2019, article 112."""

SATURDAY = 5


class DayKind(StrEnum):
    """Why a day is off: announced, a fixed-date holiday that nobody announced, a weekend, no hours on that weekday."""

    ANNOUNCED = "announced"
    FIXED = "fixed"
    WEEKEND = "weekend"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class SkippedDay:
    """A day on which the clock stands. `name` and `source` are the calendar's, None for a plain weekend."""

    day: date
    kind: DayKind
    name: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class DayNote:
    """What an announcement says of one day. `replaces` is the day off that a make-up day is worked for."""

    name: str
    source: str | None = None
    replaces: date | None = None


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """What announcements say: `days_off` and `makeup_days` by day, `sources` by known year.

    A year without source is unknown: until it is known only weekends and fixed-date holidays are off.
    """

    days_off: Mapping[date, DayNote]
    makeup_days: Mapping[date, DayNote]
    sources: Mapping[int, str]

    def off(self, day: date) -> SkippedDay | None:
        """Return why `day` is off, or None for a working day."""
        if day in self.makeup_days:
            return None
        source = self.sources.get(day.year)
        if day in self.days_off:
            note = self.days_off[day]
            return SkippedDay(day, DayKind.ANNOUNCED, note.name, note.source or source)
        if (day.month, day.day) in FIXED_HOLIDAYS:
            return SkippedDay(day, DayKind.FIXED, FIXED_HOLIDAYS[day.month, day.day])
        return SkippedDay(day, DayKind.WEEKEND) if day.weekday() >= SATURDAY else None

    def overlaid(self, own: "CalendarDays") -> "CalendarDays":
        """Return these days with what a unit says of its own put over them."""
        spoken = {*own.days_off, *own.makeup_days}
        return CalendarDays(
            {day: note for day, note in self.days_off.items() if day not in spoken} | dict(own.days_off),
            {day: note for day, note in self.makeup_days.items() if day not in spoken} | dict(own.makeup_days),
            self.sources,
        )
