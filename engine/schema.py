"""The schema: upgrade it, check it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import Connection

from engine.database import Base, Database
from engine.errors import Conflict


def upgrade(database: Database) -> None:
    """Bring the schema to this release. Raises `Conflict` when rows would point nowhere afterwards (SQLite)."""
    if not database.sqlite:
        with database.bind.begin() as connection:
            command.upgrade(_config(connection), "head")
        return
    # Foreign keys stay off while tables are rebuilt: otherwise ON DELETE CASCADE would empty their children silently.
    with database.migrating() as connection:
        command.upgrade(_config(connection), "head")
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        if broken:
            raise Conflict(reason="foreign-keys", rows=len(broken))


def current(database: Database) -> str | None:
    """Return the revision that the database is at, None for an empty one."""
    with database.bind.execution_options(reading=True).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(database: Database) -> bool:
    """Whether the schema is that of this release."""
    return current(database) == ScriptDirectory.from_config(_config(None)).get_current_head()


def differences(database: Database) -> Sequence[Any]:
    """Return how the schema differs from the tables that are imported now; empty when it does not."""
    with database.bind.execution_options(reading=True).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    config.attributes["metadata"] = Base.metadata
    return config
