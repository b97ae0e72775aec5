"""One durable step of ours: find the task, guard, load, complete, write everything, commit."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

import procedures.model  # noqa: F401  # all tables are created
from engine.actor import Actor
from engine.calendar_file import shipped_calendar
from engine.commands.complete_task import Completion, complete_task
from engine.commands.deploy import Deployment, deploy
from engine.commands.load_calendar import load_calendar
from engine.commands.start import Opening, start
from engine.database import Database
from engine.definitions import try_out
from engine.model import Task, TaskState
from engine.schema import upgrade

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
OFFICER = Actor(1, "Ada", frozenset({"A/officer"}))


def our_steps(url: str, model: Path) -> Iterator[None]:
    """Complete open tasks again and again, from case to case."""
    database = Database(url)
    upgrade(database)
    source = model.read_bytes()
    people = {"group": "A/officer", "unit_code": "A", "unit": "A", "position": "officer"}
    tasks = [node.id for node in try_out(source).compiled.elements.values() if node.is_task]
    with database.transaction() as session:
        load_calendar(session, shipped_calendar(), at=MONDAY)
        deployment = Deployment("B", 1, "Bench", "A", source, dict.fromkeys(tasks, people))
        definition = deploy(session, deployment, at=MONDAY)
    while True:
        with database.transaction() as session:
            opening = Opening(definition, "Case", {"amount": 2000, "again": False})
            case = start(session, opening, by=OFFICER, at=MONDAY).id
        yield from _to_the_end(database, case)


def _to_the_end(database: Database, case: int) -> Iterator[None]:
    query = select(Task.id).where(Task.instance_id == case, Task.state == TaskState.OPEN).limit(1)
    while True:
        with database.transaction() as session:
            task = session.scalar(query)
            if task is None:
                return
            complete_task(session, task, Completion(), by=OFFICER, at=MONDAY)
        yield
