"""Open deadlines counted anew after the calendar has changed: one case a transaction, from where the last one ended."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.advance import Guarded, hold
from engine.calendar import TOWN, Row
from engine.case_times import Moved, count_anew
from engine.clock import unit_of
from engine.errors import Conflict
from engine.model.calendar_day import CalendarDay
from engine.model.calendar_hours import CalendarHours
from engine.model.calendar_load import CalendarLoad
from engine.model.calendar_rule import CalendarRule
from engine.model.calendar_year import CalendarYear
from engine.model.instance import Instance, InstanceStage
from engine.moved import tell_moved
from engine.worktime import ZONE

MOST_REASONS = 12
"""Calendar rows that one history row names; a year that is loaded anew may have more."""


def next_load(session: Session) -> CalendarLoad | None:
    """Return the oldest load whose deadlines have not all been counted anew, locked against other workers."""
    return session.scalars(
        select(CalendarLoad)
        .where(CalendarLoad.finished_at.is_(None))
        .order_by(CalendarLoad.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()


def is_pending(session: Session) -> bool:
    """Whether deadlines have to be counted anew."""
    return session.scalar(select(CalendarLoad.id).where(CalendarLoad.finished_at.is_(None)).limit(1)) is not None


def next_case(session: Session, load: CalendarLoad) -> int | None:
    """Return the next active case that the load has not been counted for, None when all have been."""
    query = select(Instance.id).where(
        Instance.id > load.done_instance_id,
        Instance.id <= load.last_instance_id,
        Instance.stage == InstanceStage.ACTIVE,
    )
    return session.scalar(query.order_by(Instance.id).limit(1))


def recount_next(session: Session, *, at: datetime) -> int | None:
    """Count the next case anew and note that it is done, in one transaction; return it, or None when there is none."""
    while (load := next_load(session)) is not None:
        found = next_case(session, load)
        if found is not None:
            load.changed += int(recount_case(session, found, load, at=at))
            load.done_instance_id = found
            return found
        load.finished_at = at
        session.flush()
    return None


def recount_case(session: Session, instance_id: int, load: CalendarLoad, *, at: datetime) -> bool:
    """Count all open deadlines of one case anew; whether one moved. Each that did leaves a history row with the reason.

    A case that has ended keeps its deadlines, and with them its lateness.
    """
    try:
        case = hold(session, instance_id)
    except Conflict:
        return False
    moved = count_anew(case)
    state = case.run.dump()
    for each in moved:
        why = {"because": "calendar", "load": load.id, "document": load.document, "rows": _reasons(case, each, load)}
        tell_moved(case, [each], at=at, why=why)
    case.rows.write(state if state != case.rows.state else None)
    return bool(moved)


def skip_case(session: Session, instance_id: int) -> None:
    """Go on behind a case that could not be counted."""
    load = next_load(session)
    if load is not None and load.done_instance_id < instance_id:
        load.done_instance_id = instance_id


def _reasons(case: Guarded, moved: Moved, load: CalendarLoad) -> list[dict[str, Any]]:
    """The rows of the load that lie between the start of a budget and its end, as it was or as it is."""
    ends = [each for each in (moved.was, moved.now) if each is not None]
    first, last = _day(moved.since), _day(max(ends, default=moved.since)) + timedelta(days=1)
    unit = unit_of(case.definition, moved.task.element, case.clock.variables) if moved.task else _owner(case)
    found = [*_days(case.session, load, unit, (first, last)), *_from(case.session, load, unit, last)]
    years = select(CalendarYear).where(
        CalendarYear.load_id == load.id, CalendarYear.year.between(first.year, last.year)
    )
    found += [{"year": year.year, "source": year.source} for year in case.session.scalars(years)]
    return found[:MOST_REASONS]


def _owner(case: Guarded) -> str:
    return case.definition.unit_code


def _days(session: Session, load: CalendarLoad, unit: str, within: tuple[date, date]) -> Iterator[dict[str, Any]]:
    query = select(CalendarDay).where(_of(CalendarDay, load), CalendarDay.unit_code.in_((TOWN, unit)))
    for row in session.scalars(query.where(CalendarDay.day.between(*within)).order_by(CalendarDay.day, CalendarDay.id)):
        said = "gone" if row.dropped_id == load.id else "makeup" if row.working else "off"
        yield {"day": row.day.isoformat(), "name": row.name, "source": row.source, "now": said}


def _from(session: Session, load: CalendarLoad, unit: str, last: date) -> Iterator[dict[str, Any]]:
    tables: Sequence[type[Any]] = (CalendarHours, CalendarRule)
    for table in tables:
        query = select(table).where(_of(table, load), table.unit_code.in_((TOWN, unit)), table.from_on <= last)
        for row in session.scalars(query.order_by(table.id)):
            kind = "hours" if table is CalendarHours else "rule"
            yield {"from": row.from_on.isoformat(), "kind": kind, "source": row.source}


def _of(table: type[Row], load: CalendarLoad) -> Any:
    return or_(table.load_id == load.id, table.dropped_id == load.id)


def _day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()
