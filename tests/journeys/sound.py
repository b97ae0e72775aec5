"""What must hold of a town at any moment between two transactions, whatever was killed when."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from engine.advance import Guarded, hold
from engine.database import Database
from engine.history import first_break
from engine.model import Event, Instance, InstanceStage, InstanceState, Task, TaskState, Timer, TimerKind

TOLD = {TaskState.COMPLETED: "task-completed", TaskState.CANCELLED: "task-cancelled"}


def faults(database: Database) -> Sequence[str]:
    """Return what does not agree: task rows, history, timers, the engine's state, the database itself."""
    with database.transaction() as session:
        return [
            *file_faults(session),
            *history_faults(session),
            *(
                f"case {case}: {what}"
                for case in session.scalars(select(Instance.id))
                for what in of_case(session, case)
            ),
        ]


def file_faults(session: Session) -> Iterator[str]:
    """What SQLite itself finds: PostgreSQL refuses such rows when they are written."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for row in session.execute(text("PRAGMA foreign_key_check")):
        yield f"foreign key: {row}"
    for (said,) in session.execute(text("PRAGMA integrity_check")):
        if said != "ok":
            yield f"integrity: {said}"


def history_faults(session: Session) -> Iterator[str]:
    """Chains that break, and tasks whose rows and history differ."""
    for stream in session.scalars(select(Event.stream).distinct()):
        if (number := first_break(session, stream)) is not None:
            yield f"{stream}: breaks at {number}"
    expected = Counter[tuple[int | None, str]]()
    for task in session.scalars(select(Task)):
        expected[task.id, "task-opened"] = 1
        if task.state in TOLD:
            expected[task.id, TOLD[TaskState(task.state)]] = 1
        if task.reminded_at is not None:
            expected[task.id, "task-reminded"] = 1
    kinds = ("task-opened", "task-reminded", *TOLD.values())
    told = Counter(map(tuple, session.execute(select(Event.task_id, Event.kind).where(Event.kind.in_(kinds)))))
    for row in expected.keys() | told.keys():
        if expected[row] != told[row]:
            yield f"task and kind {row}: told {told[row]} times"


def of_case(session: Session, case: int) -> Iterator[str]:
    """Where rows and run of one case differ."""
    instance = session.get_one(Instance, case)
    tasks = session.scalars(select(Task).where(Task.instance_id == case)).all()
    timers = session.scalars(select(Timer).where(Timer.instance_id == case, Timer.fired_at.is_(None))).all()
    open_tasks = {task.id: task.key for task in tasks if task.state == TaskState.OPEN}
    if len({task.key for task in tasks}) != len(tasks):
        yield "a task twice"
    if not {timer.task_id for timer in timers if timer.kind == TimerKind.REMINDER} <= set(open_tasks):
        yield "a reminder without an open task"
    if instance.stage == InstanceStage.ACTIVE:
        yield from of_run(hold(session, case), list(open_tasks.values()), timers)
    elif open_tasks or timers or session.get(InstanceState, case) is not None:
        yield "ended, and something is left"


def of_run(guarded: Guarded, keys: Sequence[str], timers: Sequence[Timer]) -> Iterator[str]:
    """Where the open rows of a running case differ from its run."""
    waiting = sorted(waiting.key for waiting in guarded.run.waiting())
    pending = sorted((timer.key, timer.due_at) for timer in guarded.run.timers())
    rows = sorted((timer.key, timer.due_at) for timer in timers if timer.kind == TimerKind.EVENT)
    if sorted(keys) != waiting:
        yield f"open {sorted(keys)}, waiting {waiting}"
    if rows != pending:
        yield f"timers {rows}, pending {pending}"
    if guarded.run.dump() != guarded.rows.state:
        yield "state changes by being loaded"
    if json.loads(guarded.rows.state)["definition"] != guarded.definition.sha256:
        yield "state of another definition"
