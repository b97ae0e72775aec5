"""Statements of the hot path: compiled once for each kind of database, run on the driver's own cursor.

SQLAlchemy still writes the SQL and converts the values; what is left out is the work it does again at every execution.
Everything else uses the session.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import ClauseElement

Convert = Callable[[Any], Any]
Values = Mapping[str, Any]


class Compiled(NamedTuple):
    """SQL with its parameters in order, and what converts values on the way in and out (None: nothing does)."""

    sql: str
    parameters: tuple[tuple[str, Convert | None], ...]
    fixed: Mapping[str, Any]
    reads: tuple[tuple[int, Convert], ...]
    by_name: bool

    def bound(self, values: Values) -> Any:
        """Return the values as the driver takes them."""
        given = {**self.fixed, **values} if self.fixed else values
        if self.by_name:
            return {name: convert(given[name]) if convert else given[name] for name, convert in self.parameters}
        return tuple([convert(given[name]) if convert else given[name] for name, convert in self.parameters])

    def row(self, found: Sequence[Any]) -> tuple[Any, ...]:
        """Return a row as its columns' types have it."""
        read = list(found)
        for place, convert in self.reads:
            read[place] = convert(read[place])
        return tuple(read)


class Prepared:
    """One statement. Its parameters are bound by name, and all of them in every run."""

    def __init__(self, statement: Executable) -> None:
        self.statement = statement
        self._compiled: dict[str, Compiled] = {}

    def rows(self, connection: Connection, values: Values) -> list[tuple[Any, ...]]:
        """Run it and return all rows."""
        made, cursor = self._run(connection, values)
        return [made.row(found) for found in cursor.fetchall()]

    def first(self, connection: Connection, values: Values) -> tuple[Any, ...] | None:
        """Run it and return its only row, if there is one."""
        return next(iter(self.rows(connection, values)), None)

    def write(self, connection: Connection, values: Values) -> "Written":
        """Run it; how many rows it changed is known when `together` ends."""
        return Written(self._run(connection, values)[1])

    def write_all(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Run it once for each of the rows, in one go."""
        if len(rows) == 1:
            self.write(connection, rows[0])
        elif rows:
            made = self._for(connection.dialect)
            self._on_cursor(connection, made, [made.bound(values) for values in rows], many=True)

    def _run(self, connection: Connection, values: Values) -> tuple[Compiled, Any]:
        made = self._for(connection.dialect)
        return made, self._on_cursor(connection, made, made.bound(values))

    def _on_cursor(self, connection: Connection, made: Compiled, bound: Any, *, many: bool = False) -> Any:
        cursor = connection.connection.cursor()
        for listener in connection.dispatch.before_cursor_execute:
            listener(connection, cursor, made.sql, bound, None, many)
        try:
            (cursor.executemany if many else cursor.execute)(made.sql, bound)
        except connection.dialect.loaded_dbapi.Error as error:
            raise _wrapped(connection, made.sql, cursor, error=error) from error
        return cursor

    def _for(self, dialect: Dialect) -> Compiled:
        found = self._compiled.get(dialect.name)
        if found is None:
            found = self._compiled[dialect.name] = compiled(self.statement, dialect)
        return found


@dataclass(frozen=True, slots=True)
class Written:
    """What a statement did."""

    cursor: Any

    @property
    def count(self) -> int:
        """How many rows it changed."""
        return int(self.cursor.rowcount)


@contextmanager
def together(connection: Connection) -> Iterator[None]:
    """Send what is written here in one round trip, where the driver can (PostgreSQL); errors come at the end."""
    if connection.dialect.name == "sqlite":
        yield
        return
    raw: Any = connection.connection.dbapi_connection
    try:
        with raw.pipeline():
            yield
    except connection.dialect.loaded_dbapi.Error as error:
        raise _wrapped(connection, "pipeline", raw.cursor(), error=error) from error


def compiled(statement: Executable, dialect: Dialect) -> Compiled:
    """Compile a statement as the dialect would, and look up what its types convert."""
    assert isinstance(statement, ClauseElement)
    made: Any = statement.compile(dialect=dialect)
    binds = {made.bind_names[bind]: bind for bind in made.bind_names}
    fixed = {name: made.params[name] for name, bind in binds.items() if not bind.required}
    converts = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
    columns = [each.type for each in getattr(statement, "exported_columns", ())]
    reads = (type_.dialect_impl(dialect).result_processor(dialect, None) for type_ in columns)
    return Compiled(
        sql=made.string,
        parameters=tuple((name, converts[name]) for name in made.positiontup or converts),
        fixed=fixed,
        reads=tuple((place, convert) for place, convert in enumerate(reads) if convert is not None),
        by_name=not made.positional,
    )


def _wrapped(connection: Connection, sql: str, cursor: Any, *, error: Exception) -> BaseException:
    """The driver's error as SQLAlchemy raises it; a connection that is gone is thrown away."""
    dialect = connection.dialect
    gone = dialect.is_disconnect(error, connection.connection.dbapi_connection, cursor)  # type: ignore[arg-type]  # it is the driver's
    if gone:
        connection.invalidate(error)
    return DBAPIError.instance(
        sql, None, error, dialect.loaded_dbapi.Error, connection_invalidated=gone, dialect=dialect
    )
