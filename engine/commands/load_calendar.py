"""Load a calendar file: years, units' own days, hours and rules. What was known before stays known."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.actor import SYSTEM, Actor
from engine.calendar import TOWN, Row, hours_of
from engine.calendar_check import Known, is_default, problems
from engine.calendar_file import CalendarFile, FileDay, UnitPart
from engine.errors import CalendarUnfit
from engine.model.calendar_day import CalendarDay
from engine.model.calendar_hours import CalendarHours
from engine.model.calendar_load import CalendarLoad
from engine.model.calendar_rule import CalendarRule
from engine.model.calendar_year import CalendarYear
from engine.model.instance import Instance, InstanceStage
from engine.working_hours import Counting, Hours


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """A file to be loaded. `units` are the codes of the units there are; None takes any."""

    calendar: CalendarFile
    document: str = ""
    units: Collection[str] | None = None


def load_calendar(
    session: Session, change: CalendarFile | CalendarChange, *, at: datetime, by: Actor = SYSTEM
) -> CalendarLoad | None:
    """Load what a file says of its years and units; return the load, or None when it says nothing new.

    The days of a year that the file has are replaced, for the town and for each unit that it names; hours and rules
    replace those of the same unit, first day and weekday.  The worker then counts the open deadlines anew.
    Raises `CalendarUnfit` with everything that is wrong.
    """
    if isinstance(change, CalendarFile):
        change = CalendarChange(change)
    calendar = change.calendar
    found = problems(calendar, _known(session, change.units))
    if found:
        raise CalendarUnfit(problems=[{"code": each.code, **each.facts} for each in found])
    load = CalendarLoad(
        document=change.document,
        loaded_by=by.id,
        loaded_at=at,
        last_instance_id=session.scalar(select(func.max(Instance.id)).where(Instance.stage == InstanceStage.ACTIVE))
        or 0,
    )
    session.add(load)
    session.flush()
    writing = Writing(session, load)
    for unit, part in ((TOWN, calendar.town), *calendar.units.items()):
        writing.part(unit, part, years={*calendar.years} | {each.day.year for each in part.days})
    writing.years(calendar, at=at)
    if not writing.changed:
        session.delete(load)
        session.flush()
        return None
    if not load.last_instance_id:
        load.finished_at = at
    session.flush()
    return load


def _known(session: Session, units: Collection[str] | None) -> Known:
    rows = session.scalars(
        select(CalendarHours).where(CalendarHours.unit_code == TOWN, CalendarHours.dropped_id.is_(None))
    )
    default = next((hours.sessions for hours in map(hours_of, rows) if is_default(hours)), None)
    return Known(session.scalars(select(CalendarYear.year)).all(), default, units)


class Writing:
    """The rows of one load: what is new is added, what no longer holds is marked, what is the same is left alone."""

    def __init__(self, session: Session, load: CalendarLoad) -> None:
        self.session = session
        self.load = load
        self.changed = False

    def part(self, unit: str, part: UnitPart, *, years: Collection[int]) -> None:
        days = [row for row in self._rows(CalendarDay, unit) if row.day.year in years]
        self._replace(days, [self._day(unit, each) for each in part.days], ("day",), exact=True)
        self._replace(
            self._rows(CalendarHours, unit), [self._hours(unit, each) for each in part.hours], ("from_on", "weekday")
        )
        self._replace(self._rows(CalendarRule, unit), [self._rule(unit, each) for each in part.counting], ("from_on",))

    def years(self, calendar: CalendarFile, *, at: datetime) -> None:
        for number, source in calendar.years.items():
            known = self.session.get(CalendarYear, number)
            if known is None:
                new = CalendarYear(year=number, source=source, revision=1, loaded_at=at, load_id=self.load.id)
                self.session.add(new)
                self.changed = True
            elif known.source != source:
                known.source, known.revision, known.loaded_at = source, known.revision + 1, at
                self.changed = True

    def _rows(self, table: type[Any], unit: str) -> Sequence[Any]:
        return self.session.scalars(select(table).where(table.unit_code == unit, table.dropped_id.is_(None))).all()

    def _replace(self, old: Sequence[Row], new: Sequence[Row], key: Sequence[str], *, exact: bool = False) -> None:
        """Write `new` over the `old` of the same key; with `exact` the others of `old` go too."""
        wanted = {tuple(getattr(row, name) for name in key): row for row in new}
        for row in old:
            place = tuple(getattr(row, name) for name in key)
            if place in wanted and content(wanted[place]) == content(row):
                del wanted[place]
            elif place in wanted or exact:
                row.dropped_id = self.load.id
                self.changed = True
        self.session.flush()  # first the old go: of one day only one row may be known
        self.session.add_all(wanted.values())
        self.changed = self.changed or bool(wanted)

    def _day(self, unit: str, each: FileDay) -> CalendarDay:
        note = each.note
        return CalendarDay(
            unit_code=unit,
            day=each.day,
            working=each.working,
            name=note.name,
            replaces=note.replaces,
            source=note.source or "",
            load_id=self.load.id,
        )

    def _hours(self, unit: str, each: Hours) -> CalendarHours:
        sessions = [[_clock(part.opens), _clock(part.closes), part.counts] for part in each.sessions]
        return CalendarHours(
            unit_code=unit,
            from_on=each.from_on,
            weekday=each.weekday,
            sessions={"sessions": sessions},
            source=each.source or "",
            load_id=self.load.id,
        )

    def _rule(self, unit: str, each: Counting) -> CalendarRule:
        return CalendarRule(
            unit_code=unit,
            from_on=each.from_on,
            steps=each.steps,
            limits=each.limits,
            leadership_days=each.leadership_days,
            source=each.source or "",
            load_id=self.load.id,
        )


def content(row: Row) -> list[object]:
    """What a row says, without when it was said."""
    return [getattr(row, name) for name in _said(row)]


def _said(row: Row) -> Iterator[str]:
    return (each.key for each in row.__table__.columns if each.key not in ("id", "load_id", "dropped_id"))


def _clock(moment: Any) -> str:
    return str(moment.strftime("%H:%M"))
