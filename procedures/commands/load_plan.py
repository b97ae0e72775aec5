"""Load a plan with its windows and obligations."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import Conflict, Invalid
from procedures.model.obligation import Obligation
from procedures.model.plan import Plan


def load_plan(session: Session, content: Mapping[str, Any]) -> Plan:
    """Store a plan. Raises `Conflict` when its number or year is there already, `Invalid` naming a missing field."""
    try:
        plan = Plan(
            code=str(content["code"]),
            year=int(content["year"]),
            title=str(content["title"]),
            issued_on=_day(content["issued_on"]),
            drafting_from=_day(content["drafting"]["from"]),
            drafting_until=_day(content["drafting"]["until"]),
            recognition_from=_day(content["recognition"]["from"]),
            recognition_until=_day(content["recognition"]["until"]),
        )
        rows = [_obligation(row) for row in content.get("obligations", ())]
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid(field=str(error)) from error
    if session.scalar(select(Plan.id).where((Plan.code == plan.code) | (Plan.year == plan.year))) is not None:
        raise Conflict(plan=plan.code, year=plan.year)
    session.add(plan)
    session.flush()
    for row in rows:
        row.plan_id = plan.id
        session.add(row)
    session.flush()
    return plan


def in_year(content: Mapping[str, Any], year: int, *, code: str) -> Mapping[str, Any]:
    """Return the same plan with its windows and days moved to another year, under another number."""
    by = year - int(content["year"])

    def moved(value: Any) -> Any:
        if isinstance(value, date):
            return _in(value.year + by, value)
        if isinstance(value, Mapping):
            return {key: moved(each) for key, each in value.items()}
        return [moved(each) for each in value] if isinstance(value, list) else value

    title = str(content["title"]).replace(str(content["year"]), str(year))
    return {**{key: moved(value) for key, value in content.items()}, "year": year, "code": code, "title": title}


def _in(year: int, day: date) -> date:
    """The same day of another year; 29 February becomes the last of the month where the year has none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def _obligation(row: Mapping[str, Any]) -> Obligation:
    due_on = row.get("due_on")
    return Obligation(
        number=str(row["number"]),
        text=str(row["text"]),
        who=str(row["who"]),
        due_on=_day(due_on) if due_on is not None else None,
        yearly=bool(row.get("yearly", False)),
    )


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
