"""The demo town and its cases at moments that nobody plans for."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from sqlalchemy import select

from engine.database import Database
from engine.model import Instance, Task
from engine.worktime import ZONE
from procedures.commands.load_plan import in_year
from procedures.commands.open_case import NewCase, open_case
from procedures.demo.load import load_demo
from procedures.queries.people import person_by_login
from tests.visitors import CLERK, website

ODD = {
    "at three in the morning": "2026-11-25 03:00",
    "ten minutes before the new year": "2026-12-31 23:50",
    "in the first minute of a year without calendar": "2027-01-01 00:00",
    "during Tết": "2026-02-17 09:00",
    "on a worked Saturday": "2026-08-22 08:30",
    "on a leap day": "2028-02-29 10:00",
    "on a Sunday evening": "2026-11-29 21:15",
}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def cases() -> Iterator[object]:
    """Every moment; those that another one speaks for only at full size."""
    for number, (name, text) in enumerate(ODD.items()):
        yield pytest.param(at(text), id=name, marks=[pytest.mark.full] if number % 2 else [])


@pytest.mark.parametrize("moment", list(cases()))
def test_the_demo_town_opens_its_pages_at_any_moment(moment: datetime, sqlite, tmp_path) -> None:
    file = tmp_path / "town.db"
    shutil.copy(sqlite, file)
    database = Database(f"sqlite:///{file}")
    load_demo(database, at=moment)
    with database.transaction() as session:
        clerk = person_by_login(session, CLERK, at=moment)
        opened = open_case(session, NewCase("QT-TCKH-01", "Hộ thử"), by=clerk, at=moment).id
    database.dispose()
    site = website(file)
    site.at = moment
    browser = site.browser("tckh.truong-phong")

    with site.database.reading() as session:
        made = session.get_one(Instance, opened)
        task = session.scalars(select(Task).where(Task.instance_id == opened)).one()
    paths = ("/hop-viec", "/ho-so", f"/ho-so/{opened}", "/lich", "/healthz", "/khoi-tao/QT-TCKH-01")
    assert [path for path in paths if browser.get(path).status_code != 200] == []
    assert site.browser(CLERK).get(f"/viec/{task.id}").status_code == 200
    assert task.due_at is not None
    assert task.due_at > moment
    assert made.due_at > task.due_at
    unknown = made.due_at.astimezone(ZONE).year > 2026
    assert made.due_provisional == unknown
    assert ("tạm tính" in browser.text(f"/ho-so/{opened}")) == unknown
    site.database.dispose()


def test_a_plan_of_a_leap_day_moves_to_a_year_without_one() -> None:
    plan = {"year": 2024, "title": "Kế hoạch 2024", "drafting": {"from": date(2024, 2, 29)}}

    moved = in_year(plan, 2026, code="1")

    assert moved["drafting"]["from"] == date(2026, 2, 28)
    assert in_year(plan, 2028, code="1")["drafting"]["from"] == date(2028, 2, 29)
