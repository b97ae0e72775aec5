"""Rows and documents for tests: valid by default, what matters to a test is named by it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction

from bpmn.convert import table_to_bpmn
from bpmn.fiveclear import Branch, Duration, FiveClear, Performer, Step, TimeUnit
from engine.actor import Actor
from engine.calendar_file import shipped_calendar
from engine.commands.deploy import Deployment, deploy
from engine.commands.load_calendar import load_calendar
from engine.commands.start import Opening, start
from engine.database import Database
from engine.model import Definition

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday 23 November 2026, 08:00 in Việt Nam: a working day; the next day is off."""

ADA = Actor(id=1, name="Ada", groups=frozenset({"A/clerk"}))
BO = Actor(id=2, name="Bo", groups=frozenset({"A/clerk"}))
CY = Actor(id=3, name="Cy", groups=frozenset({"A/signer"}), heads=frozenset({"A"}))
STRANGER = Actor(id=4, name="Di", groups=frozenset({"Z/clerk"}))
AUDITOR = Actor(id=5, name="Ea", oversees=True)


def hours(value: int) -> Duration:
    return Duration(f"{value:02d} giờ làm việc", TimeUnit.WORKING_HOUR, Fraction(value))


def days(value: int) -> Duration:
    return Duration(f"{value:02d} ngày", TimeUnit.CALENDAR_DAY, Fraction(value))


def step(number: str, name: str = "Kiểm tra hồ sơ", position: str = "clerk", **rest: object) -> Step:
    given = {"duration": hours(4), "output": "Phiếu", "responsibility": position} | rest
    return Step(step_no=number, name=name, performer=Performer(position, "A"), **given)


def table(*steps: Step, branches: Sequence[Branch] = (), **head: object) -> FiveClear:
    given = {
        "title": "Quy trình thử",
        "code": "QT-1",
        "kind": "internal",
        "unit_code": "A",
        "unit_name": "Phòng A",
    } | head
    return FiveClear(steps=steps, branches=tuple(branches), **given)


LEAVE = table(
    step("1", "Tiếp nhận hồ sơ"),
    step("2", "Ký duyệt", "signer", type="decision"),
    step("3", "Trả kết quả"),
    branches=[Branch("2", "không đồng ý", "1")],
)
"""Three steps; the second may send back to the first."""


def deployed(database: Database, content: FiveClear = LEAVE, *, number: int = 1) -> Definition:
    """Deploy a table, with positions as groups: `clerk` of unit A is `A/clerk`."""
    performers = {
        f"step_{each.step_no}": {
            "group": f"{each.performer.unit}/{each.performer.position}",
            "unit_code": each.performer.unit or "",
            "unit": "Phòng A",
            "position": each.performer.position,
        }
        for each in content.steps
        if each.performer
    }
    with database.transaction() as session:
        load_calendar(session, shipped_calendar(), at=MONDAY)
        deployment = Deployment(content.code or "QT-1", number, content.title, "A", table_to_bpmn(content), performers)
        return deploy(session, deployment, at=MONDAY)


def started(
    database: Database, definition: Definition, *, title: str = "Hồ sơ của ông An", at: datetime = MONDAY
) -> int:
    """Start a case; return its id."""
    with database.transaction() as session:
        return start(session, Opening(definition, title), by=ADA, at=at).id
