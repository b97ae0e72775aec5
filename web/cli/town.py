"""The database of this town, as the commands open it."""

from collections.abc import Iterator
from contextlib import contextmanager

from engine.database import Database
from engine.errors import Conflict
from engine.schema import is_current
from web.settings import Settings, load_settings


class SchemaOld(Conflict):
    """The database is not at this release."""

    code = "schema-old"


@contextmanager
def town_database(settings: Settings | None = None) -> Iterator[Database]:
    """The configured database for the time of one command."""
    database = Database((settings or load_settings()).database_url)
    try:
        yield database
    finally:
        database.dispose()


def require_schema(database: Database) -> None:
    """Raise `SchemaOld` unless the database is at this release."""
    if not is_current(database):
        raise SchemaOld
