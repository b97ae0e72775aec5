"""A message from outside comes to the case that waits for it."""

import pytest
from sqlalchemy import select

from engine.commands.deliver_message import Message, deliver_message
from engine.database import Database
from engine.errors import Conflict, NotFound
from engine.model import Event, Task
from engine.model.instance import Instance, InstanceStage
from tests.engine.diagrams import deployed, started, waits_at
from tests.engine.spiff.models import boundary, element, model
from tests.factories import ADA, MONDAY, STRANGER

MESSAGE = '<bpmn:message id="m" name="Công dân bổ sung"/>'
RECEIVE = {"r": '<bpmn:receiveTask id="r" messageRef="m"/>'}
WAITING = model("s1>r", "r>a", "a>e1", nodes=RECEIVE, other=MESSAGE)
BORDER = boundary("hỏi", "a", '<bpmn:messageEventDefinition messageRef="m"/>', interrupting=False)
ASKED = model("s1>a", "a>e1", "hỏi>b", "b>e2", nodes={"a": element("a"), "hỏi": BORDER}, other=MESSAGE)


def deliver(database: Database, case: Instance, name: str = "Công dân bổ sung", by=ADA, **variables: object) -> None:
    with database.transaction() as session:
        deliver_message(session, Message(name, case.code, variables), by=by, at=MONDAY)


def test_a_message_lets_the_case_go_on_with_what_it_brings(database: Database):
    case = started(database, deployed(database, WAITING))

    deliver(database, case, giấy_tờ=2)

    assert waits_at(database, case) == ["a"]
    with database.reading() as session:
        kinds = session.scalars(select(Event.kind).where(Event.stream == f"instance:{case.id}")).all()
        (closed,) = session.scalars(select(Task).where(Task.element == "r"))
    assert "message-received" in kinds
    assert (closed.state, closed.completed_by) == ("completed", ADA.id)


def test_a_message_reaches_one_case_alone(database: Database):
    definition = deployed(database, WAITING)
    first, second = started(database, definition), started(database, definition)

    deliver(database, second)

    assert (waits_at(database, first), waits_at(database, second)) == (["r"], ["a"])


def test_a_message_that_does_not_interrupt_can_come_again(database: Database):
    case = started(database, deployed(database, ASKED))

    for _ in range(2):
        deliver(database, case)

    assert waits_at(database, case) == ["a", "b", "b", "hỏi"]


def test_what_nothing_waits_for_is_not_found(database: Database):
    case = started(database, deployed(database, WAITING))

    with pytest.raises(NotFound):
        deliver(database, case, "Tin khác")
    with pytest.raises(NotFound):
        deliver(database, case, by=STRANGER)
    case.code = "không có"
    with pytest.raises(NotFound):
        deliver(database, case)


def test_a_case_that_has_ended_takes_no_message(database: Database):
    source = model("s1>r", "r>e1", nodes=RECEIVE, other=MESSAGE)
    case = started(database, deployed(database, source))
    deliver(database, case)

    with database.reading() as session:
        assert session.get_one(Instance, case.id).stage == InstanceStage.COMPLETED
    with pytest.raises(Conflict):
        deliver(database, case)
