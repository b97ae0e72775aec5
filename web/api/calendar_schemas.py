"""What the API takes and gives about the working calendar."""

from datetime import date

from pydantic import Field

from web.api.schemas import Given, Moment, Shown


class CalendarQuery(Given):
    """`known_at`: the calendar as it was known at that moment."""

    unit: str = ""
    from_: date = Field(alias="from")
    until: date
    known_at: Moment | None = None


class SessionShown(Shown):
    """`counts` is false where dossiers are only taken in and no limit runs."""

    opens: str
    closes: str
    counts: bool


class DayShown(Shown):
    day: date
    working: bool
    provisional: bool
    reason: str | None
    name: str | None
    source: str | None
    sessions: list[SessionShown]


class CalendarShown(Shown):
    unit: str
    days: list[DayShown]
