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
from engine.calendar import calendars
from engine.clock import CaseClock, case_clock
from engine.definitions import Ready, ready
from engine.errors import Conflict, NotFound, StepRefused
from engine.history import Happening, instance_stream, record
from engine.model.definition import Definition
from engine.model.instance import Instance, InstanceStage
from engine.model.instance_state import InstanceState
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
    state: InstanceState
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
        settle(Settling(self.session, self.instance, self.definition, self.ready, self.clock, self.run, by, at))
        for signal in self.run.signals:
            send(self.session, signal, at=at, besides=self.instance.id)
        if self.run.finished:
            self.session.delete(self.state)
        else:
            self.state.state = self.run.dump()
        self.session.flush()

    def resume_clock(self, task: Task, *, at: datetime) -> None:
        """Let the case's clock go on after a wait, as the model says: from where it stood, or from zero."""
        if self.instance.paused_at is not None:
            resume(self, task, at=at)

    def record(self, kind: str, *, by: Actor, at: datetime, **rest: Any) -> None:
        record(self.session, instance_stream(self.instance.id), Happening(kind, by, at, **rest))


def hold(session: Session, instance_id: int) -> Guarded:
    """Take an active instance's guard and load its run. Raises `Conflict` when it has ended."""
    instance = session.scalars(
        select(Instance).where(Instance.id == instance_id).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if instance is None:
        raise NotFound(instance=instance_id)
    if instance.stage != InstanceStage.ACTIVE:
        raise Conflict(instance=instance_id, stage=instance.stage)
    definition = session.get_one(Definition, instance.definition_id)
    found = ready(definition)
    clock = case_clock(calendars(session), instance, definition, found)
    state = session.get_one(InstanceState, instance_id, populate_existing=True)
    run = Run.load(found.compiled, state.state, clock)
    clock.variables = run.variables
    return Guarded(session, instance, definition, found, clock, state, run)


def first(session: Session, instance: Instance, definition: Definition, variables: Mapping[str, Any]) -> Guarded:
    """Give a new instance its run, not yet settled."""
    found = ready(definition)
    clock = case_clock(calendars(session), instance, definition, found)
    clock.variables = variables
    try:
        run = Run.start(found.compiled, variables, instance.started_at, clock)
    except StepFailed as error:
        raise StepRefused(reason=error.code, **error.facts) from error
    state = InstanceState(instance_id=instance.id, state=run.dump())
    session.add(state)
    session.flush()
    return Guarded(session, instance, definition, found, clock, state, run)
