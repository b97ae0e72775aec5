"""Processes of the server are killed at any moment; no step that was acknowledged is lost, doubled or halved.

Officers go on completing tasks meanwhile, and send what got no answer again under its Idempotency-Key.
"""

import http.client
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event as Flag

import pytest
from sqlalchemy import select

from engine.database import Database
from engine.history import instance_stream
from engine.model import Definition, Event, Task, TaskState
from procedures.demo.load import load_demo
from procedures.queries.people import everybody
from tests.journeys.running import (
    CODE,
    PATIENCE,
    Caller,
    Reply,
    Server,
    caller,
    kill,
    open_cases,
    processes,
    serving,
    until,
)
from tests.journeys.sound import faults

OFFICERS = 4  # at work at the same time
IMPATIENT = 0.1  # of all steps are sent again although they were answered
STEPS = 7  # of the shipped procedure, its normal way


@dataclass
class Office:
    """Officers at work on cases of one town. `done` are the answers they got, by task."""

    database: Database
    callers: Mapping[str, Caller]
    cases: Sequence[int]
    seed: int
    done: dict[int, Reply] = field(default_factory=dict)
    sent_again: int = 0
    asleep: list[int] = field(default_factory=list)
    closing: Flag = field(default_factory=Flag)

    def work(self, officer: int) -> None:
        """Take one step after the other, each in some case of one's own, until the office closes."""
        chance = random.Random(f"{self.seed}/{officer}")
        mine = list(self.cases[officer::OFFICERS])
        while mine and not self.closing.is_set():
            case = chance.choice(mine)
            task = self.open_task(case)
            if task is None:
                mine.remove(case)
                continue
            key, performer = f"{task.id}-{chance.random()}", self.callers[task.group_key]
            send = partial(performer.complete, task.id, key=key)
            self.done[task.id] = self.insist(send)
            if chance.random() < IMPATIENT:
                assert self.insist(send).body == self.done[task.id].body

    def open_task(self, case: int) -> Task | None:
        with self.database.reading() as session:
            query = select(Task).where(Task.instance_id == case, Task.state == TaskState.OPEN).order_by(Task.id)
            return session.scalars(query).first()

    def insist(self, send: Callable[[], Reply]) -> Reply:
        """Send a request until it is answered; an answer is that the step is done."""
        deadline = time.monotonic() + PATIENCE
        while True:
            assert time.monotonic() < deadline
            try:
                reply = send()
            except (OSError, http.client.HTTPException, ValueError):  # cut off before, within or after the answer
                self.sent_again += 1
                time.sleep(0.05)
                continue
            if reply.status != 503:
                assert reply.status == 200, reply
                return reply
            time.sleep(0.05)


@dataclass(frozen=True)
class Plan:
    """What is killed, over how many steps; `order` shuffles the kills, the last one keeps its place.

    At every power cut so many cases come in with a reminder that was due days ago.
    """

    seed: int
    steps: int
    kills: Sequence[str]
    asleep: int

    @property
    def order(self) -> Sequence[str]:
        chance = random.Random(self.seed)
        return [*chance.sample(self.kills[:-1], len(self.kills) - 1), self.kills[-1]]


SHORT = Plan(1, 120, ["serving"] * 6 + ["http", "worker", "everything"], 5)
LONG = [
    Plan(seed, 1000, ["serving"] * 8 + ["http", "worker", "supervisor", "everything"] * 2, 50) for seed in (2, 3, 4)
]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The demo town, on each kind of database."""
    opened = Database(database_url)
    load_demo(opened, at=datetime.now(UTC))
    yield opened
    opened.dispose()


def strike(server: Server, what: str, while_down: Callable[[], None]) -> None:
    """Kill some of the server's processes; return when all of them are there again."""
    found = server.processes()
    if what == "everything":
        server.kill()
        while_down()
        server.start()
    elif what == "supervisor":
        server.kill_supervisor()
        until(lambda: not set(found.all) & set(processes()))  # its children end with it
        server.start()
    else:
        struck = {"serving": found.serving, "http": found.http, "worker": found.worker}[what]
        for pid in struck:
            kill(pid)
        until(lambda: not set(struck) & set(server.processes().all))
    until(lambda: all((now := server.processes(), now.http, now.serving, now.worker)))
    server.await_answer()


def holders(database: Database, port: int) -> Mapping[str, Caller]:
    """A program for every position of the town, with the token of its first holder."""
    with database.reading() as session:
        people = everybody(session, at=datetime.now(UTC))
    by_group = {group: each.officer.login for each in reversed(people) for group in each.actor.groups}
    with database.reading() as session:
        needed = session.scalars(select(Definition.performers).where(Definition.code == CODE)).one()
    return {group: caller(database, by_group[group], port) for group in {each["group"] for each in needed.values()}}


def run(database: Database, server: Server, plan: Plan) -> Office:
    """Let officers work while processes are killed; return their office when all have stopped."""
    cases = open_cases(database, plan.steps // STEPS * 2, at=datetime.now(UTC))
    office = Office(database, holders(database, server.port), cases, plan.seed)
    chance = random.Random(plan.seed)
    with ThreadPoolExecutor(OFFICERS) as pool:
        at_work = [pool.submit(office.work, officer) for officer in range(OFFICERS)]
        try:
            for number, what in enumerate((*plan.order, None), 1):
                wanted = plan.steps * number // (len(plan.kills) + 1)
                until(lambda: len(office.done) >= wanted or any(each.done() for each in at_work))  # noqa: B023  # at once
                time.sleep(chance.uniform(0, 0.05))
                if what is not None:
                    strike(server, what, lambda: office.asleep.extend(overslept(database, plan.asleep)))
        finally:
            office.closing.set()
    for each in at_work:
        each.result()
    return office


def check(office: Office, plan: Plan) -> None:
    """Every acknowledged step is on disk as it was answered, once; everything agrees."""
    with office.database.reading() as session:
        tasks = {task.id: task for task in session.scalars(select(Task).where(Task.id.in_(office.done)))}
        query = select(Event.task_id).where(Event.kind == "task-completed", Event.task_id.in_(office.done))
        told = Counter(session.scalars(query))
        ours = select(Task.id).where(Task.instance_id.in_(office.cases), Task.state == TaskState.COMPLETED)
        completed = session.scalars(ours).all()
    assert len(office.done) >= plan.steps
    assert set(completed) == set(office.done)
    assert {task: reply.body["completed_by"] for task, reply in office.done.items()} == {
        task.id: task.completed_by for task in tasks.values()
    }
    assert told == dict.fromkeys(office.done, 1)
    assert faults(office.database) == []


def overslept(database: Database, count: int) -> Sequence[int]:
    """Open cases whose first task should have been reminded of days ago."""
    return open_cases(database, count, at=datetime.now(UTC) - timedelta(days=10))


def reminders(database: Database, cases: Sequence[int]) -> Counter[int]:
    """Return how often the history tells of a reminder in each case."""
    streams = {instance_stream(case): case for case in cases}
    with database.reading() as session:
        told = session.scalars(select(Event.stream).where(Event.kind == "task-reminded", Event.stream.in_(streams)))
        return Counter(streams[stream] for stream in told)


def kept(database: Database, folder: Path, plan: Plan) -> Office:
    """Carry a plan out, then wait until who overslept was reminded, and kill the worker once more."""
    server = Server(url_of(database), folder)
    with serving(server):
        server.await_answer()
        office = run(database, server, plan)
        until(lambda: len(reminders(database, office.asleep)) == len(office.asleep))
        strike(server, "worker", lambda: None)
    return office


def test_no_acknowledged_step_is_lost_and_a_due_reminder_fires_once(database: Database, tmp_path: Path) -> None:
    office = kept(database, tmp_path / "data", SHORT)

    check(office, SHORT)
    assert reminders(database, office.asleep) == dict.fromkeys(office.asleep, 1)
    assert office.sent_again > 0


@pytest.mark.full
@pytest.mark.parametrize("plan", LONG, ids=lambda plan: f"seed-{plan.seed}")
def test_no_acknowledged_step_is_lost_in_a_long_run(database: Database, tmp_path: Path, plan: Plan) -> None:
    office = kept(database, tmp_path / "data", plan)

    check(office, plan)
    assert reminders(database, office.asleep) == dict.fromkeys(office.asleep, 1)


def url_of(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)
