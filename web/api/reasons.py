"""Why a deadline, for programs."""

from datetime import date, datetime

from engine.explaining import Why
from engine.queries.reasons import Standing
from web.api.schemas import Shown


class LineShown(Shown):
    day: date
    kind: str
    minutes: int
    sessions: list[tuple[datetime, datetime]]
    reason: str | None
    name: str | None
    source: str | None


class WhyShown(Shown):
    """`since` is from where it counts; `prefix_days` the sum along the path, where that is how it counts."""

    how: str
    text: str
    unit: str
    received_at: datetime | None
    since: datetime
    due_at: datetime | None
    planned_at: datetime | None
    prefix_days: float | None
    budget_minutes: int | None
    provisional: bool
    days: list[LineShown]
    more_days: int


class StandingShown(Shown):
    name: str
    mode: str
    since: datetime
    until: datetime | None


def reasons(why: Why | None) -> WhyShown | None:
    """An explanation as the API gives it."""
    if why is None:
        return None
    return WhyShown(
        how=why.how,
        text=why.text,
        unit=why.unit,
        received_at=why.received_at,
        since=why.since,
        due_at=why.due_at,
        planned_at=why.planned_at,
        prefix_days=float(why.prefix_days) if why.prefix_days is not None else None,
        budget_minutes=why.budget_minutes,
        provisional=why.provisional,
        days=[LineShown.model_validate(line) for line in why.lines],
        more_days=why.more,
    )


def stood(found: list[Standing]) -> list[StandingShown]:
    """When a clock stood still, as the API gives it."""
    return [StandingShown.model_validate(each) for each in found]
