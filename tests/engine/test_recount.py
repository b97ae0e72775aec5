"""A changed calendar moves what is open, says why, and leaves alone what is over."""

from datetime import datetime

import pytest
from sqlalchemy import select, update

from bpmn.fiveclear import Branch, Duration, TimeUnit
from engine.calendar_file import parse_calendar
from engine.commands.complete_task import Completion, complete_task
from engine.commands.load_calendar import load_calendar
from engine.history import first_break, instance_stream
from engine.model import CalendarLoad, Event, Incident, Instance, InstanceState, Task, TaskState, Timer, TimerKind
from engine.worker import drain, recount
from engine.worktime import ZONE
from tests.factories import ADA, days, deployed, hours, started, step, table

LIMIT = {"text": "3 ngày làm việc", "value": 3, "unit": "working_day"}
CONTENT = table(
    step("1", "Tiếp nhận", duration=hours(4)),
    step("2", "Thẩm định", duration=hours(16)),
    step("3", "Ký", "signer"),
    statutory_limit=LIMIT,
)
STORM = {"units": {"A": {"days_off": [{"date": "2026-12-01", "name": "Nghỉ tránh bão", "source": "CĐ 88/CĐ-UBND"}]}}}


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


MONDAY = at("2026-11-30 08:00")


def load(database, content, moment="2026-11-30 09:30"):
    with database.transaction() as session:
        return load_calendar(session, parse_calendar(content), at=at(moment), by=ADA)


def complete(database, instance_id, moment, by=ADA):
    with database.transaction() as session:
        query = select(Task).where(Task.instance_id == instance_id, Task.state == TaskState.OPEN)
        complete_task(session, session.scalars(query).first().id, Completion(), by=by, at=at(moment))


def tasks(database, instance_id):
    with database.reading() as session:
        return session.scalars(select(Task).where(Task.instance_id == instance_id).order_by(Task.id)).all()


def case(database, instance_id):
    with database.reading() as session:
        return session.get_one(Instance, instance_id)


def told(database, instance_id, kind="deadline-moved"):
    with database.reading() as session:
        query = select(Event).where(Event.stream == instance_stream(instance_id), Event.kind == kind)
        return session.scalars(query.order_by(Event.number)).all()


@pytest.fixture
def second(database):
    """A case at its second step, due on Wednesday 2/12 at 09:00."""
    instance_id = started(database, deployed(database, CONTENT), at=MONDAY)
    complete(database, instance_id, "2026-11-30 09:00")
    return instance_id


def test_a_day_off_moves_open_deadlines_and_says_why(database, second):
    before = tasks(database, second)
    load(database, STORM)

    seen = recount(database, at=at("2026-11-30 09:31"))

    first, task = tasks(database, second)
    assert seen == 1
    assert (before[1].due_at, task.due_at) == (at("2026-12-02 09:00"), at("2026-12-03 09:00"))
    assert first.due_at == before[0].due_at
    assert case(database, second).due_at == at("2026-12-04 17:00")
    moved = {row.task_id: row.facts for row in told(database, second)}
    assert set(moved) == {None, task.id}
    assert moved[task.id]["from"] == before[1].due_at.isoformat()
    assert moved[task.id]["to"] == task.due_at.isoformat()
    assert moved[task.id]["rows"] == [
        {"day": "2026-12-01", "name": "Nghỉ tránh bão", "source": "CĐ 88/CĐ-UBND", "now": "off"}
    ]


def test_the_reminder_moves_with_its_task(database, second):
    load(database, STORM)
    with database.reading() as session:
        before = session.scalars(select(Timer.due_at).where(Timer.kind == TimerKind.REMINDER)).one()

    recount(database, at=at("2026-11-30 09:31"))

    with database.reading() as session:
        after = session.scalars(select(Timer.due_at).where(Timer.kind == TimerKind.REMINDER)).one()
    assert (before, after) == (at("2026-12-01 15:48"), at("2026-12-02 15:48"))


def test_counting_anew_twice_changes_nothing_more(database, second):
    load(database, STORM)
    recount(database, at=at("2026-11-30 09:31"))
    with database.transaction() as session:
        session.execute(update(CalendarLoad).values(done_instance_id=0, finished_at=None, last_instance_id=second))

    recount(database, at=at("2026-11-30 09:32"))

    assert len(told(database, second)) == 2
    with database.reading() as session:
        assert first_break(session, instance_stream(second)) is None
        assert all(row.finished_at for row in session.scalars(select(CalendarLoad)))


def test_it_is_done_in_batches_and_goes_on_where_it_ended(database, second):
    more = [started(database, deployed(database, CONTENT, number=2 + each), at=MONDAY) for each in range(4)]
    load(database, STORM)

    first = recount(database, at=at("2026-11-30 09:31"), most=2)
    with database.reading() as session:
        halfway = session.scalars(select(CalendarLoad).order_by(CalendarLoad.id.desc())).first().done_instance_id
    rest = recount(database, at=at("2026-11-30 09:32"))

    assert (first, halfway, rest) == (2, more[0], 3)
    assert all(case(database, each).due_at == at("2026-12-04 17:00") for each in (second, *more))


def test_a_closed_case_stays_late(database):
    instance_id = started(database, deployed(database, table(step("1"), statutory_limit=LIMIT)), at=MONDAY)
    complete(database, instance_id, "2026-12-04 08:00")
    load(database, STORM, "2026-12-04 09:00")

    recount(database, at=at("2026-12-04 09:01"))

    closed = case(database, instance_id)
    assert closed.due_at == at("2026-12-03 17:00")
    assert closed.ended_at > closed.due_at
    assert not told(database, instance_id)


def test_lateness_that_was_told_stays_told(database, second):
    drain(database, at=at("2026-12-02 09:00"))
    load(database, STORM, "2026-12-02 10:00")

    recount(database, at=at("2026-12-02 10:01"))

    task = tasks(database, second)[1]
    assert task.due_at == at("2026-12-03 09:00")
    assert task.escalated_at == at("2026-12-02 09:00")
    drain(database, at=at("2026-12-03 09:30"))
    assert len(told(database, second, "task-overdue")) == 1


def test_a_year_that_is_loaded_makes_deadlines_certain(database):
    instance_id = started(database, deployed(database, CONTENT), at=at("2026-12-31 16:00"))
    complete(database, instance_id, "2026-12-31 16:30")
    before = tasks(database, instance_id)[1]
    load(database, {"years": {2027: {"source": "TB 7", "days_off": [{"date": "2027-01-04", "name": "nghỉ"}]}}})

    recount(database, at=at("2027-01-02 08:00"))

    after = tasks(database, instance_id)[1]
    assert (before.provisional, before.due_at) == (True, at("2027-01-05 16:30"))
    assert (after.provisional, after.due_at) == (False, at("2027-01-06 16:30"))
    assert {"year": 2027, "source": "TB 7"} in told(database, instance_id)[-1].facts["rows"]


def test_a_deadline_that_only_becomes_certain_is_told_as_confirmed(database):
    instance_id = started(database, deployed(database, CONTENT), at=at("2027-01-04 08:00"))
    load(database, {"years": {2027: {"source": "TB 7"}}}, "2027-01-04 09:00")

    recount(database, at=at("2027-01-04 09:01"))

    assert not told(database, instance_id)
    assert len(told(database, instance_id, "deadline-confirmed")) == 2


def test_a_silence_rule_moves_with_the_calendar(database):
    content = table(
        step("1a", "Cho ý kiến", parallel_group="g", duration=hours(16)),
        step("1b", "Kiểm tra", "signer", parallel_group="g"),
        step("2", "Tổng hợp"),
        branches=[Branch("1a", "quá hạn không trả lời", "2", note="silent_consent")],
    )
    instance_id = started(database, deployed(database, content), at=MONDAY)
    load(database, STORM)

    recount(database, at=at("2026-11-30 09:31"))
    drain(database, at=at("2026-12-02 08:00"))
    waiting = {task.element for task in tasks(database, instance_id) if task.state == TaskState.OPEN}
    drain(database, at=at("2026-12-03 08:00"))

    assert "step_1a" in waiting
    assert tasks(database, instance_id)[0].state == TaskState.CANCELLED


def test_calendar_days_move_only_where_their_end_does(database):
    content = table(step("1", "Xem xét", duration=days(3)), statutory_limit={"value": 3, "unit": "calendar_day"})
    instance_id = started(database, deployed(database, content), at=at("2026-11-28 08:00"))
    load(database, STORM, "2026-11-28 09:00")

    recount(database, at=at("2026-11-28 09:01"))

    assert tasks(database, instance_id)[0].due_at == at("2026-12-02 17:00")


def test_a_broken_case_stops_no_other(database, second):
    sound = started(database, deployed(database, CONTENT, number=2), at=MONDAY)
    load(database, STORM)
    with database.transaction() as session:
        session.execute(update(InstanceState).where(InstanceState.instance_id == second).values(state=b"{}"))

    recount(database, at=at("2026-11-30 09:31"))

    assert case(database, sound).due_at == at("2026-12-04 17:00")
    with database.reading() as session:
        assert [each.instance_id for each in session.scalars(select(Incident))] == [second]


def test_a_unit_that_counts_by_days_does_so_from_the_day_on(database):
    content = table(step("1", duration=Duration("1 ngày làm việc", TimeUnit.WORKING_DAY, 1)))
    instance_id = started(database, deployed(database, content), at=MONDAY)
    load(database, {"units": {"A": {"rules": [{"from": "2026-11-01", "steps": "day", "source": "QĐ 9"}]}}})

    recount(database, at=at("2026-11-30 09:31"))

    assert tasks(database, instance_id)[0].due_at == at("2026-12-01 17:00")
    assert told(database, instance_id)[0].facts["rows"] == [{"from": "2026-11-01", "kind": "rule", "source": "QĐ 9"}]
