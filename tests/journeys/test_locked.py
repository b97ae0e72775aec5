"""Something outside holds the lock: who reads is served, who writes is told to come again, nothing breaks."""

import shutil
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.database import Database
from engine.model import Task
from procedures.commands.sign_in import begin_login
from procedures.demo.load import load_demo
from procedures.queries.people import person_by_login
from tests.journeys.running import CLERK, Reply, Server, caller, open_cases, serving
from tests.journeys.sound import faults

HELD = 7.0  # seconds for which the lock is held
PROMPT = 4.0  # seconds: less than a writer waits, so an answer within them did not wait for the lock
WRITERS = 12


@pytest.fixture
def database(sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{shutil.copy(sqlite, tmp_path / 'town.db')}")
    yield opened
    opened.dispose()


def visited(server: Server, login: str) -> int:
    """Open the inbox as a person whose last visit was long enough ago to be noted anew; return the status."""
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}/hop-viec", headers={"Cookie": f"namro={login}"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_while_the_database_is_locked_reads_are_served_and_writes_are_told_to_come_again(
    database: Database, tmp_path: Path
) -> None:
    server = Server(str(database.url), tmp_path / "data", "http")
    with serving(server):
        load_demo(database, at=datetime.now(UTC))
        cases = open_cases(database, WRITERS, at=datetime.now(UTC))
        with database.transaction() as session:
            tasks = session.scalars(select(Task.id).where(Task.instance_id.in_(cases))).all()
            clerk = person_by_login(session, CLERK, at=datetime.now(UTC)).officer.id
            login = begin_login(session, clerk, at=datetime.now(UTC) - timedelta(minutes=5))
        program = caller(database, CLERK, server.port)
        server.await_answer()

        with closing(sqlite3.connect(str(database.url.database), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            locked_at = time.monotonic()
            with ThreadPoolExecutor(WRITERS) as pool:
                writes: list[Future[Reply]] = [pool.submit(program.complete, task) for task in tasks]
                time.sleep(0.5)  # all of them wait by now
                reads = [program.ask("GET", "/tasks").status for _ in range(5)]
                page = visited(server, login)
                read_after = time.monotonic() - locked_at
                refused = [write.result() for write in writes]
                refused_after = time.monotonic() - locked_at
            time.sleep(max(0.0, HELD - refused_after))
            other.execute("ROLLBACK")

        again = [program.complete(task).status for task in tasks]

    assert (reads, page) == ([200] * 5, 200)
    assert read_after < PROMPT
    assert {reply.status for reply in refused} == {503}
    assert {reply.headers["Retry-After"] for reply in refused} == {"5"}
    assert {reply.body["code"] for reply in refused} == {"busy"}
    assert again == [200] * WRITERS
    assert faults(database) == []
