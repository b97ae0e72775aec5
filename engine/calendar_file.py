"""Calendar files: days off and make-up days per year, hours and rules per unit, each with its source.

Format `vn-working-calendar/1`: `years.<year>` with `days_off` (date, name), `makeup_workdays` (date, note, for) and
`source`; `sessions_default` with `morning` and `afternoon`; `hours` (from, weekday, sessions, reception, source) and
`rules` (from, steps, limits, leadership_days, source) of the town; under `units.<code>` the same four of one unit.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from engine.calendar_days import CalendarDays, DayNote
from engine.working_hours import EVER, Counting, Hours, Rule, Session

REPLACES = re.compile(r"làm bù cho (\d{1,2})/(\d{1,2})", re.IGNORECASE)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class FileDay:
    """A day off, or (`working`) a make-up day."""

    day: date
    working: bool
    note: DayNote


@dataclass(frozen=True, slots=True)
class UnitPart:
    """What a file says of one unit, or of the whole town."""

    days: Sequence[FileDay] = ()
    hours: Sequence[Hours] = ()
    counting: Sequence[Counting] = ()


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar file. `years` maps each year to its source; `units` what each unit has of its own."""

    years: Mapping[int, str]
    town: UnitPart
    units: Mapping[str, UnitPart] = field(default_factory=dict)

    @property
    def days(self) -> CalendarDays:
        """The town's days."""
        return calendar_days(self.town.days, self.years)

    @property
    def hours(self) -> Sequence[Hours]:
        return self.town.hours


def calendar_days(days: Sequence[FileDay], sources: Mapping[int, str]) -> CalendarDays:
    """Return days as the calendar looks them up."""
    return CalendarDays(
        {each.day: each.note for each in days if not each.working},
        {each.day: each.note for each in days if each.working},
        sources,
    )


@cache
def shipped_calendar() -> CalendarFile:
    """Return the calendar of the package's own data, read once."""
    return read_calendar((files("engine") / "data" / "calendar_vn.yaml").read_bytes())


def read_calendar(data: bytes) -> CalendarFile:
    """Read a calendar file. Raises `KeyError`, `TypeError`, `ValueError` or `yaml.YAMLError` where it is not one."""
    return parse_calendar(yaml.safe_load(data))


def parse_calendar(content: Mapping[str, Any]) -> CalendarFile:
    """Understand a calendar file's content. Raises `KeyError`, `TypeError` or `ValueError` naming what is wrong."""
    if not isinstance(content, Mapping):
        raise TypeError("years")
    years = {int(number): year for number, year in dict(content.get("years") or {}).items()}
    days = [day for year in years.values() for day in _days(year)]
    town = _part(content)
    default = tuple(_default(content.get("sessions_default")))
    units = {str(code): _part(part) for code, part in dict(content.get("units") or {}).items()}
    sources = {number: str(year["source"]).strip() for number, year in years.items()}
    return CalendarFile(sources, UnitPart((*days, *town.days), (*default, *town.hours), town.counting), units)


def _part(content: Mapping[str, Any]) -> UnitPart:
    return UnitPart(
        tuple(_days(content)),
        tuple(_hours(row) for row in content.get("hours") or ()),
        tuple(_counting(row) for row in content.get("rules") or ()),
    )


def _days(content: Mapping[str, Any]) -> Iterator[FileDay]:
    for row in content.get("days_off") or ():
        yield FileDay(_day(row["date"]), False, DayNote(str(row["name"]), _source(row)))
    for row in content.get("makeup_workdays") or ():
        day, note = _day(row["date"]), str(row.get("note") or "")
        yield FileDay(day, True, DayNote(note, _source(row), _replaced(row, day, note)))


def _replaced(row: Mapping[str, Any], day: date, note: str) -> date | None:
    """The day that a make-up day is worked for: said by `for`, or in the words of its note."""
    if row.get("for") is not None:
        return _day(row["for"])
    match = REPLACES.search(note)
    return date(day.year, int(match[2]), int(match[1])) if match else None


def _default(content: Mapping[str, Any] | None) -> Iterator[Hours]:
    if content is not None:
        sessions = tuple(_session(content[part]) for part in ("morning", "afternoon") if part in content)
        yield Hours(sessions, source=str(content["note"]) if content.get("note") else None)


def _hours(row: Mapping[str, Any]) -> Hours:
    counted = [_session(each) for each in row.get("sessions") or ()]
    taken_in = [_session(each, counts=False) for each in row.get("reception") or ()]
    sessions = tuple(sorted((*counted, *taken_in), key=lambda session: session.opens))
    weekday = row.get("weekday")
    return Hours(sessions, _from(row), None if weekday is None else WEEKDAYS.index(str(weekday)), _source(row))


def _counting(row: Mapping[str, Any]) -> Counting:
    usual = Counting()
    return Counting(
        steps=Rule(row.get("steps", usual.steps)),
        limits=Rule(row.get("limits", usual.limits)),
        leadership_days=int(row.get("leadership_days", usual.leadership_days)),
        from_on=_from(row),
        source=_source(row),
    )


def _session(bounds: Sequence[Any], *, counts: bool = True) -> Session:
    opens, closes = bounds
    return Session(_clock(opens), _clock(closes), counts)


def _clock(value: Any) -> time:
    """A time of day; YAML reads an unquoted `13:30` as the number of its minutes."""
    if isinstance(value, int):
        return time(*divmod(value, 60))
    return time.fromisoformat(str(value))


def _from(row: Mapping[str, Any]) -> date:
    return _day(row["from"]) if row.get("from") is not None else EVER


def _source(row: Mapping[str, Any]) -> str | None:
    return str(row["source"]).strip() if row.get("source") else None


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
