"""One task and one case as the API gives them, with the reasons of their deadlines."""

from web.api.reasons import StandingShown, WhyShown
from web.api.schemas import Day, InstanceShown, ReasonBody, TaskShown


class TaskDetail(TaskShown):
    """`why` explains the due day by day, None where no limit counts."""

    outcomes: list[str]
    left_minutes: int
    urgency: str
    why: WhyShown | None


class InstanceDetail(InstanceShown):
    """`why` explains the statutory due; `pauses` are the times in which the clock stood still."""

    tasks: list[TaskShown]
    why: WhyShown | None
    pauses: list[StandingShown]


class ExtendBody(ReasonBody):
    until: Day
