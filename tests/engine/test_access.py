"""Who may see a case: what may not be seen does not exist."""

import pytest
from sqlalchemy import select

from engine.access import may_see, sees_task, visible_instance
from engine.actor import Actor
from engine.database import Database
from engine.errors import NotFound
from engine.model import Task
from tests.factories import ADA, AUDITOR, BO, CY, STRANGER, deployed, started

OWNER = Actor(id=8, name="Gia", heads=frozenset({"A"}))
OTHER_HEAD = Actor(id=9, name="Hà", heads=frozenset({"Z"}))


@pytest.fixture
def case_id(database: Database) -> int:
    return started(database, deployed(database))


@pytest.mark.parametrize("actor", [ADA, BO, CY, AUDITOR, OWNER], ids=lambda actor: actor.name)
def test_who_has_a_part_in_a_case_or_answers_for_it_sees_it(database: Database, case_id: int, actor: Actor) -> None:
    with database.reading() as session:
        assert visible_instance(session, case_id, actor).id == case_id


@pytest.mark.parametrize("actor", [STRANGER, OTHER_HEAD], ids=lambda actor: actor.name)
def test_for_others_it_does_not_exist(database: Database, case_id: int, actor: Actor) -> None:
    with pytest.raises(NotFound), database.reading() as session:
        visible_instance(session, case_id, actor)


@pytest.mark.parametrize("actor", [ADA, BO, CY, STRANGER, AUDITOR, OWNER, OTHER_HEAD], ids=lambda actor: actor.name)
def test_a_loaded_task_is_seen_by_whom_the_query_lets_see_it(database: Database, case_id: int, actor: Actor) -> None:
    with database.transaction() as session:
        task = session.scalars(select(Task).where(Task.instance_id == case_id)).one()
        states = [{}, {"assignee_id": STRANGER.id}, {"completed_by": STRANGER.id}, {"group_key": "Z/clerk"}]
        for changed in states:
            for name, value in changed.items():
                setattr(task, name, value)
            session.flush()
            found = session.scalars(select(Task.id).where(sees_task(actor))).all()

            assert may_see(task, actor) == (found == [task.id])
