"""The working calendar, day by day, of the town or of a unit."""

from datetime import date, datetime, time, timedelta

from apiflask import APIBlueprint

from engine.calendar import calendar_of, calendars_known, load_known_at
from engine.errors import Invalid, NotFound
from engine.worktime import FIRST_YEAR, LAST_YEAR, WorkCalendar
from procedures.queries.people import valid_units
from web.api.calendar_schemas import CalendarQuery, CalendarShown, DayShown, SessionShown
from web.moments import PLACE
from web.request import now, reading

blueprint = APIBlueprint("api_calendar", __name__, url_prefix="/api/v1/calendar", tag="calendar")
LONGEST = 800  # days


@blueprint.get("")
@blueprint.input(CalendarQuery, location="query")
@blueprint.output(CalendarShown)
@blueprint.doc(security="token", summary="Working days and sessions of the town, or of one unit")
def index(query_data: CalendarQuery) -> CalendarShown:
    first, count = query_data.from_, (query_data.until - query_data.from_).days + 1
    if not 0 < count <= LONGEST:
        raise Invalid(field="until", longest_days=LONGEST)
    if not (first.year > FIRST_YEAR and query_data.until.year < LAST_YEAR):
        raise Invalid(field="from", years=[FIRST_YEAR + 1, LAST_YEAR - 1])
    with reading() as session:
        if query_data.unit and query_data.unit not in {unit.code for unit in valid_units(session, at=now())}:
            raise NotFound(unit=query_data.unit)
        if query_data.known_at is None:
            calendar = calendar_of(session, query_data.unit)
        else:
            then = load_known_at(session, query_data.known_at)
            calendar = calendars_known(session, then).of(query_data.unit)
    return CalendarShown(
        unit=query_data.unit, days=[_day(calendar, first + timedelta(days=each)) for each in range(count)]
    )


def _day(calendar: WorkCalendar, day: date) -> DayShown:
    off, makeup = calendar.off(day), calendar.days.makeup_days.get(day)
    known = calendar.days.sources.get(day.year)
    return DayShown(
        day=day,
        working=off is None,
        provisional=calendar.provisional(datetime.combine(day, time(12), PLACE)),
        reason=off.kind if off is not None else "makeup" if makeup is not None else None,
        name=off.name if off is not None else makeup.name if makeup is not None else None,
        source=off.source if off is not None else (makeup.source or known) if makeup is not None else None,
        sessions=[
            SessionShown(opens=f"{each.opens:%H:%M}", closes=f"{each.closes:%H:%M}", counts=each.counts)
            for each in calendar.sessions_on(day)
        ],
    )
