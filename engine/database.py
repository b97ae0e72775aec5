"""The database: typed base, moments in UTC, and the one way to open a transaction.

SQLite runs in WAL with synchronous=FULL; a write transaction is BEGIN IMMEDIATE and queues first-come within the
process and by a lock file between processes.  PostgreSQL runs READ COMMITTED; commands lock the instance's row.
"""

import fcntl
import json
import logging
import os
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from sqlalchemy import DateTime, Dialect, MetaData, Text, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.types import JSON, TypeDecorator

from engine.errors import Busy

WAIT = 5.0  # seconds that a writer waits for its turn
SHORT = 0.05  # seconds of waiting for a turn that are not worth reckoning with
POOL = 16  # connections kept open, and as many again when needed: no fewer than a server process has threads

log = logging.getLogger(__name__)

Id = Annotated[int, mapped_column(primary_key=True)]
Json = Annotated[dict[str, Any], mapped_column(JSON)]


class JsonText(str):
    """A text that is JSON already, taken for a JSON column as it is."""

    __slots__ = ()


def _as_json(value: object) -> str:
    return value if isinstance(value, JsonText) else json.dumps(value)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. Refuses naive ones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive moment")
        return value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """On SQLite the driver's text is written at once: the library would take it apart field by field."""
        return _as_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@lru_cache(maxsize=1024)  # the moment of a step is written many times
def _as_text(value: datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("naive moment")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


class Base(DeclarativeBase):
    """Base of every table. Constraints are named by convention, so that migrations can name them too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, str: Text}  # noqa: RUF012  # SQLAlchemy reads it from the class


class Turn:
    """A mutex that serves first-come within the process, then takes a lock file between processes.

    SQLite's own busy wait is unfair: a waiter may starve for seconds.
    """

    def __init__(self, lock_file: Path | None) -> None:
        self._lock = threading.Lock()
        self._queue: deque[threading.Event] = deque()
        self._held = False
        self._file = None if lock_file is None else os.open(lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def acquire(self, wait: float) -> None:
        """Return when it is our turn. Raises `Busy` after `wait` seconds."""
        deadline = time.monotonic() + wait
        mine = threading.Event()
        with self._lock:
            if not self._held and not self._queue:
                self._held = True
                mine.set()
            else:
                self._queue.append(mine)
        if not mine.wait(wait):
            with self._lock:
                if not mine.is_set():
                    self._queue.remove(mine)
                    raise Busy
        self._lock_file(deadline)

    def _lock_file(self, deadline: float) -> None:
        pause = 0.0005
        while self._file is not None:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > deadline:
                    self._next()
                    raise Busy from None
                time.sleep(pause)
                pause = min(pause * 2, 0.01)

    def release(self) -> None:
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self._next()

    def _next(self) -> None:
        with self._lock:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._held = False

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


class Database:
    """One town's database. `url` is sqlite:///… or postgresql+psycopg://…"""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        if self.sqlite:
            path = Path(self.url.database or "")
            self._turn: Turn | None = Turn(path.with_name(path.name + ".lock"))
            self.bind = create_engine(
                self.url, pool_size=POOL, max_overflow=POOL, pool_timeout=30, json_serializer=_as_json
            )
            self._prepare_sqlite(self._turn)
        else:
            self._turn = None
            self.bind = create_engine(
                self.url,
                pool_size=POOL,
                max_overflow=POOL,
                pool_pre_ping=True,
                pool_timeout=30,
                json_serializer=_as_json,
            )
            self._prepare_postgresql()
        self._reader = self.bind.execution_options(reading=True)
        self._writers = {WAIT: self.bind.execution_options(wait=WAIT)}  # the usual one is made once

    def _prepare_sqlite(self, turn: Turn) -> None:
        @event.listens_for(self.bind, "connect")
        def connect(connection: sqlite3.Connection, record: object) -> None:
            connection.isolation_level = None  # the driver must not BEGIN by itself
            for pragma in (
                f"busy_timeout={milliseconds(WAIT)}",
                "journal_mode=WAL",
                "synchronous=FULL",
                "foreign_keys=ON",
                "trusted_schema=OFF",
            ):
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(self.bind, "begin")
        def begin(connection: Connection) -> None:
            options = connection.get_execution_options()
            if options.get("reading"):
                connection.exec_driver_sql("BEGIN DEFERRED")
                return
            wait = options.get("wait", WAIT)
            deadline = time.monotonic() + wait
            turn.acquire(wait)
            connection.info["turn"] = True  # given back at check-in: the "commit" event fires before the commit
            left = max(0.0, deadline - time.monotonic())
            _begin_immediate(connection, WAIT if wait - left < SHORT and wait == WAIT else left)

        @event.listens_for(self.bind, "checkin")
        def checkin(connection: object, record: Any) -> None:
            if record.info.pop("turn", None):
                turn.release()

    def _prepare_postgresql(self) -> None:
        @event.listens_for(self.bind, "connect")
        def connect(connection: Any, record: object) -> None:
            connection.execute(f"SET lock_timeout = {milliseconds(WAIT)}")
            connection.commit()

    @contextmanager
    def transaction(self, *, wait: float = WAIT) -> Iterator[Session]:
        """A write transaction: commits at the end, rolls back on any error.

        Raises `Busy` when its turn does not come within `wait` seconds; on PostgreSQL, which knows no turns, when a row
        stays locked for `WAIT` or the server is away.
        """
        writer = self._writers.get(wait) or self.bind.execution_options(wait=wait)
        with self._session(writer) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A read transaction: one consistent picture, never waits for writers, writes nothing."""
        with self._session(self._reader) as session:
            yield session  # closing ends the transaction and leaves what was read usable

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A write transaction for schema changes on SQLite, with foreign keys off."""
        with self.bind.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.execute("PRAGMA foreign_keys=OFF")
            try:
                with connection.begin():
                    yield connection
            finally:
                raw.execute("PRAGMA foreign_keys=ON")

    @contextmanager
    def _session(self, bind: Any) -> Iterator[Session]:
        with Session(bind, expire_on_commit=False) as session:
            try:
                yield session
            except OperationalError as error:
                if not self.sqlite or "locked" in str(error.orig):  # PostgreSQL's are all of its state, not of ours
                    log.warning("database refused: %s", error.orig)
                    raise Busy from error
                raise
            except PoolTimeout as error:
                raise Busy from error

    def dispose(self) -> None:
        self.bind.dispose()
        if self._turn is not None:
            self._turn.close()


def _begin_immediate(connection: Connection, wait: float) -> None:
    """Begin to write within `wait` seconds, also while a program outside ours holds SQLite's own lock."""
    if wait == WAIT:  # as every connection is set
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    raw: Any = connection.connection.dbapi_connection
    raw.execute(f"PRAGMA busy_timeout={milliseconds(wait)}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        raw.execute(f"PRAGMA busy_timeout={milliseconds(WAIT)}")


def milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
