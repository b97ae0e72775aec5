"""Rõ thời gian: a stated total equals the longest path, and the path fits the statutory limit."""

from collections.abc import Iterator
from fractions import Fraction

from bpmn.findings import Clear, Finding
from bpmn.limits import Stated, stated
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error, warning


def find(case: Case) -> Iterator[Finding]:
    head = case.process.head
    if head is None:
        return
    total, limit = stated(head.stated_total), stated(head.statutory_limit)
    if total is not None:
        yield from differing(case, total)
    if limit is not None:
        yield from exceeding(case, limit)
    elif head.kind == "tthc":
        yield warning("limit-missing", clear=Clear.TIME, element=case.process.id, line=case.process.line)


def differing(case: Case, total: Stated) -> Iterator[Finding]:
    """Either way: a total above the path is as wrong as one below."""
    minutes, days = case.times.path_minutes, case.times.path_days
    facts: dict[str, object] = {}
    if total.minutes is not None and minutes is not None and total.minutes != minutes:
        facts = {"stated_minutes": total.minutes, "path_minutes": minutes}
    elif total.days is not None and days is not None and total.days != days:
        facts = {"stated_days": plain(total.days), "path_days": plain(days)}
    elif (total.minutes is not None and minutes is None) or (total.days is not None and minutes):
        facts = {"stated": total.text, "path_minutes": minutes, "path_days": None if days is None else plain(days)}
    if facts:
        yield error(
            "total-mismatch",
            clear=Clear.TIME,
            element=case.process.id,
            line=case.process.line,
            critical_path=list(case.times.critical_path),
            **facts,
        )


def exceeding(case: Case, limit: Stated) -> Iterator[Finding]:
    minutes, days = case.times.path_minutes, case.times.path_days
    element, line = case.process.id, case.process.line
    facts: dict[str, object] = {}
    if limit.minutes is not None and minutes is not None and minutes > limit.minutes:
        facts = {"limit_minutes": limit.minutes, "path_minutes": minutes}
    elif limit.days is not None and days is not None and days > limit.days:
        facts = {"limit_days": plain(limit.days), "path_days": plain(days)}
    if facts:
        path = list(case.times.critical_path)
        yield error("limit-exceeded", clear=Clear.TIME, element=element, line=line, critical_path=path, **facts)
    differs = (limit.days is not None and minutes) or (limit.minutes is not None and days)
    if differs:
        steps = "working" if minutes else "calendar"
        yield warning("limit-unit-differs", clear=Clear.TIME, element=element, line=line, limit=limit.text, steps=steps)


def plain(days: Fraction) -> int | float:
    return int(days) if days.denominator == 1 else float(days)


RULE = Rule(("total-mismatch", "limit-exceeded", "limit-unit-differs", "limit-missing"), find)
