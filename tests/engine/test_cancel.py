import pytest
from sqlalchemy import select

from engine.commands.cancel import cancel
from engine.database import Database
from engine.errors import Conflict, Invalid, NotAllowed
from engine.model import Instance, InstanceStage, TaskState, Timer
from engine.queries.cases import case
from tests.factories import ADA, AUDITOR, CY, MONDAY, deployed, started


@pytest.fixture
def case_id(database: Database) -> int:
    return started(database, deployed(database))


def test_the_head_of_the_owning_unit_stops_a_case(database: Database, case_id: int) -> None:
    with database.transaction() as session:
        cancelled = cancel(session, case_id, reason="Công dân rút hồ sơ", by=CY, at=MONDAY)

    assert (cancelled.stage, cancelled.ended_at) == (InstanceStage.CANCELLED, MONDAY)


def test_history_says_which_tasks_a_cancelled_case_closed(database: Database, case_id: int) -> None:
    with database.transaction() as session:
        cancel(session, case_id, reason="Công dân rút hồ sơ", by=CY, at=MONDAY)

    with database.reading() as session:
        whole = case(session, case_id, CY)
        timers = session.scalars(select(Timer).where(Timer.fired_at.is_(None))).all()
    (task,) = whole.tasks
    assert (task.state, task.completed_at) == (TaskState.CANCELLED, MONDAY)
    assert [(row.kind, row.task_id) for row in whole.history][-2:] == [
        ("task-cancelled", task.id),
        ("case-cancelled", None),
    ]
    assert timers == []


@pytest.mark.parametrize("by", [ADA, AUDITOR], ids=["performer", "auditor"])
def test_who_only_works_on_it_or_watches_it_does_not(database: Database, case_id: int, by) -> None:
    with pytest.raises(NotAllowed), database.transaction() as session:
        cancel(session, case_id, reason="Nhầm", by=by, at=MONDAY)


def test_a_case_is_not_stopped_without_a_reason(database: Database, case_id: int) -> None:
    with pytest.raises(Invalid), database.transaction() as session:
        cancel(session, case_id, reason=" ", by=CY, at=MONDAY)


def test_a_case_about_something_is_ended_where_that_lies(database: Database, case_id: int) -> None:
    with database.transaction() as session:
        session.get_one(Instance, case_id).subject = "version:1"

    with pytest.raises(Conflict), database.transaction() as session:
        cancel(session, case_id, reason="Nhầm", by=CY, at=MONDAY)
