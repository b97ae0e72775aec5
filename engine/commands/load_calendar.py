"""Load years of the working calendar into its table."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from engine.model.calendar_day import CalendarDay
from engine.model.calendar_year import CalendarYear


def load_calendar(session: Session, years: Mapping[int, Mapping[str, Any]], *, at: datetime) -> None:
    """Replace the given years: each `{"days_off": [{date, name}], "makeup_workdays": [{date, note}], "source"}`."""
    for number, content in years.items():
        known = session.get(CalendarYear, number)
        session.execute(
            delete(CalendarDay).where(CalendarDay.day >= date(number, 1, 1), CalendarDay.day <= date(number, 12, 31))
        )
        for row in content["days_off"]:
            session.add(CalendarDay(day=_day(row["date"]), working=False, name=row["name"]))
        for row in content["makeup_workdays"]:
            session.add(CalendarDay(day=_day(row["date"]), working=True, name=row.get("note", "")))
        source = str(content.get("source", ""))
        if known is None:
            session.add(CalendarYear(year=number, source=source, revision=1, loaded_at=at))
        else:
            known.source, known.revision, known.loaded_at = source, known.revision + 1, at
    session.flush()


def _day(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
