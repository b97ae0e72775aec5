"""Who is told of a deadline, once each, whenever the worker wakes."""

from datetime import date, datetime
from fractions import Fraction

import pytest
from sqlalchemy import select

from bpmn.fiveclear import Branch, Duration, TimeUnit
from engine.commands.complete_task import Completion, complete_task
from engine.commands.extend_case import extend_case
from engine.errors import Conflict, Invalid, NotAllowed
from engine.model import Event, Instance, Task, TaskState, Timer
from engine.worker import drain
from engine.worktime import ZONE
from tests.factories import ADA, CY, deployed, hours, started, step, table

LIMIT = {"text": "5 ngày làm việc", "value": 5, "unit": "working_day"}
APOLOGY = Branch("any", "còn 01 ngày đến hạn mà chưa xong", "apologize", form="Mẫu 04", note="không quá 10 ngày")
CONTENT = table(step("1", duration=hours(8)), step("2", "Ký", "signer"), branches=[APOLOGY], statutory_limit=LIMIT)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.fixture
def instance_id(database):
    """Opened on Monday 30/11 at 08:00; its first step is due on Tuesday at 08:00, the case on Monday 7/12."""
    return started(database, deployed(database, CONTENT), at=at("2026-11-30 08:00"))


def told(database, instance_id):
    kinds = ("task-reminded", "task-overdue", "task-escalated", "limit-near", "case-overdue")
    with database.reading() as session:
        query = select(Event).where(Event.stream == f"instance:{instance_id}", Event.kind.in_(kinds))
        return session.scalars(query.order_by(Event.number)).all()


def first(database):
    with database.reading() as session:
        return session.scalars(select(Task).order_by(Task.id)).first()


def test_performer_head_and_leadership_are_told_each_in_their_time(database, instance_id):
    seen = []
    for moment in ("2026-11-30 16:23", "2026-11-30 16:24", "2026-12-01 08:00", "2026-12-03 16:59", "2026-12-03 17:00"):
        drain(database, at=at(moment))
        seen.append([event.kind for event in told(database, instance_id)])

    assert seen == [
        [],
        ["task-reminded"],
        ["task-reminded", "task-overdue"],
        ["task-reminded", "task-overdue"],
        ["task-reminded", "task-overdue", "task-escalated"],
    ]
    task = first(database)
    assert (task.escalated_at, task.leadership_at) == (at("2026-12-01 08:00"), at("2026-12-03 17:00"))


def test_a_worker_that_slept_tells_everybody_once(database, instance_id):
    drain(database, at=at("2026-12-21 08:00"))
    drain(database, at=at("2026-12-22 08:00"))

    kinds = [event.kind for event in told(database, instance_id)]
    assert sorted(kinds) == ["case-overdue", "limit-near", "task-escalated", "task-overdue", "task-reminded"]


def test_of_a_task_that_is_done_nobody_is_told(database, instance_id):
    with database.transaction() as session:
        complete_task(session, first(database).id, Completion(), by=ADA, at=at("2026-11-30 09:00"))

    with database.reading() as session:
        waiting = session.scalars(select(Timer.task_id).where(Timer.fired_at.is_(None), Timer.task_id.is_not(None)))
        assert first(database).id not in waiting.all()


def test_before_the_statutory_due_it_is_told_what_the_procedure_says_of_it(database, instance_id):
    drain(database, at=at("2026-12-04 17:00"))

    near = next(event for event in told(database, instance_id) if event.kind == "limit-near")
    assert datetime.fromisoformat(near.facts["due_at"]) == at("2026-12-07 17:00")
    assert near.facts["rules"] == [
        {"condition": APOLOGY.condition, "form": "Mẫu 04", "note": "không quá 10 ngày"},
    ]


def extend(database, instance_id, until, *, moment="2026-12-03 08:00", by=CY, reason="Chờ xác minh thực địa"):
    with database.transaction() as session:
        return extend_case(session, instance_id, until, reason=reason, by=by, at=at(moment))


def test_a_case_is_given_a_new_date_once(database, instance_id):
    extend(database, instance_id, date(2026, 12, 12))

    with database.reading() as session:
        assert session.get_one(Instance, instance_id).due_at == at("2026-12-14 17:00")
        row = session.scalars(select(Event).where(Event.kind == "case-extended")).one()
    assert row.facts["late"] is False
    with pytest.raises(Conflict):
        extend(database, instance_id, date(2026, 12, 15))


def test_the_new_date_is_told_of_before_it_comes(database, instance_id):
    drain(database, at=at("2026-12-04 17:00"))
    extend(database, instance_id, date(2026, 12, 11), moment="2026-12-07 08:00")

    drain(database, at=at("2026-12-10 16:59"))
    before = [event.kind for event in told(database, instance_id)].count("limit-near")
    drain(database, at=at("2026-12-10 17:00"))

    assert (before, [event.kind for event in told(database, instance_id)].count("limit-near")) == (1, 2)
    assert "case-overdue" not in [event.kind for event in told(database, instance_id)]


@pytest.mark.parametrize("until", [date(2026, 12, 7), date(2026, 12, 18)])
def test_a_new_date_is_later_and_no_later_than_the_procedure_allows(database, instance_id, until):
    with pytest.raises(Invalid):
        extend(database, instance_id, until)


def test_who_only_performs_may_not_give_a_new_date(database, instance_id):
    with pytest.raises(NotAllowed):
        extend(database, instance_id, date(2026, 12, 10), by=ADA)


def test_a_new_date_needs_a_reason_and_a_case_with_a_limit(database, instance_id):
    with pytest.raises(Invalid):
        extend(database, instance_id, date(2026, 12, 10), reason=" ")
    bare = started(database, deployed(database, table(step("1")), number=2), at=at("2026-11-30 08:00"))
    with pytest.raises(Conflict):
        extend(database, bare, date(2026, 12, 10))
    with database.reading() as session:
        assert session.scalars(select(Task.state).where(Task.instance_id == bare)).all() == [TaskState.OPEN]


def test_steps_that_share_a_limit_are_due_together(database):
    shared = {"duration": Duration("08 giờ (chung)", TimeUnit.WORKING_HOUR, Fraction(8), shared_block="b")}
    content = table(step("1", **shared), step("2", **shared), step("3"))
    made = started(database, deployed(database, content), at=at("2026-11-30 08:00"))
    with database.transaction() as session:
        complete_task(session, first(database).id, Completion(), by=ADA, at=at("2026-11-30 10:00"))

    with database.reading() as session:
        dues = session.scalars(select(Task.due_at).where(Task.instance_id == made).order_by(Task.id)).all()
    assert dues == [at("2026-12-01 08:00")] * 2
