"""Two people, two server processes, one moment: one of them wins, and whoever loses is told to whom.

Both servers serve the same town, on SQLite and on PostgreSQL.
"""

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from engine.database import Database
from engine.history import first_break, instance_stream
from engine.model import Event, Task, TaskState
from procedures.commands.appraise import Judgement, appraise
from procedures.commands.create_procedure import NewProcedure, create_procedure
from procedures.commands.save_draft import Draft, save_draft
from procedures.commands.submit import submit
from procedures.demo.load import load_demo
from procedures.demo.shipped import library
from procedures.evidence import Gate, examine
from procedures.history import procedure_stream
from procedures.model import Decision, Holding, Position, Procedure, Stage, Verdict, Version
from procedures.queries.people import local_day, organisation, person_by_login
from procedures.queries.plans import plans
from tests.journeys.running import CLERK, Caller, Reply, Server, at_once, caller, open_cases, serving
from tests.postgres import Server as PostgreSQL

AUTHOR, APPRAISER = "tckh.chuyen-vien-dang-ky-kinh-doanh", "nv.truong-phong"
SECOND_APPRAISER, CHAIRMAN = "nv.pho-truong-phong", "ubnd.chu-tich-ubnd-thi-xa"
RACES = 200


@dataclass(frozen=True)
class Town:
    """A town behind two servers. Every officer asks the server that is given as his number."""

    database: Database
    ports: Sequence[int]

    def caller(self, login: str, server: int = 0) -> Caller:
        return caller(self.database, login, self.ports[server])

    def both(self, login: str) -> tuple[Caller, Caller]:
        """One officer at both servers."""
        return self.caller(login, 0), self.caller(login, 1)

    def first_tasks(self, count: int) -> Sequence[int]:
        """Open so many cases; return their first tasks."""
        cases = open_cases(self.database, count, at=datetime.now(UTC))
        with self.database.reading() as session:
            return session.scalars(select(Task.id).where(Task.instance_id.in_(cases)).order_by(Task.id)).all()

    def task(self, task: int) -> Task:
        with self.database.reading() as session:
            return session.get_one(Task, task)

    def completions(self, tasks: Sequence[int]) -> Counter[int | None]:
        """Return how many history rows tell of each task's completion."""
        query = select(Event.task_id).where(Event.kind == "task-completed", Event.task_id.in_(tasks))
        with self.database.reading() as session:
            return Counter(session.scalars(query))

    def broken(self, tasks: Sequence[int]) -> Sequence[int]:
        """Return the cases of the tasks whose history does not hold together."""
        with self.database.reading() as session:
            cases = session.scalars(select(Task.instance_id).where(Task.id.in_(tasks)).distinct()).all()
            return [case for case in cases if first_break(session, instance_stream(case)) is not None]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The demo town behind two servers without workers, for all tests of this file."""
    folder = tmp_path_factory.mktemp("race")
    if request.param == "sqlite":
        url = f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite'), folder / 'town.db')}"
    else:
        running: PostgreSQL = request.getfixturevalue("postgresql")
        running.drop("race")
        url = running.create("race", template="empty_town")
    database = Database(url)
    servers = [Server(url, folder / name, "http") for name in ("first", "second")]
    with serving(*servers):
        load_demo(database, at=datetime.now(UTC))
        for server in servers:
            server.await_answer()
        yield Town(database, [server.port for server in servers])
    database.dispose()


def statuses(replies: Sequence[Reply]) -> Sequence[int]:
    return sorted(reply.status for reply in replies)


def refused(replies: Sequence[Reply]) -> Any:
    """The body of the one answer that is a refusal."""
    (body,) = [reply.body for reply in replies if reply.status != 200]
    return body


def test_of_two_who_complete_a_task_at_once_one_wins_and_the_other_is_told_who(town: Town) -> None:
    an, binh = town.caller(CLERK, 0), town.caller(f"{CLERK}.2", 1)
    tasks = town.first_tasks(RACES)

    replies = [at_once(lambda: an.complete(task), lambda: binh.complete(task)) for task in tasks]  # noqa: B023  # at once

    assert Counter(map(tuple, map(statuses, replies))) == {(200, 409): RACES}
    winners = [an.officer if first.status == 200 else binh.officer for first, _ in replies]
    assert [town.task(task).completed_by for task in tasks] == winners
    assert [refused(pair)["facts"]["by"] for pair in replies] == winners
    assert {refused(pair)["code"] for pair in replies} == {"task-closed"}
    assert town.completions(tasks) == dict.fromkeys(tasks, 1)
    assert town.broken(tasks) == []


def test_the_same_request_sent_twice_at_once_has_one_effect_and_one_answer(town: Town) -> None:
    first, second = town.both(CLERK)
    tasks = town.first_tasks(20)

    replies = [
        at_once(
            lambda: first.complete(task, key=f"twice-{task}"),  # noqa: B023  # at once
            lambda: second.complete(task, key=f"twice-{task}"),  # noqa: B023  # at once
        )
        for task in tasks
    ]

    assert Counter(map(tuple, map(statuses, replies))) == {(200, 200): 20}
    assert all(one.body == other.body for one, other in replies)
    assert town.completions(tasks) == dict.fromkeys(tasks, 1)
    assert town.broken(tasks) == []


@pytest.mark.parametrize("other_task", [False, True], ids=["the-same-task", "another-task"])
def test_another_request_with_the_same_key_at_once_is_refused(town: Town, other_task: bool) -> None:
    first, second = town.both(CLERK)
    tasks = town.first_tasks(20)
    pairs = list(zip(tasks[::2], tasks[1::2], strict=True))

    replies = [
        at_once(
            lambda: first.complete(one, key=f"reused-{one}"),  # noqa: B023  # at once
            lambda: second.complete(other if other_task else one, note="khác", key=f"reused-{one}"),  # noqa: B023  # at once
        )
        for one, other in pairs
    ]

    assert Counter(map(tuple, map(statuses, replies))) == {(200, 409): 10}
    assert {refused(pair)["code"] for pair in replies} == {"idempotency-key-reused"}
    assert sum(town.completions(tasks).values()) == 10
    assert Counter(town.task(task).state for task in tasks) == {TaskState.COMPLETED: 10, TaskState.OPEN: 10}


def version(town: Town, code: str, *, until: Stage) -> None:
    """Bring a new procedure's first version as far as that stage."""
    at = datetime.now(UTC)
    source = library("TCKH/QT-TCKH-01.bpmn")
    with town.database.transaction() as session:
        evidence = examine(source, Gate(organisation(session, at=at), at))
        author = person_by_login(session, AUTHOR, at=at)
        create_procedure(session, NewProcedure(code, f"Quy trình {code}", "TCKH"), by=author, at=at)
        save_draft(session, code, Draft(source, evidence), by=author, at=at)
        if until is not Stage.DRAFT:
            submit(session, code, evidence, by=author, at=at)
        if until is Stage.APPRAISED:
            appraiser = person_by_login(session, APPRAISER, at=at)
            appraise(session, code, 1, Judgement(Verdict.ACCEPT), by=appraiser, at=at)


def told(town: Town, code: str, kind: str) -> tuple[str, int]:
    """Return the stage of a procedure's first version, and how often its unbroken history tells of something."""
    with town.database.reading() as session:
        procedure = session.scalars(select(Procedure).where(Procedure.code == code)).one()
        stage = session.scalars(select(Version.stage).where(Version.procedure_id == procedure.id)).one()
        stream = procedure_stream(procedure.id)
        times = session.scalar(select(func.count()).where(Event.stream == stream, Event.kind == kind))
        assert first_break(session, stream) is None
    return stage, times or 0


@pytest.fixture(scope="module")
def two_appraisers(town: Town) -> tuple[Caller, Caller]:
    """Two officers who hold the appraiser's position, each at a server of his own."""
    with town.database.transaction() as session:
        position = session.scalars(select(Position.id).where(Position.key == "NV/truong-phong")).one()
        second = person_by_login(session, SECOND_APPRAISER, at=datetime.now(UTC)).officer.id
        session.add(Holding(officer_id=second, position_id=position, from_on=date(2021, 1, 1)))
    return town.caller(APPRAISER, 0), town.caller(SECOND_APPRAISER, 1)


@pytest.mark.parametrize("number", range(5))
def test_a_version_is_appraised_once(town: Town, two_appraisers: tuple[Caller, Caller], number: int) -> None:
    first, second = two_appraisers
    version(town, f"QT-TD-{number}", until=Stage.SUBMITTED)
    path = f"/procedures/QT-TD-{number}/versions/1/appraise"

    replies = at_once(
        lambda: first.ask("POST", path, {"verdict": "accept"}),
        lambda: second.ask("POST", path, {"verdict": "return", "reason": "Thiếu biểu mẫu."}),
    )

    accepted = replies[0].status == 200
    stage = told(town, f"QT-TD-{number}", f"version-{'appraised' if accepted else 'returned'}")
    assert statuses(replies) == [200, 409]
    assert refused(replies)["code"] == "no-open-step"
    assert stage == (Stage.APPRAISED if accepted else Stage.DRAFT, 1)


@pytest.mark.parametrize("number", range(5))
def test_a_version_comes_in_force_under_one_decision(town: Town, number: int) -> None:
    first, second = town.both(CHAIRMAN)
    code, numbers = f"QT-CN-{number}", (f"{10 + number}/QĐ-UBND", f"{60 + number}/QĐ-UBND")
    version(town, code, until=Stage.APPRAISED)
    with town.database.reading() as session:
        plan = plans(session)[0].code
    body = {"plan": plan, "versions": [{"code": code, "number": 1}], "signed_on": str(local_day(datetime.now(UTC)))}
    body |= {"early_reason": "Dùng thử."}

    replies = at_once(
        lambda: first.ask("POST", "/recognitions", body | {"number": numbers[0]}),
        lambda: second.ask("POST", "/recognitions", body | {"number": numbers[1]}),
    )

    items = [reply.body["items"][0] for reply in replies]
    with town.database.reading() as session:
        used = session.scalars(select(Decision.number).where(Decision.number.in_(numbers))).all()
    assert statuses(replies) == [200, 200]
    assert sorted((item["recognised"], item["error"]) for item in items) == [(False, "no-open-step"), (True, None)]
    assert used == [number for number, item in zip(numbers, items, strict=True) if item["recognised"]]
    assert told(town, code, "version-recognised") == (Stage.IN_FORCE, 1)
