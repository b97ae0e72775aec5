"""What a block asks of a database, in counts."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from engine.database import Database


@contextmanager
def counted(database: Database) -> Iterator[dict[str, int]]:
    """Count the statements and commits of a block."""
    counts = {"statements": 0, "commits": 0}

    def statement(*_: object) -> None:
        counts["statements"] += 1

    def commit(*_: object) -> None:
        counts["commits"] += 1

    event.listen(database.bind, "before_cursor_execute", statement)
    event.listen(database.bind, "commit", commit)
    yield counts
    event.remove(database.bind, "before_cursor_execute", statement)
    event.remove(database.bind, "commit", commit)
