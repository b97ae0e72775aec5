"""One durable step of ours: guard, load, complete, write everything, commit."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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
from engine.model import Definition, Task, TaskState
from engine.schema import upgrade

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
OFFICER = Actor(1, "Ada", frozenset({"A/officer"}))


@dataclass
class Town:
    """A database with one deployed model; `again`: its loop goes round for ever."""

    url: str
    model: Path
    again: bool = False
    database: Database = field(init=False)
    definition: Definition = field(init=False)

    def __post_init__(self) -> None:
        self.database = Database(self.url)
        upgrade(self.database)
        source = self.model.read_bytes()
        people = {"group": "A/officer", "unit_code": "A", "unit": "A", "position": "officer"}
        tasks = [node.id for node in try_out(source).compiled.elements.values() if node.is_task]
        with self.database.transaction() as session:
            load_calendar(session, shipped_calendar(), at=MONDAY)
            number = len(session.scalars(select(Definition.id)).all()) + 1
            deployment = Deployment("B", number, "Bench", "A", source, dict.fromkeys(tasks, people))
            self.definition = deploy(session, deployment, at=MONDAY)

    def start(self) -> int:
        with self.database.transaction() as session:
            opening = Opening(self.definition, "Case", {"amount": 2000, "again": self.again})
            return start(session, opening, by=OFFICER, at=MONDAY).id

    def open_task(self, case: int) -> int | None:
        query = select(Task.id).where(Task.instance_id == case, Task.state == TaskState.OPEN).limit(1)
        with self.database.reading() as session:
            return session.scalar(query)

    def complete(self, task: int) -> None:
        with self.database.transaction() as session:
            complete_task(session, task, Completion(), by=OFFICER, at=MONDAY)


def our_steps(town: Town) -> Iterator[Callable[[], None]]:
    """Complete open tasks again and again, from case to case."""
    while True:
        case = town.start()
        while (task := town.open_task(case)) is not None:
            yield lambda task=task: town.complete(task)


def our_starts(town: Town) -> Iterator[Callable[[], int]]:
    while True:
        yield town.start
