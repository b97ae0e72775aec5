"""A case's clock stands for the citizen, begins from zero once the dossier is complete, and stops for good."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bpmn.fiveclear import Branch
from engine.commands.complete_task import Completion, complete_task
from engine.commands.move_task import move_task
from engine.definitions import ready
from engine.model import Definition, Event, Instance, Pause, Task, TaskState, Timer, TimerKind
from engine.worker import drain
from engine.worktime import ZONE
from tests.factories import ADA, CY, MONDAY, days, deployed, hours, started, step, table

LIMIT = {"text": "10 ngày làm việc", "value": 10, "unit": "working_day"}
DOSSIER = "hồ sơ chưa đạt"
CHIEF = replace(ADA, oversees=True, commands=True)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def case_of(clock, *, goto="wait_citizen", limit=LIMIT, duration=hours):
    """Three steps; the third may send the case to the citizen. Deployed performers include the wait."""
    return table(
        step("1", "Tiếp nhận", duration=duration(2)),
        step("2", "Phân công", duration=duration(4)),
        step("3", "Thẩm định", duration=duration(8)),
        step("4", "Ký", "signer", duration=duration(3)),
        branches=[Branch("3", DOSSIER, goto, clock=clock)],
        statutory_limit=limit,
    )


class Followed:
    """One case and its acts."""

    def __init__(self, database, content):
        self.database = database
        self.id = started(database, deployed(database, content), at=at("2026-11-30 08:00"))

    def open(self):
        with self.database.reading() as session:
            query = select(Task).where(Task.instance_id == self.id, Task.state == TaskState.OPEN)
            return session.scalars(query.order_by(Task.id)).all()

    def do(self, moment, outcome=None, *, place=0):
        task = self.open()[place]
        by = CY if task.group_key == "A/signer" else ADA
        with self.database.transaction() as session:
            known = task.group_key or None
            if known is None:
                session.get_one(Task, task.id).assignee_id = by.id
            complete_task(session, task.id, Completion(outcome), by=by, at=at(moment))

    @property
    def case(self):
        with self.database.reading() as session:
            return session.get_one(Instance, self.id)

    def told(self, kind):
        with self.database.reading() as session:
            query = select(Event).where(Event.stream == f"instance:{self.id}", Event.kind == kind)
            return session.scalars(query.order_by(Event.number)).all()


def to_the_citizen(database, content):
    """Bring a case to the citizen at 10:00 on Wednesday 2/12."""
    case = Followed(database, content)
    case.do("2026-11-30 09:00")
    case.do("2026-11-30 10:00")
    case.do("2026-12-02 10:00", DOSSIER)
    return case


def test_while_the_citizen_is_waited_for_the_clock_stands(database):
    case = to_the_citizen(database, case_of("pause"))

    (wait,) = case.open()
    assert wait.paused_at == case.case.paused_at == at("2026-12-02 10:00")
    assert case.case.clock == "paused"
    assert case.told("clock-paused")[0].facts["mode"] == "pause"


def test_after_a_pause_the_limit_moves_by_the_days_that_the_clock_stood(database):
    case = to_the_citizen(database, case_of("pause"))
    before = case.case.due_at

    case.do("2026-12-07 09:00")

    assert before == at("2026-12-14 17:00")
    assert case.case.due_at == at("2026-12-17 17:00")
    assert (case.case.paused_at, case.case.clock) == (None, "running")
    assert case.case.paused_minutes == 3 * 480 - 60
    assert case.told("clock-resumed")[0].facts["minutes"] == 3 * 480 - 60


def test_after_a_supplement_the_limit_counts_from_zero(database):
    case = to_the_citizen(database, case_of("restart"))

    case.do("2026-12-07 09:00")

    assert case.case.due_at == at("2026-12-21 17:00")


def test_after_a_restart_the_path_begins_at_the_step_that_the_case_returns_to(database):
    limit = {"text": "20 ngày", "value": 20, "unit": "calendar_day"}
    case = to_the_citizen(database, case_of("restart", limit=limit, duration=days))

    case.do("2026-12-07 09:00")
    third = case.open()[0]
    case.do("2026-12-08 09:00")

    assert third.due_at == third.planned_at == at("2026-12-15 17:00")
    assert case.open()[0].planned_at == at("2026-12-18 17:00")
    assert case.open()[0].due_at <= case.case.due_at


def test_a_pause_keeps_the_place_on_the_path(database):
    limit = {"text": "20 ngày", "value": 20, "unit": "calendar_day"}
    case = to_the_citizen(database, case_of("pause", limit=limit, duration=days))

    case.do("2026-12-07 09:00")

    assert case.open()[0].planned_at == at("2026-12-21 17:00")  # 30/11 + 5 days stood + 14 = 19/12, a Saturday


def test_a_stopped_clock_leaves_no_limit_but_the_steps_own(database):
    case = to_the_citizen(database, case_of("stop"))

    case.do("2026-12-07 09:00")

    assert (case.case.due_at, case.case.clock) == (None, "stopped")
    assert case.open()[0].due_at == at("2026-12-08 09:00")
    assert len(case.told("clock-stopped")) == 1


def test_a_way_back_that_pauses_holds_the_limit_until_the_step_is_back(database):
    case = to_the_citizen(database, case_of("pause", goto="2"))

    assert case.case.paused_at == at("2026-12-02 10:00")
    assert case.open()[0].paused_at is None
    assert case.open()[0].due_at == at("2026-12-02 16:00")
    case.do("2026-12-03 10:00")

    assert case.case.paused_at is None
    assert case.case.due_at == at("2026-12-15 17:00")


def test_a_way_back_that_restarts_counts_from_zero_at_once(database):
    case = to_the_citizen(database, case_of("restart", goto="2"))

    assert case.case.paused_at is None
    assert case.case.due_at == at("2026-12-16 17:00")


def test_an_end_that_stops_the_clock_is_an_end(database):
    case = to_the_citizen(database, case_of("stop", goto="end_rejected"))

    assert case.case.stage == "completed"


PARALLEL = table(
    step("1", "Tiếp nhận", duration=hours(1)),
    step("2a", "Xác minh", parallel_group="g", duration=hours(16)),
    step("2b", "Kiểm tra hồ sơ", "signer", parallel_group="g", duration=hours(8)),
    step("3", "Tổng hợp"),
    branches=[
        Branch("2b", DOSSIER, "wait_citizen", clock="pause"),
        Branch("2a", "quá hạn không trả lời", "3", note="silent_consent"),
    ],
    statutory_limit=LIMIT,
)


def paused_beside(database):
    case = Followed(database, PARALLEL)
    case.do("2026-11-30 09:00")
    case.do("2026-11-30 14:30", DOSSIER, place=1)
    return case


def test_what_is_open_beside_a_wait_stands_too_and_gets_its_time_back(database):
    case = paused_beside(database)
    beside = case.open()[0]
    wait = next(place for place, task in enumerate(case.open()) if task.kind == "receive")

    case.do("2026-12-03 14:30", place=wait)

    after = next(task for task in case.open() if task.id == beside.id)
    assert beside.paused_at == at("2026-11-30 14:30")
    assert (beside.due_at, after.due_at) == (at("2026-12-02 09:00"), at("2026-12-05 09:00") + timedelta(days=2))
    assert (after.paused_at, after.paused_minutes) == (None, 3 * 480)
    assert [row.facts["name"] for row in case.told("deadline-moved")] == ["Xác minh"]


def test_while_the_clock_stands_nobody_is_reminded_and_silence_does_not_pass(database):
    case = paused_beside(database)

    drain(database, at=at("2026-12-02 16:00"))
    wait = next(place for place, task in enumerate(case.open()) if task.kind == "receive")
    case.do("2026-12-03 14:30", place=wait)
    drain(database, at=at("2026-12-04 08:00"))
    standing = [task.element for task in case.open()]
    drain(database, at=at("2026-12-07 09:00"))

    assert "step_2a" in standing
    assert "step_2a" not in [task.element for task in case.open()]
    assert len(case.told("timer-fired")) == 1


def test_a_wait_that_ends_by_itself_lets_the_clock_go_on(database):
    case = to_the_citizen(database, case_of("pause"))
    with database.transaction() as session:
        pause = session.scalars(select(Pause)).one()
        assert pause.until_at is None
        assert session.scalars(select(Timer.kind).where(Timer.held.is_(False), Timer.fired_at.is_(None))).all() in (
            [],
            [TimerKind.LIMIT],
        )

    case.do("2026-12-07 09:00")

    with database.reading() as session:
        assert session.scalars(select(Pause.until_at)).one() == at("2026-12-07 09:00")
        assert not session.scalars(select(Timer).where(Timer.held)).all()


@pytest.mark.parametrize("clock", ["pause", "restart"])
def test_waiting_twice_counts_twice(database, clock):
    case = to_the_citizen(database, case_of(clock))
    case.do("2026-12-07 09:00")
    case.do("2026-12-08 10:00", DOSSIER)
    case.do("2026-12-10 10:00")

    wanted = {"pause": "2026-12-21 17:00", "restart": "2026-12-24 17:00"}
    assert case.case.due_at == at(wanted[clock])
    assert case.case.clock_started_at > MONDAY


def moved(database, case, to, moment):
    with database.transaction() as session:
        move_task(session, case.open()[0].id, to, reason="Đã có giấy tờ", by=CHIEF, at=at(moment))


def test_a_wait_that_a_case_is_moved_out_of_lets_the_clock_go_on(database):
    case = to_the_citizen(database, case_of("pause"))

    moved(database, case, "step_4", "2026-12-07 09:00")

    assert case.open()[0].element == "step_4"
    assert (case.case.paused_at, case.case.clock) == (None, "running")
    assert case.case.due_at == at("2026-12-17 17:00")
    assert len(case.told("clock-resumed")) == 1


def test_a_way_back_that_pauses_ends_when_the_case_is_moved_past_its_step(database):
    case = to_the_citizen(database, case_of("pause", goto="2"))

    moved(database, case, "step_4", "2026-12-03 10:00")

    assert case.case.paused_at is None
    assert case.case.due_at == at("2026-12-15 17:00")


def test_what_opens_when_a_case_is_moved_into_a_wait_stands(database):
    case = Followed(database, case_of("pause"))
    wait = next(node for node in case_nodes(database, case.id) if node.tag == "receiveTask")

    moved(database, case, wait.id, "2026-11-30 09:00")

    (task,) = case.open()
    assert task.paused_at == case.case.paused_at == at("2026-11-30 09:00")


def case_nodes(database, case):
    with database.reading() as session:
        definition = session.get_one(Definition, session.get_one(Instance, case).definition_id)
        return list(ready(definition).process.nodes.values())
