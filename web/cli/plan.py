"""`namro plan status`: plans, their windows and obligations."""

from datetime import date

import click

from procedures.model.obligation import Obligation
from procedures.model.plan import Plan
from procedures.queries.plans import obligations, plans
from web.cli.output import LANGUAGE, language_option, say, show
from web.cli.texts import text
from web.cli.town import town_database


@click.group()
@language_option
def plan() -> None:
    """Kế hoạch và các việc phải làm."""


@plan.command()
@language_option
def status() -> int:
    """Liệt kê các kế hoạch với thời gian xây dựng, công nhận và từng việc."""
    with town_database() as database, database.reading() as session:
        found = plans(session)
        lines = [line for each in found for line in _plan(each, list(obligations(session, each)))]
    if not lines:
        say("no-plan")
        return 0
    show("\n".join(lines))
    return 0


def _plan(plan: Plan, demanded: list[Obligation]) -> list[str]:
    language = LANGUAGE.get()
    windows = text(
        language,
        "plan-windows",
        drafting_from=_day(plan.drafting_from),
        drafting_until=_day(plan.drafting_until),
        recognition_from=_day(plan.recognition_from),
        recognition_until=_day(plan.recognition_until),
    )
    rows = [
        text(language, "obligation", number=each.number, text=each.text, who=each.who, due=_due(each.due_on))
        for each in demanded
    ]
    return [f"{plan.code} — {plan.title}", windows, *rows]


def _due(day: date | None) -> str:
    return text(LANGUAGE.get(), "no-due") if day is None else _day(day)


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
