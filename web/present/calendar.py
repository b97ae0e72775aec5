"""The page of the working calendar: a year of the town or of one unit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from engine.calendar import calendars, known_years, year_missing
from engine.calendar_days import DayKind
from engine.errors import NotFound
from engine.working_hours import Counting, Hours, Rule
from engine.worktime import WorkCalendar
from procedures.model.unit import Unit
from web.languages import _
from web.moments import day
from web.present.why import WEEKDAYS, Row


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """`missing`: the year that should be loaded by now. `days` are those that differ from the week's rule."""

    year: int
    years: Sequence[int]
    missing: int | None
    unit: str
    units: Sequence[Unit]
    source: str | None
    hours: Sequence[str]
    rules: str
    days: Sequence[Row]


def calendar_page(session: Session, year: int | None, unit: str, *, units: Sequence[Unit], today: date) -> CalendarPage:
    """Return what the page shows. Raises `NotFound` for a unit that there is not."""
    if unit and unit not in {each.code for each in units}:
        raise NotFound(unit=unit)
    years = sorted({*known_years(session), today.year, today.year + 1}, reverse=True)
    shown = year if year in years else today.year
    calendar = calendars(session).of(unit)
    return CalendarPage(
        year=shown,
        years=years,
        missing=year_missing(session, today),
        unit=unit,
        units=units,
        source=calendar.days.sources.get(shown),
        hours=[hours_words(each) for each in (*calendar.hours.own, *calendar.hours.town)],
        rules=rules_words(calendar.hours.rules(date(shown, 12, 31))),
        days=list(_days(calendar, shown)),
    )


def hours_words(hours: Hours) -> str:
    """Sessions in words: `thứ Bảy từ 01/12/2026: 07:30–11:30`."""
    when = str(WEEKDAYS[hours.weekday]) if hours.weekday is not None else _("ngày làm việc")
    if hours.from_on.year > 1900:
        when = _("%(when)s từ %(day)s", when=when, day=day(hours.from_on))
    spans = [
        f"{each.opens:%H:%M}–{each.closes:%H:%M}" + ("" if each.counts else _(" (chỉ tiếp nhận)"))
        for each in hours.sessions
    ]
    said = ", ".join(spans) or _("không làm việc")
    return f"{when}: {said}" + (f" · {hours.source}" if hours.source else "")


def rules_words(counting: Counting) -> str:
    """How limits are counted, in words."""
    steps = _("theo giờ làm việc liên tục") if counting.steps is Rule.HOUR else _("theo ngày làm việc trọn vẹn")
    limits = _("theo giờ làm việc liên tục") if counting.limits is Rule.HOUR else _("theo ngày làm việc trọn vẹn")
    return _("Thời gian của bước tính %(steps)s; thời hạn giải quyết tính %(limits)s.", steps=steps, limits=limits)


def _days(calendar: WorkCalendar, year: int) -> Iterator[Row]:
    first = date(year, 1, 1)
    for number in range((date(year + 1, 1, 1) - first).days):
        each = first + timedelta(days=number)
        off, makeup = calendar.off(each), calendar.days.makeup_days.get(each)
        label = f"{WEEKDAYS[each.weekday()]} {day(each)}"
        if makeup is not None:
            yield Row(label, _("làm việc: %(name)s", name=makeup.name or _("làm bù")), makeup.source, "is-done")
        elif off is not None and off.kind in (DayKind.ANNOUNCED, DayKind.FIXED):
            yield Row(label, _("nghỉ: %(name)s", name=off.name or ""), off.source, "is-ahead")
