"""The working calendar, day by day."""

from datetime import datetime, time, timedelta

from apiflask import APIBlueprint

from engine.calendar import calendar_of
from engine.errors import Invalid
from web.api.schemas import CalendarQuery, CalendarShown, DayShown
from web.moments import PLACE
from web.request import reading

blueprint = APIBlueprint("api_calendar", __name__, url_prefix="/api/v1/calendar", tag="calendar")
LONGEST = 800  # days


@blueprint.get("")
@blueprint.input(CalendarQuery, location="query")
@blueprint.output(CalendarShown)
@blueprint.doc(security="token")
def index(query_data: CalendarQuery) -> CalendarShown:
    first, count = query_data.from_, (query_data.until - query_data.from_).days + 1
    if not 0 < count <= LONGEST:
        raise Invalid(field="until", longest_days=LONGEST)
    with reading() as session:
        calendar = calendar_of(session)
    days = [first + timedelta(days=each) for each in range(count)]
    noons = {day: datetime.combine(day, time(12), PLACE) for day in days}
    return CalendarShown(
        days=[
            DayShown(day=day, working=calendar.is_working_day(day), provisional=calendar.provisional(noons[day]))
            for day in days
        ]
    )
