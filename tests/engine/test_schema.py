"""The migrations make exactly the tables that the code has, and history keeps its guards."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DatabaseError

import engine.model
import procedures.model
from engine.database import Base, Database
from engine.schema import current, differences, is_current, upgrade

TABLES = ((engine.model, "engine/model"), (procedures.model, "procedures/model"))
ROOT = Path(__file__).parents[2]


def test_an_upgraded_database_is_what_the_code_expects(database: Database):
    assert is_current(database)
    assert list(differences(database)) == []


def test_an_upgrade_twice_changes_nothing(database: Database):
    before = current(database)

    upgrade(database)

    assert current(database) == before
    assert list(differences(database)) == []


def test_an_empty_database_is_not_current(tmp_path):
    empty = Database(f"sqlite:///{tmp_path}/empty.db")

    assert (current(empty), is_current(empty)) == (None, False)
    empty.dispose()


@pytest.mark.parametrize(("package", "folder"), TABLES, ids=lambda each: str(each).rpartition("/")[2])
def test_every_table_has_a_file_of_its_own_and_stands_in_the_list(package, folder):
    files = {path.stem for path in (ROOT / folder).glob("*.py")} - {"__init__"}

    listed = {
        getattr(package, name).__tablename__
        for name in package.__all__
        if hasattr(getattr(package, name), "__tablename__")
    }
    assert files == listed <= set(Base.metadata.tables)


@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_append_only_tables_refuse_changes(database: Database, verb):
    with database.transaction() as session:
        session.execute(
            text(
                "INSERT INTO event (stream, number, kind, actor_id, facts, private_digest, occurred_at, recorded_at,"
                " previous_hash, hash) VALUES ('s', 1, 'k', 0, '{}', '', '2026-01-01', '2026-01-01', '', '')"
            )
        )

    with pytest.raises(DatabaseError, match="append-only"), database.transaction() as session:
        session.execute(text(verb.format("event")))


def test_deadlines_and_due_timers_are_found_by_an_index(database: Database):
    if not database.sqlite:
        bind = create_engine(database.url)
        names = {index["name"] for table in ("task", "timer") for index in inspect(bind).get_indexes(table)}
        bind.dispose()
        assert {"ix_task_mine", "ix_task_team", "ix_timer_wake"} <= names
        return
    with database.reading() as session:
        plan = session.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT id FROM timer WHERE fired_at IS NULL AND wake_at <= '2026' ORDER BY wake_at"
            )
        ).all()

    assert "ix_timer_wake" in str(plan)
