"""What `namro simulate` is told to suppose, from its options. A text that does not fit is refused by its option."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeVar

import click

from bpmn.fiveclear import TimeUnit
from bpmn.folding import normal, search_key
from bpmn.reading.durations import read_time
from engine.simulation import Absence, Arrivals, Measure, Pattern, Period, Spell

Value = TypeVar("Value")
BUDGET = frozenset({"han", "budget"})
AS_MANY = frozenset({"*", "du", "enough"})
PERIODS = {
    "gio": Period.HOUR,
    "hour": Period.HOUR,
    "ngay": Period.DAY,
    "day": Period.DAY,
    "tuan": Period.WEEK,
    "week": Period.WEEK,
    "thang": Period.MONTH,
    "month": Period.MONTH,
    "nam": Period.YEAR,
    "year": Period.YEAR,
}
NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,6})?")
Callback = Callable[[click.Context, click.Parameter, Sequence[str]], list[tuple[str, Value]]]


class Misread(ValueError):  # noqa: N818  # it names what happened to the text
    """A text that says nothing the option can take."""


def number(text: str) -> Fraction:
    """A number as people write it, a comma before its fraction. Raises Misread."""
    text = text.strip()
    if NUMBER.fullmatch(text) is None:
        raise Misread(text)
    return Fraction(text.replace(",", "."))


def share(text: str) -> Fraction:
    """`0,2` or `20%`. Raises Misread."""
    text = text.strip()
    found = number(text[:-1]) / 100 if text.endswith("%") else number(text)
    if found > 1:
        raise Misread(text)
    return found


def people(text: str) -> int | None:
    """A whole number, or `*` for as many as are needed. Raises Misread."""
    found = None if search_key(text) in AS_MANY else number(text)
    if found is not None and found.denominator != 1:
        raise Misread(text)
    return None if found is None else int(found)


def whole(text: str) -> int:
    """A whole number. Raises Misread."""
    found = people(text)
    if found is None:
        raise Misread(text)
    return found


def arrivals(text: str) -> Arrivals:
    """`12/ngày`, `3/tuần`; without a period a day's. Raises Misread."""
    count, _, period = normal(text).partition("/")
    named = PERIODS.get(search_key(period)) if period else Period.DAY
    if named is None:
        raise Misread(text)
    return Arrivals(number(count), named, Pattern.POISSON)


def spell(text: str) -> Spell | None:
    """`10%`, `5%..30%` or `5%..10%..30%`; times instead of shares too; `hạn` (None) for the whole limit.

    Raises Misread.
    """
    if search_key(text) in BUDGET:
        return None
    parts = [length(part) for part in text.split("..")]
    if len({measure for _, measure in parts}) != 1 or len(parts) > 3:
        raise Misread(text)
    values = sorted(value for value, _ in parts)
    middle = values[1] if len(values) == 3 else sum(values) / len(values)
    return Spell(values[0], middle, values[-1], parts[0][1])


def certain_spell(text: str) -> Spell:
    """A spell that is a length of time. Raises Misread."""
    found = spell(text)
    if found is None or found.measure is Measure.SHARE:
        raise Misread(text)
    return found


def own_spell(text: str) -> Spell:
    """A step's own spell: not that of its whole limit. Raises Misread."""
    found = spell(text)
    if found is None:
        raise Misread(text)
    return found


def length(text: str) -> tuple[float, Measure]:
    """A share of the limit, working seconds, or (bare days) seconds of the calendar. Raises Misread."""
    text = normal(text)
    if text.endswith("%"):
        return float(number(text[:-1]) / 100), Measure.SHARE
    time = read_time(text, day=TimeUnit.CALENDAR_DAY)
    if time is None or not time.sure:
        raise Misread(text)
    days, minutes = time.duration.calendar_days, time.duration.working_minutes
    if days is not None:
        return float(days * 86_400), Measure.CALENDAR
    if minutes is None:
        raise Misread(text)
    return float(minutes * 60), Measure.WORKING


def outcome(text: str) -> tuple[str, Fraction]:
    """`KẾT QUẢ:0,2`; the outcome may have colons itself. Raises Misread."""
    name, found, part = text.rpartition(":")
    if not found or not name.strip():
        raise Misread(text)
    return name.strip(), share(part)


def absence(text: str) -> tuple[date, date, int] | Fraction:
    """`10%`, `2026-12-01`, `2026-12-01..2026-12-05` or `2026-12-01..2026-12-05:2`. Raises Misread."""
    if text.strip().endswith("%"):
        return share(text)
    days, _, count = text.strip().partition(":")
    first, _, last = days.partition("..")
    try:
        return date.fromisoformat(first), date.fromisoformat(last or first), whole(count or "1")
    except ValueError as error:
        raise Misread(text) from error


def absences(named: Sequence[tuple[str, tuple[date, date, int] | Fraction]]) -> tuple[Absence, ...]:
    """The absences from one day to another."""
    dated = [(position, found) for position, found in named if isinstance(found, tuple)]
    return tuple(Absence(position, first, last, count) for position, (first, last, count) in dated)


def named_option(read: Callable[[str], Value]) -> Callback[Value]:
    """The callback of a repeatable option `NAME=VALUE`."""

    def callback(context: click.Context, option: click.Parameter, value: Sequence[str]) -> list[tuple[str, Value]]:
        found = []
        for entry in value:
            name, equals, rest = normal(entry).partition("=")
            if not equals or not name.strip():
                raise click.BadParameter(entry, context, option)
            found.append((name.strip(), single(read, rest, context=context, option=option)))
        return found

    return callback


def plain_option(read: Callable[[str], Value]) -> Callable[[click.Context, click.Parameter, str], Value]:
    """The callback of an option with one value."""
    return lambda context, option, value: single(read, value, context=context, option=option)


def single(read: Callable[[str], Value], text: str, *, context: click.Context, option: click.Parameter) -> Value:
    try:
        return read(text)
    except Misread as error:
        raise click.BadParameter(text, context, option) from error
