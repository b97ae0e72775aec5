"""The working calendars as the database holds them, one a unit; as they are now, or as they were known."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Pool, or_, select
from sqlalchemy.orm import Session

from engine.calendar_days import DayNote
from engine.calendar_file import FileDay, calendar_days, shipped_calendar
from engine.model.calendar_day import CalendarDay
from engine.model.calendar_hours import CalendarHours
from engine.model.calendar_load import CalendarLoad
from engine.model.calendar_rule import CalendarRule
from engine.model.calendar_year import CalendarYear
from engine.prepared import Prepared
from engine.working_hours import Counting, Hours, Rule, WorkingHours
from engine.working_hours import Session as Stretch
from engine.worktime import WorkCalendar

TOWN = ""
Key = tuple[Pool, int, datetime]
Row = CalendarDay | CalendarHours | CalendarRule

_built: dict[Key, "Calendars"] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class Calendars:
    """All rows of the calendar, from which each unit's is put together."""

    days: Mapping[str, Sequence[FileDay]]
    hours: Mapping[str, Sequence[Hours]]
    rules: Mapping[str, Sequence[Counting]]
    sources: Mapping[int, str]
    _made: dict[str, WorkCalendar] = field(default_factory=dict, repr=False, compare=False)

    def of(self, unit: str = TOWN) -> WorkCalendar:
        """Return the calendar of a unit: the town's, with what the unit has of its own."""
        known = unit if any(unit in rows for rows in (self.days, self.hours, self.rules)) else TOWN
        if known not in self._made:
            self._made[known] = self._make(known)
        return self._made[known]

    def _make(self, unit: str) -> WorkCalendar:
        days = calendar_days(self.days.get(TOWN, ()), self.sources)
        town = self.hours.get(TOWN) or shipped_calendar().hours
        own: Sequence[Hours] = ()
        rules = [Counting(), *self.rules.get(TOWN, ())]
        if unit != TOWN:
            days = days.overlaid(calendar_days(self.days.get(unit, ()), self.sources))
            own, rules = self.hours.get(unit, ()), list(self.rules.get(unit) or rules)
        return WorkCalendar(days, WorkingHours(town, own, tuple(rules)), unit)


NONE_LOADED = Calendars({}, {}, {}, {})
LAST_LOAD = Prepared(select(CalendarLoad.id, CalendarLoad.loaded_at).order_by(CalendarLoad.id.desc()).limit(1))


def calendar_of(session: Session, unit: str = TOWN) -> WorkCalendar:
    """Return the calendar of a unit as it is now."""
    return calendars(session).of(unit)


def calendars(session: Session) -> Calendars:
    """Return the calendars as they are now; built anew only when one has been loaded."""
    session.flush()
    last = LAST_LOAD.first(session.connection(), {})
    if last is None:
        return NONE_LOADED
    key: Key = (session.get_bind().engine.pool, *last)
    with _lock:
        found = _built.get(key)
    if found is None:
        found = _read(session, _now)
        with _lock:
            _built.clear()
            _built[key] = found
    return found


def calendars_known(session: Session, load_id: int) -> Calendars:
    """Return the calendars as they were known when the load `load_id` had been made; 0 means before the first."""

    def then(table: type[Row]) -> ColumnElement[bool]:
        return (table.load_id <= load_id) & or_(table.dropped_id.is_(None), table.dropped_id > load_id)

    return _read(session, then, load_id)


def load_known_at(session: Session, at: datetime) -> int:
    """Return the last load that had been made at a moment, 0 for none."""
    query = select(CalendarLoad.id).where(CalendarLoad.loaded_at <= at).order_by(CalendarLoad.id.desc()).limit(1)
    return session.scalar(query) or 0


def _now(table: type[Row]) -> ColumnElement[bool]:
    return table.dropped_id.is_(None)


def _read(session: Session, known: Callable[[type[Row]], ColumnElement[bool]], load_id: int | None = None) -> Calendars:
    years = select(CalendarYear)
    if load_id is not None:
        years = years.where(CalendarYear.load_id <= load_id)
    return Calendars(
        _by_unit(session.scalars(select(CalendarDay).where(known(CalendarDay))), file_day),
        _by_unit(session.scalars(select(CalendarHours).where(known(CalendarHours))), hours_of),
        _by_unit(session.scalars(select(CalendarRule).where(known(CalendarRule))), counting_of),
        {year.year: year.source for year in session.scalars(years)},
    )


def _by_unit(rows: Iterable[Any], read: Callable[[Any], Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.unit_code, []).append(read(row))
    return found


def file_day(row: CalendarDay) -> FileDay:
    return FileDay(row.day, row.working, DayNote(row.name, row.source or None, row.replaces))


def hours_of(row: CalendarHours) -> Hours:
    sessions = tuple(
        Stretch(time.fromisoformat(opens), time.fromisoformat(closes), counts)
        for opens, closes, counts in row.sessions["sessions"]
    )
    return Hours(sessions, row.from_on, row.weekday, row.source or None)


def counting_of(row: CalendarRule) -> Counting:
    return Counting(Rule(row.steps), Rule(row.limits), row.leadership_days, row.from_on, row.source or None)


def known_years(session: Session) -> Sequence[int]:
    """Return the years whose calendar is loaded, in order."""
    return session.scalars(select(CalendarYear.year).order_by(CalendarYear.year)).all()


def year_missing(session: Session, today: date) -> int | None:
    """Return the next year that should be loaded by now: this one, or from 1 October the next; None when it is."""
    known = known_years(session)
    wanted = (today.year, today.year + 1) if today.month >= WARNED_FROM else (today.year,)
    return next((year for year in wanted if year not in known), None)


WARNED_FROM = 10
"""Month from which the next year's calendar is asked for: announcements come in October and November."""
