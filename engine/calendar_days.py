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
"""Holidays by (month, day) that hold in a year whose calendar is unknown. Source: Labour Code 2019, article 112."""

SATURDAY = 5


class DayKind(StrEnum):
    """Why a day is off: announced, a fixed-date holiday of an unknown year, or a weekend."""

    ANNOUNCED = "announced"
    FIXED = "fixed"
    WEEKEND = "weekend"


@dataclass(frozen=True, slots=True)
class SkippedDay:
    """A day on which the clock stands. `name` and `source` are the calendar's, None for a plain weekend."""

    day: date
    kind: DayKind
    name: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """What announcements say: `days_off` and `makeup_days` with their names, `sources` by known year.

    A year without source is unknown: there only weekends and fixed-date holidays are off.
    """

    days_off: Mapping[date, str]
    makeup_days: Mapping[date, str]
    sources: Mapping[int, str]

    def off(self, day: date) -> SkippedDay | None:
        """Return why `day` is off, or None for a working day."""
        if day in self.makeup_days:
            return None
        source = self.sources.get(day.year)
        if day in self.days_off:
            return SkippedDay(day, DayKind.ANNOUNCED, self.days_off[day], source)
        if source is None and (day.month, day.day) in FIXED_HOLIDAYS:
            return SkippedDay(day, DayKind.FIXED, FIXED_HOLIDAYS[day.month, day.day])
        return SkippedDay(day, DayKind.WEEKEND) if day.weekday() >= SATURDAY else None
