"""Diagrams for tests of the engine: deployed with one clerk for every task."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.calendar_file import shipped_calendar
from engine.commands.deploy import Deployment, deploy
from engine.commands.load_calendar import load_calendar
from engine.commands.start import Opening, start
from engine.database import Database
from engine.definitions import try_out
from engine.model import Definition, Instance, Task, TaskState
from tests.factories import ADA, MONDAY

CLERK = {"group": "A/clerk", "unit_code": "A", "unit": "Phòng A", "position": "clerk"}


def deployed(database: Database, source: bytes, *, code: str = "QT-1", number: int = 1) -> Definition:
    with database.transaction() as session:
        load_calendar(session, shipped_calendar(), at=MONDAY)
        tasks = [node.id for node in try_out(source).compiled.elements.values() if node.is_task]
        return deploy(session, Deployment(code, number, code, "A", source, dict.fromkeys(tasks, CLERK)), at=MONDAY)


def started(database: Database, definition: Definition, variables: Mapping[str, object] | None = None) -> Instance:
    with database.transaction() as session:
        return start(session, Opening(definition, "Hồ sơ", variables or {}), by=ADA, at=MONDAY)


def open_rows(session: Session, case: Instance) -> list[Task]:
    rows = select(Task).where(Task.instance_id == case.id, Task.state == TaskState.OPEN).order_by(Task.element)
    return list(session.scalars(rows))


def waits_at(database: Database, case: Instance) -> list[str]:
    """The elements at which a case has an open row, sorted."""
    with database.reading() as session:
        return [task.element for task in open_rows(session, case)]
