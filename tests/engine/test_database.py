"""No update is lost, readers never wait, and who waits too long is told so."""

import shutil
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from engine import database as module
from engine.database import Database
from engine.errors import Busy
from engine.history import Happening, first_break, record
from engine.model import CalendarYear, Counter
from engine.numbering import next_number
from tests.factories import ADA, MONDAY

WRITERS, TURNS = 8, 25


def in_threads(work, count: int = WRITERS) -> list[BaseException]:
    """Run the same work in several threads at once; return what they raised."""
    raised: list[BaseException] = []
    begin = threading.Barrier(count)

    def run() -> None:
        begin.wait()
        try:
            work()
        except BaseException as error:  # handed to the test, which asserts on it
            raised.append(error)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_numbers_given_by_many_at_once_are_all_different_and_without_gaps(database: Database):
    given: list[int] = []

    def take() -> None:
        for _ in range(TURNS):
            with database.transaction() as session:
                number = next_number(session, "case:A:261123")
            given.append(number)

    raised = in_threads(take)

    assert raised == []
    assert sorted(given) == list(range(1, WRITERS * TURNS + 1))


def test_what_is_read_and_then_written_under_the_guard_is_not_lost(database: Database):
    with database.transaction() as session:
        session.add(Counter(name="guarded", value=0))

    def grow() -> None:
        for _ in range(TURNS):
            with database.transaction() as session:
                row = session.scalars(select(Counter).where(Counter.name == "guarded").with_for_update()).one()
                row.value += 1

    raised = in_threads(grow)

    with database.reading() as session:
        assert session.get_one(Counter, "guarded").value == WRITERS * TURNS
    assert raised == []


def test_an_error_takes_everything_back(database: Database):
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        session.add(Counter(name="half", value=1))
        session.flush()
        raise ZeroDivisionError

    with database.reading() as session:
        assert session.get(Counter, "half") is None


def test_a_reader_goes_on_while_a_writer_holds_its_turn_and_sees_what_was_committed(database: Database):
    with database.transaction() as writing:
        writing.add(Counter(name="open", value=1))
        writing.flush()

        with database.reading() as session:
            assert session.get(Counter, "open") is None


def test_on_sqlite_a_second_writer_waits_its_time_and_is_told_that_the_database_is_busy(sqlite, tmp_path, monkeypatch):
    file = shutil.copy(sqlite, tmp_path / "town.db")
    database = Database(f"sqlite:///{file}")
    monkeypatch.setattr(module, "WAIT", 0.05)

    with database.transaction() as first:
        next_number(first, "one")
        with pytest.raises(Busy), database.transaction() as second:
            next_number(second, "two")

    with database.transaction() as session:
        assert next_number(session, "two") == 1
    database.dispose()


def test_moments_come_back_in_utc_and_naive_ones_are_refused(database: Database):
    vietnam = timezone(timedelta(hours=7))
    with database.transaction() as session:
        loaded_at = datetime(2026, 11, 23, 8, 0, tzinfo=vietnam)
        session.add(CalendarYear(year=2026, source="", revision=1, loaded_at=loaded_at))

    with database.reading() as session:
        found = session.get_one(CalendarYear, 2026).loaded_at
    assert (found, found.tzinfo) == (datetime(2026, 11, 23, 1, 0, tzinfo=UTC), UTC)
    with pytest.raises(Exception, match="naive"), database.transaction() as session:
        session.add(CalendarYear(year=2027, source="", revision=1, loaded_at=datetime(2026, 11, 23)))


def test_events_of_one_stream_written_by_many_make_one_chain(database: Database):
    with database.transaction() as session:
        session.add(Counter(name="guard", value=0))

    def write() -> None:
        for _ in range(5):
            with database.transaction() as session:
                session.scalars(select(Counter).where(Counter.name == "guard").with_for_update()).one()
                record(session, "instance:1", Happening("task-opened", ADA, MONDAY))

    raised = in_threads(write)

    with database.reading() as session:
        assert first_break(session, "instance:1") is None
    assert raised == []
