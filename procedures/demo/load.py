"""The demo town: thị xã Phước Long with plan 122 as history, the same plan for this year, and work under way."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.calendar_file import shipped_calendar
from engine.commands.load_calendar import load_calendar
from engine.database import Database
from engine.errors import Conflict
from engine.model.calendar_year import CalendarYear
from procedures.commands.install_path import install_path
from procedures.commands.load_plan import in_year, load_plan
from procedures.commands.load_town import load_town
from procedures.commands.switch_person import DEMO
from procedures.demo.people import load_people
from procedures.demo.shipped import library, package_yaml
from procedures.demo.work import load_work
from procedures.model.officer import Officer
from procedures.model.setting import Setting
from procedures.queries.people import local_day, person_by_login

PATH_FILE = "NV/QT-NV-01.bpmn"


def is_empty(session: Session) -> bool:
    """Whether the database holds nobody yet."""
    return session.scalar(select(Officer.id).limit(1)) is None


def load_demo(database: Database, *, at: datetime) -> None:
    """Fill an empty database with the demo town. Raises `Conflict` when it is not empty."""
    with database.transaction() as session:
        if not is_empty(session):
            raise Conflict(reason="not-empty")
        load_base(session, at=at)
        session.add(Setting(name=DEMO, value="phuoc-long"))
    load_work(database, at=at)


def load_base(session: Session, *, at: datetime) -> None:
    """Load calendar, units, people, both plans and the approval path."""
    if session.scalar(select(CalendarYear.year).limit(1)) is None:
        load_calendar(session, shipped_calendar(), at=at)
    today = local_day(at)
    # The real units ended on 30/6/2025; in the demo they go on, so that it works on any day.
    load_town(session, package_yaml("town.yaml"), valid_from=date(2021, 1, 1), valid_until=None)
    load_people(session, from_on=date(2021, 1, 1))
    plan = package_yaml("plan_122.yaml")
    load_plan(session, plan)
    if today.year != plan["year"]:
        load_plan(session, in_year(plan, today.year, code=f"122/KH-UBND/{today.year}"))
    head = person_by_login(session, "nv.truong-phong", at=at)
    install_path(session, library(PATH_FILE), by=head, at=at)
