"""The demo town without its work, for tests: units, people, plans, approval path."""

from datetime import UTC, datetime

from engine.database import Database
from procedures.demo.load import load_base
from procedures.queries.people import Person, person_by_login

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday 23 November 2026, 08:00 in Việt Nam: within the recognition window."""


def found(database: Database) -> Database:
    """Fill an empty database with the town."""
    with database.transaction() as session:
        load_base(session, at=NOW)
    return database


def who(database: Database, login: str) -> Person:
    """Return the officer of a login name."""
    with database.reading() as session:
        return person_by_login(session, login, at=NOW)
