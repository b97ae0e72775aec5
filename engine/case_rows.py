"""The rows of one case in one transaction: read once, changed in memory, written table by table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, inspect, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from engine.database import Base
from engine.history import Happening, append, instance_stream
from engine.load import OF_INSTANCE, STATES, TASKS, TIMERS, OpenTask, SetTimer, open_tasks, set_timers
from engine.model.incident import Incident
from engine.model.instance import Instance
from engine.prepared import Prepared, Written, together


def _columns(*names: str) -> dict[str, Any]:
    return {name: bindparam(name) for name in names}


TASK = (
    *("instance_id", "key", "element", "step_no", "name", "kind", "act", "unit_code", "unit", "position", "group_key"),
    *("state", "opened_at", "due_at", "planned_at", "budget_minutes", "paused_minutes", "provisional"),
)
"""The columns of a task that opens."""

NEW_TASK = Prepared(insert(TASKS).values(_columns(*TASK)).returning(TASKS.c.id))
TIMER = ("instance_id", "task_id", "kind", "key", "element", "due_at", "wake_at", "attempts", "held")
NEW_TIMER = Prepared(insert(TIMERS).inline().values(_columns(*TIMER)))
GONE_TIMER = Prepared(delete(TIMERS).where(TIMERS.c.id == bindparam("gone"), TIMERS.c.fired_at.is_(None)))
UNTIED = Prepared(update(Incident).where(Incident.timer_id == bindparam("gone")).values(timer_id=None))
NEW_STATE = Prepared(insert(STATES).inline().values(_columns("instance_id", "state", "version")))
GUARDED = (STATES.c.instance_id == bindparam("case"), STATES.c.version == bindparam("seen"))
GONE_STATE = Prepared(delete(STATES).where(*GUARDED))
SAVED_STATE = Prepared(update(STATES).where(*GUARDED).values(state=bindparam("now"), version=bindparam("next")))


@dataclass(slots=True)
class CaseRows:
    """What a transaction knows of a case and what it will write of it.

    `state` and `version` are the stored state; version 0 is a case that has none yet.  `open_keys` are the keys of the
    tasks that are open: where the run waits and its rows never differ between two steps.  Nothing is written before
    `write`, but for new tasks, whose ids history and reminders need.
    """

    session: Session
    instance: Instance
    state: bytes = b""
    version: int = 0
    open_keys: set[str] = field(default_factory=set)
    connection: Connection = field(init=False)
    known_timers: list[SetTimer] | None = None
    _changed: dict[tuple[type[Base], int], dict[str, Any]] = field(default_factory=dict)
    _new_timers: list[Mapping[str, Any]] = field(default_factory=list)
    _gone_timers: list[SetTimer] = field(default_factory=list)
    _told: list[Happening] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.connection = self.session.connection()

    @property
    def tasks(self) -> dict[str, OpenTask]:
        """The open tasks by key, read anew: a step seldom needs them."""
        found = open_tasks(self.connection, self.instance.id)
        return {key: task for key, task in found.items() if key in self.open_keys}

    @property
    def timers(self) -> list[SetTimer]:
        """The timers that have not fired, by due."""
        if self.known_timers is None:
            self.known_timers = set_timers(self.connection, self.instance.id)
        return self.known_timers

    def change(self, row: Base, **values: Any) -> None:
        """Change a loaded row of the case now, and on disk when the step is written."""
        for name, value in values.items():
            set_committed_value(row, name, value)
        if values:
            self.change_by_id(type(row), row.id, **values)  # type: ignore[attr-defined]  # every table of running has one

    def change_by_id(self, entity: type[Base], row_id: int, **values: Any) -> None:
        self._changed.setdefault((entity, row_id), {}).update(values)

    def add_tasks(self, rows: Sequence[Mapping[str, Any]]) -> Mapping[str, int]:
        """Insert tasks that open; return their ids by key."""
        self.open_keys.update(row["key"] for row in rows)
        return {row["key"]: NEW_TASK.rows(self.connection, row)[0][0] for row in rows}

    def add_timer(self, **values: Any) -> None:
        """Set a timer. Not among `timers`: a step that ends fires none of its own."""
        self._new_timers.append({"task_id": None, "attempts": 0, "held": False} | values)

    def take_back(self, timers: Iterable[SetTimer]) -> None:
        """Take back timers that no longer apply; an incident that one of them caused stays, without its timer."""
        for timer in list(timers):
            self.timers.remove(timer)
            self._gone_timers.append(timer)

    def tell(self, happening: Happening) -> None:
        self._told.append(happening)

    def flush(self) -> None:
        """Write what was collected of rows now, for what works on them by queries: pauses and recounts do.

        Timers are read anew afterwards.  History and state wait for `write`.
        """
        self.session.flush()
        self._take_up()
        with together(self.connection):
            self._write_changes()
            self._write_timers()
        self.known_timers = None

    def write(self, state: bytes | None = None, *, ended: bool = False) -> None:
        """Write what was collected, then the state: new bytes, none at all when the case has `ended`, or as it was.

        Raises `StaleDataError` where somebody wrote the state without the guard.
        """
        self.session.flush()
        self._take_up()
        with together(self.connection):
            self._write_changes()
            self._write_timers()
            append(self.session, instance_stream(self.instance.id), self._told)
            saved = self._write_state(None if ended else state) if ended or state is not None else None
        self._told.clear()
        if saved is not None and saved.count != 1:
            raise StaleDataError(f"state of case {self.instance.id}")

    def _take_up(self) -> None:
        """Count as changed what a command set on the case itself, which no session watches."""
        seen = inspect(self.instance)
        if seen.transient and seen.modified:
            names = [name for name in OF_INSTANCE if seen.attrs[name].history.has_changes()]
            self.change(self.instance, **{name: getattr(self.instance, name) for name in names})

    def _write_changes(self) -> None:
        held = self.session.identity_map
        for (entity, row_id), values in self._changed.items():
            changing(entity, tuple(values)).write(self.connection, {"changed": row_id, **values})
            known = held.get(entity.__mapper__.identity_key_from_primary_key((row_id,))) if len(held) else None
            for name, value in values.items() if known is not None else ():
                set_committed_value(known, name, value)
        self._changed.clear()

    def _write_timers(self) -> None:
        UNTIED.write_all(self.connection, [{"gone": timer.id} for timer in self._gone_timers if timer.attempts])
        GONE_TIMER.write_all(self.connection, [{"gone": timer.id} for timer in self._gone_timers])
        if self._new_timers:
            NEW_TIMER.write_all(self.connection, self._new_timers)
            self.known_timers = None
        self._gone_timers.clear()
        self._new_timers = []

    def _write_state(self, state: bytes | None) -> Written | None:
        """Store the state, or take it away; return the statement that must have met the version that was loaded."""
        case, seen = self.instance.id, self.version
        if state is None:
            return GONE_STATE.write(self.connection, {"case": case, "seen": seen}) if seen else None
        self.state, self.version = state, seen + 1
        if seen == 0:
            return NEW_STATE.write(self.connection, {"instance_id": case, "state": state, "version": 1})
        values = {"case": case, "seen": seen, "now": state, "next": seen + 1}
        return SAVED_STATE.write(self.connection, values)


@cache
def changing(entity: type[Base], names: tuple[str, ...]) -> Prepared:
    """The update of one row's columns of those names."""
    wanted = entity.__table__.c.id == bindparam("changed")
    return Prepared(update(entity).where(wanted).values(_columns(*names)))
