"""What a step may cost, by counts: statements, commits, bytes of state. Seconds are measured by `make bench`."""

import pytest
from sqlalchemy import select

from engine.commands.complete_task import Completion, complete_task
from engine.database import Database
from engine.model import InstanceState, Task, TaskState
from engine.prepared import Compiled
from engine.queries.worklist import worklist
from engine.worker import turn
from tests.counting import counted
from tests.factories import ADA, CY, LEAVE, MONDAY, deployed, started

STATEMENTS = 11  # of one completion that opens one task, BEGIN (SQLite) or the guard (PostgreSQL) included, COMMIT not


def open_task(database: Database, instance_id: int) -> Task:
    with database.reading() as session:
        return session.scalars(select(Task).where(Task.instance_id == instance_id, Task.state == TaskState.OPEN)).one()


def complete(database: Database, instance_id: int, actor, outcome=None) -> None:
    task = open_task(database, instance_id)
    with database.transaction() as session:
        complete_task(session, task.id, Completion(outcome=outcome), by=actor, at=MONDAY)


def test_a_step_is_one_commit_and_few_statements(database: Database):
    instance_id = started(database, deployed(database))
    complete(database, instance_id, ADA)  # from now on the definition is known
    task = open_task(database, instance_id)

    with counted(database) as counts, database.transaction() as session:
        complete_task(session, task.id, Completion(), by=CY, at=MONDAY)

    assert counts == {"statements": STATEMENTS, "commits": 1}


def test_a_start_is_one_commit_and_few_statements(database: Database):
    definition = deployed(database)
    started(database, definition)

    with counted(database) as counts:
        started(database, definition)

    assert counts["commits"] == 1
    assert counts["statements"] <= 9


def test_the_hundredth_turn_of_a_loop_costs_what_the_second_did(database: Database, monkeypatch: pytest.MonkeyPatch):
    instance_id = started(database, deployed(database, LEAVE))
    sizes, statements, rows, read = [], [], [], []
    row = Compiled.row
    monkeypatch.setattr(Compiled, "row", lambda self, found: read.append(self.sql) or row(self, found))

    for _ in range(100):
        read.clear()
        complete(database, instance_id, ADA)
        with counted(database) as counts:
            complete(database, instance_id, CY, "không đồng ý")
        with database.reading() as session:
            sizes.append(len(session.get_one(InstanceState, instance_id).state))
        statements.append(counts["statements"])
        rows.append(len(read))

    assert max(sizes[1:]) - min(sizes[1:]) <= 8  # the serial numbers of tokens grow by a digit
    assert len(set(statements[1:])) == len(set(rows[1:])) == 1


def test_the_inbox_is_one_page_and_four_counts_however_many_cases_there_are(database: Database):
    definition = deployed(database)
    for number in range(3):
        started(database, definition, title=f"Hồ sơ {number}")
    with counted(database) as few, database.reading() as session:
        worklist(session, ADA, at=MONDAY)
    for number in range(10):
        started(database, definition, title=f"Thêm hồ sơ {number}")

    with counted(database) as many, database.reading() as session:
        listed = worklist(session, ADA, at=MONDAY)

    assert len(listed.tasks) == 13
    assert many["statements"] == few["statements"] <= 6


def test_looking_for_due_timers_loads_no_case(database: Database):
    definition = deployed(database)
    for number in range(5):
        started(database, definition, title=f"Hồ sơ {number}")

    with counted(database) as counts:
        turn(database, at=MONDAY)

    assert counts["statements"] <= 3
