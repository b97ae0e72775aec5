"""What a step wrote is what the database holds, whoever changed it how."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm.exc import StaleDataError

from engine.advance import hold
from engine.commands.claim_task import claim_task
from engine.database import Database
from engine.model import Instance, InstanceState, Task
from tests.factories import ADA, MONDAY, deployed, started

PAUSED = MONDAY + timedelta(hours=1)


@pytest.fixture
def case_id(database: Database) -> int:
    return started(database, deployed(database))


def test_what_a_command_sets_on_the_case_is_written_with_what_it_tells(database: Database, case_id: int) -> None:
    with database.transaction() as session:
        guarded = hold(session, case_id)
        guarded.instance.paused_at = PAUSED
        guarded.record("clock-paused", by=ADA, at=PAUSED)

    with database.reading() as session:
        assert session.get_one(Instance, case_id).paused_at == PAUSED


def test_an_object_that_the_session_holds_already_sees_what_the_step_wrote(database: Database, case_id: int) -> None:
    with database.transaction() as session:
        known = session.scalars(select(Task).where(Task.instance_id == case_id)).one()
        claim_task(session, known.id, by=ADA, at=MONDAY)

        assert known.assignee_id == ADA.id


def test_a_state_that_was_written_without_the_guard_is_not_overwritten(database: Database, case_id: int) -> None:
    with pytest.raises(StaleDataError), database.transaction() as session:
        guarded = hold(session, case_id)
        session.execute(update(InstanceState).values(version=InstanceState.version + 1))
        guarded.step(lambda run: None, by=ADA, at=MONDAY)
