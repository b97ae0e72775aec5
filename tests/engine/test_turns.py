"""Transactions: who must wait is refused in time, and nobody who only reads waits."""

import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import create_engine, select, text

from engine.commands.claim_task import claim_task
from engine.database import Database
from engine.errors import Busy
from engine.model import Instance, Task
from tests.factories import ADA, MONDAY, deployed, started

WAIT, SLACK = 5.0, 3.0  # seconds: as the product promises, and what a loaded machine may add


@contextmanager
def locked_outside(database: Database) -> Iterator[None]:
    """Something that is not ours holds the database's own lock: SQLite's, on PostgreSQL those of all cases."""
    if database.sqlite:
        with closing(sqlite3.connect(str(database.url.database), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        return
    bind = create_engine(database.url)
    with bind.begin() as other:
        other.execute(select(Instance.id).with_for_update())
        yield
    bind.dispose()


def claim(database: Database) -> float:
    """Claim the first task; return after how many seconds that was refused."""
    began = time.monotonic()
    with pytest.raises(Busy), database.transaction() as session:
        claim_task(session, 1, by=ADA, at=MONDAY)
    return time.monotonic() - began


def test_writers_are_refused_in_time_while_something_else_holds_the_lock_and_readers_go_on(database):
    started(database, deployed(database))

    with locked_outside(database), ThreadPoolExecutor(2) as pool:
        writers = [pool.submit(claim, database)]
        time.sleep(1)  # the second comes while the first waits: it must not wait for the first's wait, then its own
        writers.append(pool.submit(claim, database))
        with database.reading() as session:
            read = session.scalars(select(Task.name)).all()
        waiting = [not writer.done() for writer in writers]
        waited = [writer.result() for writer in writers]

    assert (len(read), waiting) == (1, [True, True])
    longest = WAIT if database.sqlite else 2 * WAIT  # PostgreSQL queues for the row first, then waits for its lock
    assert max(waited) < longest + SLACK
    with database.transaction() as session:
        assert claim_task(session, 1, by=ADA, at=MONDAY).assignee_id == ADA.id


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_writer_may_choose_to_wait_less(database):
    began = time.monotonic()

    with locked_outside(database), pytest.raises(Busy), database.transaction(wait=0.1) as session:
        session.execute(text("SELECT 1"))

    assert time.monotonic() - began < SLACK


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_connection_that_is_cut_is_no_defect_and_the_next_one_works(database):
    with pytest.raises(Busy), database.transaction() as session:
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with database.transaction() as session:
        assert session.scalar(text("SELECT 1")) == 1


def test_a_server_that_is_away_is_no_defect():
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")

    with pytest.raises(Busy), database.reading() as session:
        session.execute(text("SELECT 1"))
