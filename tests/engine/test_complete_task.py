"""Completing a task moves the case, once, for who may."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine.commands.claim_task import claim_task, release_task
from engine.commands.complete_task import Completion, complete_task
from engine.commands.reassign_task import reassign_task
from engine.database import Database
from engine.errors import Invalid, NotAllowed, NotFound, TaskClosed, TaskTaken, UnknownOutcome
from engine.history import first_break, instance_stream
from engine.model import Event, EventPrivate, Instance, InstanceStage, InstanceState, Task, TaskState, Timer
from engine.queries.cases import case
from tests.factories import ADA, AUDITOR, BO, CY, MONDAY, STRANGER, deployed, started


def open_task(database: Database, instance_id: int) -> Task:
    with database.reading() as session:
        return session.scalars(select(Task).where(Task.instance_id == instance_id, Task.state == TaskState.OPEN)).one()


def complete(database: Database, task: Task, actor=ADA, at=MONDAY, **answer) -> Task:
    with database.transaction() as session:
        return complete_task(session, task.id, Completion(**answer), by=actor, at=at)


@pytest.fixture
def instance_id(database: Database) -> int:
    return started(database, deployed(database))


def test_a_started_case_waits_for_its_first_position_with_a_working_time_deadline(database, instance_id):
    task = open_task(database, instance_id)

    assert (task.element, task.group_key, task.assignee_id) == ("step_1", "A/clerk", None)
    assert task.budget_minutes == 240
    assert task.due_at == MONDAY + timedelta(hours=6)  # 08:00 and four hours, two of rest between: 14:00


def test_completing_claims_and_opens_the_next_step(database, instance_id):
    done = complete(database, open_task(database, instance_id), at=MONDAY + timedelta(minutes=20))

    after = open_task(database, instance_id)
    assert (done.completed_by, done.assignee_id, done.outcome) == (ADA.id, ADA.id, "tiếp tục")
    assert (after.element, after.group_key) == ("step_2", "A/signer")
    assert after.opened_at == MONDAY + timedelta(minutes=20)


def test_the_recorded_outcome_decides_the_way_whatever_its_case_and_blanks(database, instance_id):
    complete(database, open_task(database, instance_id))

    complete(database, open_task(database, instance_id), CY, outcome="  Không Đồng Ý ")

    again = open_task(database, instance_id)
    assert again.element == "step_1"


def test_an_unknown_outcome_is_refused_with_the_known_ones(database, instance_id):
    complete(database, open_task(database, instance_id))
    task = open_task(database, instance_id)

    with pytest.raises(UnknownOutcome) as refused:
        complete(database, task, CY, outcome="có lẽ")

    assert refused.value.facts["known"] == ["tiếp tục", "không đồng ý"]
    assert open_task(database, instance_id).id == task.id


def test_the_end_closes_the_case_and_forgets_its_state(database, instance_id):
    for actor in (ADA, CY, BO):
        complete(database, open_task(database, instance_id), actor)

    with database.reading() as session:
        instance = session.get_one(Instance, instance_id)
        assert (instance.stage, instance.ended_at) == (InstanceStage.COMPLETED, MONDAY)
        assert session.get(InstanceState, instance_id) is None
        assert session.scalar(select(func.count()).select_from(Timer).where(Timer.fired_at.is_(None))) == 0


def test_a_closed_task_is_not_completed_again_and_names_who_did(database, instance_id):
    task = open_task(database, instance_id)
    complete(database, task)

    with pytest.raises(TaskClosed) as refused:
        complete(database, task, BO)

    assert refused.value.facts["by"] == ADA.id


def test_the_last_task_of_an_ended_case_is_closed_too(database, instance_id):
    for actor in (ADA, CY):
        complete(database, open_task(database, instance_id), actor)
    last = open_task(database, instance_id)
    complete(database, last)

    with pytest.raises(TaskClosed):
        complete(database, last, BO)


def test_a_claimed_task_is_its_holders_until_released(database, instance_id):
    task = open_task(database, instance_id)
    with database.transaction() as session:
        claim_task(session, task.id, by=ADA, at=MONDAY)

    with pytest.raises(TaskTaken) as refused:
        complete(database, task, BO)
    with database.transaction() as session:
        release_task(session, task.id, by=ADA, at=MONDAY)
    done = complete(database, task, BO)

    assert refused.value.facts["by"] == ADA.id
    assert done.completed_by == BO.id


def test_who_may_not_see_a_task_is_told_that_there_is_none(database, instance_id):
    task = open_task(database, instance_id)

    with pytest.raises(NotFound):
        complete(database, task, STRANGER)


def test_who_sees_a_task_without_being_a_candidate_may_not_complete_it(database, instance_id):
    task = open_task(database, instance_id)

    with pytest.raises(NotAllowed):
        complete(database, task, AUDITOR)


def test_the_head_of_the_unit_gives_a_task_to_a_holder_of_its_position_only(database, instance_id):
    task = open_task(database, instance_id)
    with database.transaction() as session:
        reassign_task(session, task.id, BO, reason="đi công tác", by=CY, at=MONDAY)

    with pytest.raises(TaskTaken):
        complete(database, task, ADA)
    with pytest.raises(Invalid), database.transaction() as session:
        reassign_task(session, task.id, STRANGER, reason="nhầm", by=CY, at=MONDAY)


def test_history_says_who_did_what_when_due_when_in_an_unbroken_chain(database, instance_id):
    done = complete(database, open_task(database, instance_id), note="Hồ sơ đủ", at=MONDAY + timedelta(hours=1))

    with database.reading() as session:
        history = case(session, instance_id, ADA).history
        broken = first_break(session, instance_stream(instance_id))
    told = next(row for row in history if row.kind == "task-completed")
    assert (told.by, told.private["note"], told.task_id) == ("Ada", "Hồ sơ đủ", done.id)
    assert told.facts["due_at"] == done.due_at.isoformat()
    assert told.occurred_at == told.recorded_at == MONDAY + timedelta(hours=1)
    assert broken is None
    assert [row.number for row in history] == list(range(1, len(history) + 1))


def test_a_changed_private_part_breaks_the_chain_at_its_place(database, instance_id):
    complete(database, open_task(database, instance_id), note="Hồ sơ đủ")
    with database.transaction() as session:
        row = next(row for row in case(session, instance_id, ADA).history if row.kind == "task-completed")
        event = session.scalars(
            select(Event).where(Event.stream == instance_stream(instance_id), Event.number == row.number)
        ).one()
        session.get_one(EventPrivate, event.id).facts = {"by": "Ai đó"}

    with database.reading() as session:
        assert first_break(session, instance_stream(instance_id)) == row.number
