"""`namro calendar load | recount | status`: the working calendar."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import yaml
from sqlalchemy import select

from engine.calendar import known_years, year_missing
from engine.calendar_file import CalendarFile, read_calendar
from engine.commands.load_calendar import CalendarChange, load_calendar
from engine.database import Database
from engine.errors import CalendarUnfit
from engine.model.calendar_load import CalendarLoad
from engine.worker import recount as recount_some
from procedures.queries.people import valid_units
from web.cli.output import LANGUAGE, language_option, say, show
from web.cli.texts import text
from web.cli.town import require_schema, town_database
from web.moments import here


@click.group()
@language_option
def calendar() -> None:
    """Lịch làm việc: ngày nghỉ, ngày làm bù, giờ làm việc của đơn vị."""


@calendar.command()
@click.argument("file", metavar="TỆP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@language_option
def load(file: Path) -> int:
    """Nạp một tệp lịch (.yaml); các thời hạn đang mở được tính lại."""
    at = datetime.now(UTC)
    try:
        change = read_file(file)
        with town_database() as database:
            require_schema(database)
            with database.transaction() as session:
                units = {unit.code for unit in valid_units(session, at=at)}
                made = load_calendar(session, CalendarChange(change, file.name, units), at=at)
            counted = _count(database, at=at)
    except CalendarUnfit as error:
        for problem in told(error):
            say("calendar-problem", problem=problem_words(problem))
        return 1
    say("calendar-loaded" if made is not None else "calendar-same", cases=counted)
    return 0


@calendar.command()
@language_option
def recount() -> int:
    """Tính lại các thời hạn còn dở sau khi lịch thay đổi; tiến trình nền cũng tự làm việc này."""
    with town_database() as database:
        require_schema(database)
        counted = _count(database, at=datetime.now(UTC))
    say("calendar-recounted", cases=counted)
    return 0


@calendar.command()
@language_option
def status() -> int:
    """Những năm đã có lịch, năm còn thiếu, và việc tính lại đã đến đâu."""
    today = here(datetime.now(UTC)).date()
    with town_database() as database, database.reading() as session:
        years, missing = known_years(session), year_missing(session, today)
        loads = session.scalars(select(CalendarLoad).order_by(CalendarLoad.id)).all()
    show(text(LANGUAGE.get(), "calendar-years", years=", ".join(map(str, years)) or "–"))
    for each in loads:
        key = "calendar-done" if each.finished_at is not None else "calendar-counting"
        facts = {
            "document": each.document or "–",
            "changed": each.changed,
            "loaded": f"{here(each.loaded_at):%d/%m/%Y}",
        }
        show(text(LANGUAGE.get(), key, **facts, done=each.done_instance_id, last=each.last_instance_id))
    if missing is not None:
        say("calendar-missing", year=missing)
    return 0 if missing is None else 1


def read_file(file: Path) -> CalendarFile:
    """Read a calendar file. Raises `CalendarUnfit` where it is none."""
    try:
        return read_calendar(file.read_bytes())
    except (KeyError, TypeError, ValueError, AttributeError, yaml.YAMLError) as error:
        problem = {"code": "unreadable", "detail": " ".join(str(error).split())[:200]}
        raise CalendarUnfit(problems=[problem]) from error


def told(error: CalendarUnfit) -> list[Mapping[str, Any]]:
    found = error.facts["problems"]
    return list(found) if isinstance(found, list) else []


def problem_words(problem: Mapping[str, Any]) -> str:
    """One problem in the language of this call."""
    facts = {"unit": "", "day": "", "year": ""} | dict(problem)
    if not facts["unit"]:
        facts["unit"] = text(LANGUAGE.get(), "calendar-town")
    return text(LANGUAGE.get(), f"calendar:{problem['code']}", **facts)


def _count(database: Database, *, at: datetime) -> int:
    counted = 0
    while (some := recount_some(database, at=at)) > 0:
        counted += some
    return counted
