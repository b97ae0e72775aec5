"""What is wrong with a calendar that is to be loaded, as codes with facts. Nothing is loaded while anything is."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from engine.calendar_days import SATURDAY
from engine.calendar_file import CalendarFile, FileDay, UnitPart
from engine.working_hours import EVER, Hours, Session

LATEST = time(23, 59)
FIRST, LAST = 1901, 2199  # years that the calendar reckons with
LONGEST_WAIT = 60  # working days after which leadership hears at the latest


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a calendar from being loaded."""

    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Known:
    """What is there already: years, the town's hours from ever on, and the units (None: any code is taken)."""

    years: Collection[int]
    default: tuple[Session, ...] | None = None
    units: Collection[str] | None = None


def problems(calendar: CalendarFile, known: Known) -> list[Problem]:
    """Return what is wrong, the town's first."""
    return [problem("nothing-to-load")] if is_empty(calendar) else [*_all(calendar, known)]


def is_empty(calendar: CalendarFile) -> bool:
    parts = (calendar.town, *calendar.units.values())
    return not calendar.years and not any(part.days or part.hours or part.counting for part in parts)


def problem(code: str, **facts: object) -> Problem:
    return Problem(code, facts)


def _all(calendar: CalendarFile, known: Known) -> Iterator[Problem]:
    yield from _years(calendar, known)
    default = next((each.sessions for each in calendar.town.hours if is_default(each)), None)
    if known.default is not None and default not in (None, known.default):
        yield problem("default-hours-differ")
    off = {each.day for each in calendar.town.days if not each.working}
    yield from _part("", calendar.town, off)
    for code, part in calendar.units.items():
        if known.units is not None and code not in known.units:
            yield problem("unknown-unit", unit=code)
        yield from _part(code, part, off | {each.day for each in part.days if not each.working})


def is_default(hours: Hours) -> bool:
    """Whether these are hours from ever on for ordinary days."""
    return hours.from_on == EVER and hours.weekday is None


def _years(calendar: CalendarFile, known: Known) -> Iterator[Problem]:
    every = sorted({*known.years, *calendar.years})
    for before, after in pairwise(every):
        if after - before > 1 and {before, after} & set(calendar.years):
            yield problem("year-gap", year=after, missing=before + 1)
    for year, source in calendar.years.items():
        if not FIRST <= year <= LAST:
            yield problem("year-out-of-range", year=year)
        if not source:
            yield problem("source-missing", year=year)
    for day in calendar.town.days:
        if day.day.year not in calendar.years:
            yield problem("day-outside-years", day=day.day.isoformat())


def _part(unit: str, part: UnitPart, off: Collection[date]) -> Iterator[Problem]:
    for day, count in Counter(each.day for each in part.days).items():
        if count > 1:
            yield problem("day-twice", day=day.isoformat(), unit=unit)
    for each in part.days:
        if each.working:
            yield from _makeup(unit, each, off)
    for (from_on, weekday), count in Counter((each.from_on, each.weekday) for each in part.hours).items():
        if count > 1:
            yield problem("hours-twice", unit=unit, day=from_on.isoformat(), weekday=weekday)
    for hours in part.hours:
        yield from _hours(unit, hours)
    for rule in part.counting:
        if not 0 <= rule.leadership_days <= LONGEST_WAIT:
            yield problem("leadership-days", unit=unit, days=rule.leadership_days, most=LONGEST_WAIT)


def _makeup(unit: str, each: FileDay, off: Collection[date]) -> Iterator[Problem]:
    """A make-up day is a weekend day that is worked for a weekday that is off."""
    day, replaces = each.day.isoformat(), each.note.replaces
    if each.day.weekday() < SATURDAY:
        yield problem("makeup-on-weekday", day=day, unit=unit)
    elif replaces is None or replaces.weekday() >= SATURDAY or replaces not in off:
        yield problem("makeup-without-swap", day=day, unit=unit)


def _hours(unit: str, hours: Hours) -> Iterator[Problem]:
    where = {"unit": unit, "day": hours.from_on.isoformat()}
    for session in hours.sessions:
        if session.opens >= session.closes or session.closes > LATEST:
            yield problem("session-empty", **where, opens=_clock(session.opens), closes=_clock(session.closes))
    for before, after in pairwise(sorted(hours.sessions, key=lambda session: session.opens)):
        if after.opens < before.closes:
            yield problem("sessions-overlap", **where, opens=_clock(after.opens), closes=_clock(before.closes))
    if not unit and is_default(hours) and not any(session.counts for session in hours.sessions):
        yield problem("no-working-time")


def _clock(moment: time) -> str:
    return moment.strftime("%H:%M")
