"""Random models, run by the commands on database rows and by the reference interpreter side by side.

Every act reads the case from the database, does one step and writes it back: a case is stored between all its steps.
Several cases share a transaction, each with an act of its own, so that commits do not outweigh the work.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.calendar_file import shipped_calendar
from engine.commands.broadcast_signal import broadcast_signal
from engine.commands.complete_task import Completion, complete_task
from engine.commands.deliver_message import Message, deliver_message
from engine.commands.deploy import Deployment, deploy
from engine.commands.fire_timer import fire_timer
from engine.commands.load_calendar import load_calendar
from engine.commands.start import Opening, start
from engine.database import Database
from engine.definitions import try_out
from engine.model import Definition, Instance, Task, TaskState, Timer
from engine.model.instance import InstanceStage
from engine.model.timer import TimerKind
from tests.engine.spiff.random_events import SAFE, random_model
from tests.engine.spiff.random_models import Model
from tests.engine.spiff.reference import Interpreter
from tests.factories import ADA, MONDAY

ACTS = 10
TOGETHER = 25
CLERK = {"group": "A/clerk", "unit_code": "A", "unit": "Phòng A", "position": "clerk"}
CHIEF = replace(ADA, oversees=True, commands=True)


@dataclass
class Case:
    """One model in play: the case in the database and the reference's picture of it."""

    random: Random
    model: Model
    reference: Interpreter
    row: Instance

    def name_of(self, element: str) -> str:
        """The name of the message or signal that an element waits for."""
        watches = self.reference.watches("message", "signal")
        return next(watch.name or "" for _, _, watch in watches if watch.event == element)


@pytest.mark.parametrize("batch", range(12))
def test_the_rows_are_what_the_reference_enables(database: Database, batch: int) -> None:
    compare(database, range(TOGETHER * batch, TOGETHER * (batch + 1)))


@pytest.mark.full
@pytest.mark.parametrize("batch", range(12, 120))
def test_the_rows_are_what_the_reference_enables_on_many_models(database: Database, batch: int) -> None:
    compare(database, range(TOGETHER * batch, TOGETHER * (batch + 1)))


def compare(database: Database, seeds: range) -> None:
    """Play the models of these seeds, each case one act in a transaction."""
    with database.transaction() as session:
        load_calendar(session, shipped_calendar(), at=MONDAY)
        cases = [opened(session, seed) for seed in seeds]
    for _ in range(ACTS):
        with database.transaction() as session:
            cases = [case for case in cases if agrees(session, case)]
            cases = [case for case in cases if act(session, case)]
    with database.reading() as session:
        for case in cases:
            agrees(session, case)


def opened(session: Session, seed: int) -> Case:
    """Deploy a small model with what it calls; start a case of it, and the reference."""
    model = random_model(seed, SAFE, depth=2)
    for code, source in model.callees.items():
        deployed(session, code, source, number=seed + 1)
    definition = deployed(session, f"M-{seed}", model.source(), number=1)
    values, reference = model.decide(), Interpreter(model.graph)
    reference.begin(values)
    row = start(session, Opening(definition, f"Hồ sơ {seed}", values), by=ADA, at=MONDAY)
    return Case(Random(seed), model, reference, row)


def deployed(session: Session, code: str, source: bytes, *, number: int) -> Definition:
    tasks = [node.id for node in try_out(source).compiled.elements.values() if node.is_task]
    return deploy(session, Deployment(code, number, code, "A", source, dict.fromkeys(tasks, CLERK)), at=MONDAY)


def agrees(session: Session, case: Case) -> bool:
    """Compare the case's rows with the reference; say whether it goes on."""
    reference = case.reference
    tasks, timers = open_tasks(session, case), running(session, case, TimerKind.EVENT)
    assert sorted(task.element for task in tasks) == sorted(reference.enabled() + reference.listening())
    assert sorted(timer.element for timer in timers) == reference.timers()
    stage = session.get_one(Instance, case.row.id).stage
    assert (stage == InstanceStage.COMPLETED) == reference.finished
    return not reference.finished


def open_tasks(session: Session, case: Case) -> Sequence[Task]:
    return session.scalars(
        select(Task).where(Task.instance_id == case.row.id, Task.state == TaskState.OPEN).order_by(Task.id)
    ).all()


def running(session: Session, case: Case, kind: TimerKind) -> Sequence[Timer]:
    return session.scalars(
        select(Timer)
        .where(Timer.instance_id == case.row.id, Timer.kind == kind, Timer.fired_at.is_(None))
        .order_by(Timer.id)
    ).all()


def act(session: Session, case: Case) -> bool:
    """Let something happen in the case; say whether it goes on. A dead end is left to the comparison in memory."""
    tasks, timers, values = open_tasks(session, case), running(session, case, TimerKind.EVENT), case.model.decide()
    chosen = case.random.choice(timers if timers and (not tasks or case.random.random() < 0.3) else tasks)
    name = case.name_of(chosen.element) if isinstance(chosen, Task) and chosen.kind != "user" else ""
    if isinstance(chosen, Task) and chosen.kind == "user":
        case.reference.complete(chosen.element, values)
    elif isinstance(chosen, Task) and chosen.kind == "signal":
        case.reference.hear(name)
    else:
        case.reference.happen(chosen.element)
    if case.reference.dead:
        return False
    if isinstance(chosen, Timer):
        assert fire_timer(session, chosen.id, at=chosen.due_at)
    elif chosen.kind == "user":
        complete_task(session, chosen.id, Completion(variables=values), by=ADA, at=MONDAY)
    elif chosen.kind == "signal":
        tell_all(session, case, name)
    else:
        deliver_message(session, Message(name, case.row.code), by=ADA, at=MONDAY)
    return True


def tell_all(session: Session, case: Case, signal: str) -> None:
    """Broadcast a signal, and let the case hear it as the worker would."""
    assert broadcast_signal(session, signal, by=CHIEF, at=MONDAY) > 0
    for timer in running(session, case, TimerKind.SIGNAL):
        fire_timer(session, timer.id, at=MONDAY)
