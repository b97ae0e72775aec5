"""The calendar that ships with the product: days off and make-up days per year, with their sources."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from engine.calendar_days import CalendarDays


@dataclass(frozen=True, slots=True)
class Session:
    """A stretch of a working day in which the clock runs."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A `vn-working-calendar/1` file."""

    days: CalendarDays
    sessions: tuple[Session, ...]


@cache
def shipped_calendar() -> CalendarFile:
    """Return the calendar of the package's own data, read once."""
    return read_calendar(_shipped())


def shipped_years() -> Mapping[int, Mapping[str, Any]]:
    """Return the years of the package's own data as they are written, for loading them into a table."""
    years: Mapping[int, Mapping[str, Any]] = yaml.safe_load(_shipped())["years"]
    return years


def read_calendar(data: bytes) -> CalendarFile:
    """Read a calendar file. Raises `KeyError` or `ValueError` where it is not of the format."""
    content = yaml.safe_load(data)
    years = content["years"]
    days = CalendarDays(
        days_off=_named_days(years, "days_off", "name"),
        makeup_days=_named_days(years, "makeup_workdays", "note"),
        sources={int(number): year["source"] for number, year in years.items()},
    )
    default = content["sessions_default"]
    return CalendarFile(days, tuple(_session(default[part]) for part in ("morning", "afternoon")))


def _shipped() -> bytes:
    return (files("engine") / "data" / "calendar_vn.yaml").read_bytes()


def _named_days(years: Mapping[int, Mapping[str, Any]], kind: str, name: str) -> dict[date, str]:
    return {date.fromisoformat(day["date"]): day[name] for year in years.values() for day in year[kind]}


def _session(bounds: Sequence[str]) -> Session:
    opens, closes = bounds
    return Session(time.fromisoformat(opens), time.fromisoformat(closes))
