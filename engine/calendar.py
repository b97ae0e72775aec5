"""The working calendar as the database holds it, and the clock that the stepping engine asks."""

import threading
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.calendar_days import CalendarDays
from engine.calendar_file import shipped_calendar
from engine.model.calendar_day import CalendarDay
from engine.model.calendar_year import CalendarYear
from engine.worktime import WorkCalendar

Key = tuple[str, tuple[tuple[int, int, datetime], ...]]

_built: dict[Key, WorkCalendar] = {}
_lock = threading.Lock()


def calendar_of(session: Session) -> WorkCalendar:
    """Return the calendar of the table; rebuilt only when a year's revision has changed."""
    rows = session.execute(
        select(CalendarYear.year, CalendarYear.revision, CalendarYear.loaded_at).order_by(CalendarYear.year)
    ).all()
    key: Key = (str(session.get_bind().engine.url), tuple((row.year, row.revision, row.loaded_at) for row in rows))
    with _lock:
        found = _built.get(key)
    if found is None:
        found = WorkCalendar(_days(session), shipped_calendar().sessions)
        with _lock:
            _built.clear()
            _built[key] = found
    return found


def _days(session: Session) -> CalendarDays:
    rows = session.scalars(select(CalendarDay)).all()
    return CalendarDays(
        days_off={row.day: row.name for row in rows if not row.working},
        makeup_days={row.day: row.name for row in rows if row.working},
        sources={year.year: year.source for year in session.scalars(select(CalendarYear))},
    )
