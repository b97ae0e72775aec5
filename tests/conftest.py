"""Fixtures for all tests: an empty database of this release's schema, on SQLite and on PostgreSQL.

The schema is built once per session and kind; each test gets a copy.
"""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from engine.database import Database
from engine.schema import upgrade
from tests.postgres import Server, server

numbers = count()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server for this session, with the database `empty_town` to copy from."""
    with server() as running:
        running.drop("empty_town")
        _prepare(running.create("empty_town"))
        yield running
        running.drop("empty_town")


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file to copy from."""
    file = tmp_path_factory.mktemp("sqlite") / "empty_town.db"
    _prepare(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database of this release's schema, on each kind."""
    if request.param == "sqlite":
        file = tmp_path / "town.db"
        shutil.copy(request.getfixturevalue("sqlite"), file)
        yield f"sqlite:///{file}"
        return
    running: Server = request.getfixturevalue("postgresql")
    name = f"town_{next(numbers)}"
    yield running.create(name, template="empty_town")
    running.drop(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database of this release's schema, on each kind."""
    opened = Database(database_url)
    yield opened
    opened.dispose()


def _prepare(url: str) -> None:
    database = Database(url)
    upgrade(database)
    database.dispose()
