"""A case that is sent back again and again."""

import pytest

from engine.commands.complete_task import Completion, complete_task
from engine.database import Database
from engine.model import Instance, InstanceState
from engine.model.instance import InstanceStage
from tests.engine.diagrams import deployed, open_rows, started
from tests.engine.spiff.models import model
from tests.factories import ADA, MONDAY

LOOP = model("s1>x1", "x1>a", "a>x2", "x2>x1[again]", "x2>e1[default]")
AT_ONCE = 20


def turn(database: Database, case: Instance, times: int, *, again: bool) -> int:
    """Complete the open task so many times in one transaction; return the size of the stored state."""
    with database.transaction() as session:
        for _ in range(times):
            (task,) = open_rows(session, case)
            complete_task(session, task.id, Completion(variables={"again": again}), by=ADA, at=MONDAY)
        state = session.get(InstanceState, case.id)
        return 0 if state is None else len(state.state)


@pytest.mark.full
def test_a_case_of_3000_turns_ends_right_and_its_state_stays_flat(database: Database):
    case = started(database, deployed(database, LOOP), {"again": True})
    first = turn(database, case, 1, again=True)
    sizes = [turn(database, case, AT_ONCE, again=True) for _ in range(2_999 // AT_ONCE)]
    turn(database, case, 2_999 % AT_ONCE, again=True)

    turn(database, case, 1, again=False)

    assert max(sizes) - first <= 8  # the serial numbers of tokens grow by digits
    with database.reading() as session:
        ended = session.get_one(Instance, case.id)
        assert (ended.stage, ended.ended_in) == (InstanceStage.COMPLETED, "e1")
