"""What a step reads: the case, its task, its state and the end of its history in one row."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import (
    LABEL_STYLE_TABLENAME_PLUS_COL,
    Connection,
    Pool,
    Select,
    String,
    Table,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import instance_dict, set_committed_value

from engine.database import Base
from engine.history import INSTANCE, START, instance_stream, remember_end
from engine.model.definition import Definition
from engine.model.event import Event
from engine.model.instance import Instance
from engine.model.instance_state import InstanceState
from engine.model.task import Task, TaskState
from engine.model.timer import Timer
from engine.prepared import Prepared

Row = TypeVar("Row", bound=Base)


def _table(entity: type[Base]) -> Table:
    table = entity.__table__
    assert isinstance(table, Table)
    return table


INSTANCES, STATES, TASKS, TIMERS = _table(Instance), _table(InstanceState), _table(Task), _table(Timer)
DEFINITIONS, EVENTS = _table(Definition), _table(Event)
OF_INSTANCE, OF_TASK = list(INSTANCES.c.keys()), list(TASKS.c.keys())
IDENTITY = ("id", "code", "number", "title", "unit_code", "sha256", "deployed_at")
"""What tells one definition from another without reading its source."""

CACHED = 256  # definitions held for a database


def _case() -> Select[Any]:
    """A running case with its state, what names its definition, and its last event."""
    stream = literal_column(f"'{INSTANCE}'", String) + cast(INSTANCES.c.id, String)
    last = select(func.max(EVENTS.c.number)).where(EVENTS.c.stream == stream).correlate(INSTANCES).scalar_subquery()
    return (
        select(
            *INSTANCES.c,
            STATES.c.state,
            STATES.c.version,
            EVENTS.c.number,
            EVENTS.c.hash,
            *(DEFINITIONS.c[name] for name in IDENTITY),
        )
        .join_from(INSTANCES, STATES, STATES.c.instance_id == INSTANCES.c.id)
        .join(DEFINITIONS, DEFINITIONS.c.id == INSTANCES.c.definition_id)
        .outerjoin(EVENTS, (EVENTS.c.stream == stream) & (EVENTS.c.number == last))
        .set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
    )


CASE = Prepared(_case().where(INSTANCES.c.id == bindparam("wanted")))
CASE_OF_TASK = Prepared(
    _case()
    .join(TASKS, TASKS.c.instance_id == INSTANCES.c.id)
    .add_columns(*TASKS.c)
    .where(TASKS.c.id == bindparam("wanted"))
)
GUARD = Prepared(select(INSTANCES.c.id).where(INSTANCES.c.id == bindparam("wanted")).with_for_update())
GUARD_OF_TASK = Prepared(
    select(INSTANCES.c.id)
    .join(TASKS, TASKS.c.instance_id == INSTANCES.c.id)
    .where(TASKS.c.id == bindparam("wanted"))
    .with_for_update(of=INSTANCES)
)
OPEN_TASKS = Prepared(
    select(TASKS.c.id, TASKS.c.key, TASKS.c.element, TASKS.c.name)
    .where(TASKS.c.instance_id == bindparam("case"), TASKS.c.state == TaskState.OPEN.value)
    .order_by(TASKS.c.id)
)
TIMERS_SET = Prepared(
    select(
        TIMERS.c.id,
        TIMERS.c.task_id,
        TIMERS.c.kind,
        TIMERS.c.key,
        TIMERS.c.element,
        TIMERS.c.due_at,
        TIMERS.c.attempts,
        TIMERS.c.held,
    )
    .where(TIMERS.c.instance_id == bindparam("case"), TIMERS.c.fired_at.is_(None))
    .order_by(TIMERS.c.due_at, TIMERS.c.id)
)


class OpenTask(NamedTuple):
    id: int
    key: str
    element: str
    name: str


class SetTimer(NamedTuple):
    """A timer that has not fired. `attempts`: how often a worker took it; only then may an incident tell of it.

    `held`: the clock of the case stands still, it does not fire.
    """

    id: int
    task_id: int | None
    kind: str
    key: str
    element: str
    due_at: datetime
    attempts: int
    held: bool


class Loaded(NamedTuple):
    """A running case as it is stored; `task` only where it was asked for by its task."""

    instance: Instance
    definition: Definition
    state: bytes
    version: int
    task: Task | None


def load(
    session: Session, *, instance_id: int | None = None, task_id: int | None = None, guard: bool = True
) -> Loaded | None:
    """Take the guard of a case, then read it: by itself or by one of its tasks. None when it does not run.

    Without a `guard` only to be looked at.

    On SQLite the transaction is the guard.  On PostgreSQL the row lock is waited for in a statement of its own, so that
    what is read afterwards is what the one before has written.
    """
    session.flush()
    by_task = task_id is not None
    wanted = {"wanted": task_id if by_task else instance_id}
    connection = session.connection()
    if guard:
        _guard(connection, GUARD_OF_TASK if by_task else GUARD, wanted)
    row = (CASE_OF_TASK if by_task else CASE).first(connection, wanted)
    if row is None:
        return None
    after = len(OF_INSTANCE)
    state, version, number, end = row[after : after + 4]
    names = row[after + 4 : after + 4 + len(IDENTITY)]
    instance = shaped(session, Instance, dict(zip(OF_INSTANCE, row, strict=False)))
    task = None
    if by_task:
        task = shaped(session, Task, dict(zip(OF_TASK, row[after + 4 + len(IDENTITY) :], strict=True)))
        instance_dict(task).setdefault("instance", instance)
    remember_end(session, instance_stream(instance.id), number or 0, end or START)
    return Loaded(instance, _definition(session, names), state, version, task)


def _guard(connection: Connection, statement: Prepared, wanted: Mapping[str, Any]) -> None:
    if connection.dialect.name != "sqlite":
        statement.first(connection, wanted)


def open_tasks(connection: Connection, instance_id: int) -> dict[str, OpenTask]:
    """The open tasks of a case by key, oldest first."""
    rows = OPEN_TASKS.rows(connection, {"case": instance_id})
    return {task.key: task for task in (OpenTask(*row) for row in rows)}


def set_timers(connection: Connection, instance_id: int) -> list[SetTimer]:
    """The timers of a case that have not fired, by due."""
    return [SetTimer(*row) for row in TIMERS_SET.rows(connection, {"case": instance_id})]


def shaped(session: Session, entity: type[Row], values: Mapping[str, Any]) -> Row:
    """Return a row as an object: the session's own where it holds one, brought up to date; else one apart from it.

    The mapper's loading and the session's watching of each attribute would cost as much as all statements of a step.
    """
    known = session.identity_map.get(entity.__mapper__.identity_key_from_primary_key((values["id"],)))
    if isinstance(known, entity):
        for name, value in values.items():
            set_committed_value(known, name, value)
        return known
    made: Row = entity.__mapper__.class_manager.new_instance()
    instance_dict(made).update(values)
    return made


_definitions: WeakKeyDictionary[Pool, OrderedDict[tuple[Any, ...], Definition]] = WeakKeyDictionary()
_lock = threading.Lock()


def _definition(session: Session, names: tuple[Any, ...]) -> Definition:
    """Return a definition, read once per database: it never changes, and its names tell it from any other."""
    pool = session.get_bind().engine.pool
    with _lock:
        held = _definitions.setdefault(pool, OrderedDict())
        found = held.get(names)
        if found is not None:
            held.move_to_end(names)
            return found
    row = session.connection().execute(select(DEFINITIONS).where(DEFINITIONS.c.id == names[0])).one()
    made = Definition(**row._mapping)
    with _lock:
        held[names] = made
        while len(held) > CACHED:
            held.popitem(last=False)
    return made
