"""One step of an instance under its guard: load, run, write what follows, save.

The one place that knows how state, task rows, timers and history keep together.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.calendar import Calendars, calendars
from engine.case_rows import CaseRows
from engine.clock import CaseClock, case_clock
from engine.definitions import Ready, ready
from engine.errors import Conflict, NotFound, StepRefused
from engine.history import Happening
from engine.load import Loaded, load
from engine.model.definition import Definition
from engine.model.instance import Instance
from engine.model.task import Task
from engine.pausing import resume
from engine.settle import Settling, settle
from engine.signals import send
from engine.spiff import NotWaiting, Run, StepFailed


@dataclass(slots=True)
class Guarded:
    """An instance held for one step: nobody else advances it until the transaction ends."""

    session: Session
    instance: Instance
    definition: Definition
    ready: Ready
    clock: CaseClock
    rows: CaseRows
    run: Run

    def step(self, act: Callable[[Run], None], *, by: Actor, at: datetime) -> None:
        """Do one act on the run, then write everything that follows from it.

        Raises `StepRefused` when the model fails (a condition without a value, an endless loop): the caller's
        transaction is rolled back and nothing has changed.
        """
        try:
            act(self.run)
        except (StepFailed, NotWaiting) as error:
            raise StepRefused(reason=error.code, **error.facts) from error
        settle(Settling(self.rows, self.instance, self.definition, self.ready, self.clock, self.run, by, at))
        for signal in self.run.signals:
            send(self.session, signal, at=at, besides=self.instance.id)
        if self.run.finished:
            self.rows.write(ended=True)
        else:
            self.rows.write(self.run.dump())

    def resume_clock(self, task: Task, *, at: datetime) -> None:
        """Let the case's clock go on after a wait, as the model says: from where it stood, or from zero."""
        if self.instance.paused_at is not None:
            resume(self, task, at=at)

    def tell(self, kind: str, *, by: Actor, at: datetime, **rest: Any) -> None:
        """Note what happened, to be written with the step that follows."""
        self.rows.tell(Happening(kind, by, at, **rest))

    def record(self, kind: str, *, by: Actor, at: datetime, **rest: Any) -> None:
        """Write what happened, and what was changed with it, at once: for commands that do not step."""
        self.tell(kind, by=by, at=at, **rest)
        self.rows.write()


def hold(session: Session, instance_id: int) -> Guarded:
    """Take an active instance's guard and load its run. Raises `Conflict` when it has ended."""
    loaded = load(session, instance_id=instance_id)
    if loaded is None:
        stage = session.scalar(select(Instance.stage).where(Instance.id == instance_id))
        raise NotFound(instance=instance_id) if stage is None else Conflict(instance=instance_id, stage=stage)
    return guarded(session, loaded)


def guarded(session: Session, loaded: Loaded) -> Guarded:
    """Bring the run of a loaded case back."""
    instance, definition = loaded.instance, loaded.definition
    found = ready(definition)
    clock = case_clock(calendars(session), instance, definition, found)
    run = Run.load(found.compiled, loaded.state, clock)
    clock.variables = run.variables
    rows = CaseRows(session, instance, loaded.state, loaded.version, {waiting.key for waiting in run.waiting()})
    return Guarded(session, instance, definition, found, clock, rows, run)


def first(
    session: Session,
    instance: Instance,
    definition: Definition,
    variables: Mapping[str, Any],
    *,
    known: Calendars,
) -> Guarded:
    """Give a new instance its run, not yet settled."""
    found = ready(definition)
    clock = case_clock(known, instance, definition, found)
    clock.variables = variables
    try:
        run = Run.start(found.compiled, variables, instance.started_at, clock)
    except StepFailed as error:
        raise StepRefused(reason=error.code, **error.facts) from error
    rows = CaseRows(session, instance, known_timers=[])
    return Guarded(session, instance, definition, found, clock, rows, run)
