"""Rõ thời gian: a stated total equals the longest path, and the path fits the statutory limit."""

from collections.abc import Iterator
from fractions import Fraction

from bpmn.findings import Clear, Finding
from bpmn.fiveclear import Duration
from bpmn.limits import Stated, stated
from bpmn.paths import Amount
from bpmn.paths.amount import DAY_MINUTES
from bpmn.paths.fit import fitting
from bpmn.paths.weights import duration_amount
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
        facts |= {"path": working(minutes), "stated": working(total.minutes)}
    elif total.days is not None and days is not None and total.days != days:
        facts = {"stated_days": plain(total.days), "path_days": plain(days)}
        facts |= {"path": f"{plain(days)} calendar_day", "stated": f"{plain(total.days)} calendar_day"}
    elif (total.minutes is not None and minutes is None) or (total.days is not None and minutes):
        shown = f"{plain(days)} calendar_day" if days is not None else working(minutes or 0)
        facts = {"stated": total.text, "path": shown, "path_minutes": minutes}
        facts["path_days"] = None if days is None else plain(days)
    if facts:
        yield error(
            "total-mismatch",
            clear=Clear.TIME,
            element=case.process.id,
            line=case.process.line,
            **on_path(case),
            **facts,
        )


def exceeding(case: Case, limit: Stated) -> Iterator[Finding]:
    minutes, days = case.times.path_minutes, case.times.path_days
    element, line = case.process.id, case.process.line
    facts: dict[str, object] = {}
    if limit.minutes is not None and minutes is not None and minutes > limit.minutes:
        facts = {"limit_minutes": limit.minutes, "path_minutes": minutes, **compared(minutes, limit.minutes)}
        facts["proposal"] = proposal(case, Amount(minutes=limit.minutes))
    elif limit.days is not None and days is not None and days > limit.days:
        facts = {"limit_days": plain(limit.days), "path_days": plain(days)}
        facts |= {"path": f"{plain(days)} calendar_day", "limit": f"{plain(limit.days)} calendar_day"}
        facts["proposal"] = proposal(case, Amount(days=limit.days))
    if facts:
        yield error("limit-exceeded", clear=Clear.TIME, element=element, line=line, **on_path(case), **facts)
    differs = (limit.days is not None and minutes) or (limit.minutes is not None and days)
    if differs:
        steps = "working" if minutes else "calendar"
        yield warning("limit-unit-differs", clear=Clear.TIME, element=element, line=line, limit=limit.text, steps=steps)


def on_path(case: Case) -> dict[str, object]:
    """The longest path by ids, and by the numbers under which people know the steps."""
    path = list(case.times.critical_path)
    steps = [case.nodes[name].step if name in case.nodes else None for name in path]
    numbers = [step.step_no or name if step is not None else name for step, name in zip(steps, path, strict=True)]
    return {"critical_path": path, "path_steps": numbers}


def compared(path: int, limit: int) -> dict[str, object]:
    """Both times in the unit that people read: days of eight hours, or hours."""
    return {"path": working(path), "limit": working(limit)}


def working(minutes: int) -> str:
    whole = minutes % (DAY_MINUTES // 2) == 0
    return f"{minutes / DAY_MINUTES:g} working_day" if whole else f"{minutes / 60:g} working_hour"


def proposal(case: Case, limit: Amount) -> list[str]:
    """Shorter limits that would fit, a step each: `3: 5 working_day → 3.5 working_day`."""
    found = []
    for name, duration in fitting(case.process, limit).items():
        step = case.nodes[name].step
        if step is not None:
            found.append(f"{step.step_no or name}: {told(step.duration)} → {told(duration)}")
    return found


def told(duration: Duration | None) -> str:
    """A limit as number and unit, which the sentences write out."""
    if duration is None:
        return ""
    amount = duration_amount(duration)
    return f"{plain(amount.days)} calendar_day" if amount.days else working(amount.minutes)


def plain(days: Fraction) -> int | float:
    return int(days) if days.denominator == 1 else float(days)


RULE = Rule(("total-mismatch", "limit-exceeded", "limit-unit-differs", "limit-missing"), find)
