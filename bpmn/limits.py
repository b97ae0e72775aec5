"""The limits a procedure states for itself, in the families of time of its steps."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bpmn.fiveclear import MINUTES, TimeUnit

NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,9}|/[1-9]\d{0,8})?")


@dataclass(frozen=True, slots=True)
class Stated:
    """A stated time: working `minutes` or calendar `days`, the other None; both None where it is no number."""

    minutes: int | None = None
    days: Fraction | None = None
    text: str = ""


def stated(mapping: Mapping[str, object] | None) -> Stated | None:
    """Read `{text, value, unit}`; None where nothing is stated."""
    if not mapping:
        return None
    text = str(mapping.get("text") or "")
    value, unit = number(mapping.get("value")), str(mapping.get("unit") or "")
    if value is None or unit not in set(TimeUnit):
        return Stated(text=text)
    if unit == TimeUnit.CALENDAR_DAY:
        return Stated(days=value, text=text)
    factor = MINUTES.get(TimeUnit(unit))
    return Stated(text=text) if factor is None else Stated(minutes=int(value * factor), text=text)


def number(value: object) -> Fraction | None:
    """A number as a table writes it; None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    text = str(value).strip()
    return Fraction(text.replace(",", ".")) if NUMBER.fullmatch(text) else None
