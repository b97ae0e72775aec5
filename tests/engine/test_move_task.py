"""A case taken back, on or once more: who may, what opens, what the history keeps, and what is refused."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bpmn.fiveclear import Branch
from engine.commands.complete_task import Completion, complete_task
from engine.commands.move_task import Change, foresee_move, move_task, redo_step, return_task
from engine.database import Database
from engine.errors import Conflict, Invalid, NotAllowed, NotFound, StepRefused, TaskClosed
from engine.history import first_break, instance_stream
from engine.model import Instance, Task, TaskState, Timer, TimerKind
from engine.queries.cases import case
from engine.queries.moves import returnable
from tests.factories import ADA, AUDITOR, BO, CY, MONDAY, STRANGER, deployed, started, step, table

LATER = MONDAY + timedelta(hours=2)


@pytest.fixture
def instance_id(database: Database) -> int:
    """A case whose first two steps are done: it waits at the third."""
    made = started(database, deployed(database))
    complete(database, made, ADA)
    complete(database, made, CY)
    return made


def open_task(database: Database, instance_id: int) -> Task:
    with database.reading() as session:
        return session.scalars(select(Task).where(Task.instance_id == instance_id, Task.state == TaskState.OPEN)).one()


def complete(database: Database, instance_id: int, actor) -> None:
    task = open_task(database, instance_id)
    with database.transaction() as session:
        complete_task(session, task.id, Completion(), by=actor, at=MONDAY)


def test_a_returned_task_opens_the_step_anew_with_a_budget_of_its_own(database: Database, instance_id: int):
    task = open_task(database, instance_id)

    with database.transaction() as session:
        closed = return_task(session, task.id, "step_1", reason="Thiếu bản vẽ", by=ADA, at=LATER)

    opened = open_task(database, instance_id)
    assert (closed.state, opened.element, opened.opened_at) == (TaskState.CANCELLED, "step_1", LATER)
    assert opened.due_at is not None
    assert opened.due_at > LATER
    with database.reading() as session:
        history = case(session, instance_id, ADA).history
        reminders = session.scalars(
            select(Timer.task_id).where(Timer.kind == TimerKind.REMINDER, Timer.fired_at.is_(None))
        )
        assert reminders.all() == [opened.id]
        assert first_break(session, instance_stream(instance_id)) is None
    told = next(row for row in history if row.kind == "task-returned")
    assert (told.private["reason"], told.facts["to"], told.task_id) == ("Thiếu bản vẽ", "step_1", task.id)
    assert [row.kind for row in history][-3:] == ["task-returned", "task-cancelled", "task-opened"]


def test_the_picker_offers_what_was_passed(database: Database, instance_id: int):
    with database.reading() as session:
        offered = returnable(session, session.get_one(Task, open_task(database, instance_id).id))

    assert [node.id for node in offered] == ["step_1", "step_2"]


def test_a_step_that_was_not_passed_is_not_returned_to(database: Database):
    made = started(database, deployed(database))

    with pytest.raises(Invalid), database.transaction() as session:
        return_task(session, open_task(database, made).id, "step_3", reason="Nhầm", by=ADA, at=MONDAY)


@pytest.mark.parametrize(("by", "error"), [(STRANGER, NotFound), (AUDITOR, NotAllowed)], ids=["stranger", "auditor"])
def test_who_may_not_complete_may_not_return(database: Database, instance_id: int, by, error):
    task = open_task(database, instance_id)

    with pytest.raises(error), database.transaction() as session:
        return_task(session, task.id, "step_1", reason="Nhầm", by=by, at=MONDAY)


def test_nothing_is_moved_without_a_reason(database: Database, instance_id: int):
    task = open_task(database, instance_id)

    with pytest.raises(Invalid), database.transaction() as session:
        return_task(session, task.id, "step_1", reason="  ", by=ADA, at=MONDAY)


def test_a_task_that_was_returned_is_closed(database: Database, instance_id: int):
    task = open_task(database, instance_id)
    with database.transaction() as session:
        return_task(session, task.id, "step_1", reason="Thiếu", by=ADA, at=MONDAY)

    with pytest.raises(TaskClosed), database.transaction() as session:
        return_task(session, task.id, "step_1", reason="Thiếu", by=BO, at=MONDAY)


def test_the_head_of_the_owning_unit_moves_a_case_after_having_seen_what_would_happen(database: Database):
    made = started(database, deployed(database))
    task = open_task(database, made)

    with database.transaction() as session:
        foreseen = foresee_move(session, task.id, "step_3", by=CY, at=MONDAY)
    assert open_task(database, made).id == task.id
    with database.transaction() as session:
        move_task(session, task.id, "step_3", reason="Đã ký ngoài hệ thống", by=CY, at=MONDAY)

    assert foreseen == Change(("step_1",), ("step_3",))
    assert open_task(database, made).element == "step_3"


def test_an_officer_moves_nothing_past_a_step(database: Database):
    made = started(database, deployed(database))

    with pytest.raises(NotAllowed), database.transaction() as session:
        move_task(session, open_task(database, made).id, "step_3", reason="Nhầm", by=ADA, at=MONDAY)


def test_a_completed_step_is_done_again_and_its_old_outcome_stays_in_the_history(database: Database, instance_id: int):
    with database.transaction() as session:
        redo_step(session, instance_id, "step_2", reason="Ký lại", by=CY, at=LATER)

    assert open_task(database, instance_id).element == "step_2"
    complete(database, instance_id, CY)
    with database.reading() as session:
        kinds = [(row.kind, row.element) for row in case(session, instance_id, CY).history]
    assert kinds.count(("task-completed", "step_2")) == 2
    assert ("step-redone", "step_2") in kinds


def test_a_case_about_something_is_moved_where_that_lies(database: Database, instance_id: int):
    with database.transaction() as session:
        session.get_one(Instance, instance_id).subject = "version:1"

    with pytest.raises(Conflict), database.transaction() as session:
        return_task(session, open_task(database, instance_id).id, "step_1", reason="Nhầm", by=ADA, at=MONDAY)


SPLIT = table(
    step("1"),
    step("2", parallel_group="A"),
    step("3", parallel_group="A"),
    step("4"),
    branches=[Branch("4", "không đạt", "1")],
)


def test_what_would_leave_a_join_waiting_is_refused_with_its_reason(database: Database):
    made = started(database, deployed(database, SPLIT))
    complete(database, made, ADA)
    with database.reading() as session:
        tasks = {task.element: task for task in case(session, made, ADA).tasks}

    with pytest.raises(StepRefused) as refused, database.transaction() as session:
        move_task(session, tasks["step_2"].id, "step_3", reason="Nhầm", by=CY, at=MONDAY)
    with database.transaction() as session:
        return_task(session, tasks["step_2"].id, "step_1", reason="Cả hai phải làm lại", by=ADA, at=MONDAY)

    assert refused.value.facts["reason"] == "into-parallel"
    assert open_task(database, made).element == "step_1"
