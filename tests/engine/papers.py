"""Random calendars, each as a file of ours and as a paper for the oracle."""

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from engine.calendar import Calendars
from engine.calendar_file import parse_calendar
from engine.worktime import WorkCalendar
from tests.engine.oracle import Paper

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TOWN = [("07:00", "11:30"), ("13:30", "17:00")]
SHAPES = [
    TOWN,
    [("07:30", "12:00"), ("13:00", "16:45")],
    [("08:00", "11:00"), ("11:00", "12:15"), ("14:10", "18:05")],
    [("06:30", "10:59")],
]
TET = [date(2026, 2, 16) + timedelta(days=day) for day in range(5)]
KNOWN = frozenset({2025, 2026})


@st.composite
def calendars(draw: st.DrawFn) -> tuple[WorkCalendar, Paper]:
    """A town of two announced years with random days off and swaps; half the time a unit with hours of its own."""
    shape = draw(st.sampled_from(SHAPES))
    off = set(TET) | draw(st.sets(st.dates(date(2025, 12, 1), date(2026, 12, 31)), max_size=8))
    swaps = draw(st.dictionaries(st.integers(0, 50), st.booleans(), max_size=3))
    makeup = {}
    for week in swaps:
        monday = date(2026, 1, 5) + timedelta(weeks=week)
        off.add(monday)
        makeup[monday + timedelta(days=5)] = monday
    content = {
        "years": {
            year: {
                "days_off": [{"date": day, "name": "nghỉ"} for day in sorted(off) if day.year == year],
                "makeup_workdays": [{"date": day, "for": makeup[day]} for day in sorted(makeup) if day.year == year],
                "source": "TB thử",
            }
            for year in KNOWN
        },
        "hours": [{"sessions": shape}],
    }
    hours = dict.fromkeys(range(5), shape)
    if draw(st.booleans()):
        saturday, friday = draw(st.sampled_from([[], [("07:30", "11:30")]])), draw(st.sampled_from([shape[:1], []]))
        own = [{"weekday": "sat", "sessions": saturday}, {"weekday": "fri", "sessions": friday}]
        content["units"] = {"U": {"hours": [*own, {"weekday": "sun", "reception": [["08:00", "11:00"]]}]}}
        hours = hours | {4: friday, 5: saturday}
    file = parse_calendar(content)
    part = file.units.get("U")
    made = Calendars(
        {"": file.town.days},
        {"": file.town.hours, **({"U": part.hours} if part else {})},
        {},
        file.years,
    )
    paper = Paper(frozenset(off), {day: monday.weekday() for day, monday in makeup.items()}, hours)
    return made.of("U"), paper


moments = st.one_of(
    st.datetimes(datetime(2025, 12, 20), datetime(2027, 5, 10)),
    st.sampled_from(
        [
            datetime(2026, 2, 13, 16, 59),
            datetime(2026, 2, 17, 3, 0),
            datetime(2025, 12, 31, 23, 50),
            datetime(2026, 12, 31, 17, 0),
            datetime(2026, 11, 23, 11, 30),
            datetime(2026, 11, 23, 13, 30),
            datetime(2026, 11, 23, 17, 0),
        ]
    ),
).map(lambda moment: moment.replace(second=0, microsecond=0))
budgets = st.one_of(st.integers(0, 2000), st.sampled_from([0, 1, 210, 240, 270, 480, 960, 2400]))
