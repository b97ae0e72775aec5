"""A signal reaches every case of the town that waits for it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from engine.commands.broadcast_signal import broadcast_signal
from engine.commands.cancel import cancel
from engine.commands.complete_task import Completion, complete_task
from engine.database import Database
from engine.errors import Invalid, NotAllowed
from engine.model import Event
from engine.worker import drain
from tests.engine.diagrams import deployed, open_rows, started, waits_at
from tests.engine.spiff.models import boundary, element, event, model
from tests.factories import ADA, MONDAY

SIGNAL = '<bpmn:signal id="g" name="Có lũ"/>'
DEFINITION = '<bpmn:signalEventDefinition signalRef="g"/>'
CHIEF = replace(ADA, oversees=True, commands=True)
CATCH = model("s1>c", "c>a", "a>e1", nodes={"c": event("intermediateCatchEvent", "c", DEFINITION)}, other=SIGNAL)
THROW = model("s1>t", "t>e", nodes={"e": event("endEvent", "e", DEFINITION)}, other=SIGNAL)
BORDER = boundary("lũ", "a", DEFINITION, interrupting=False)
WATCHED = model("s1>a", "a>e1", "lũ>b", "b>e2", nodes={"a": element("a"), "lũ": BORDER}, other=SIGNAL)


def broadcast(database: Database, signal: str = "Có lũ", by=CHIEF) -> int:
    with database.transaction() as session:
        return broadcast_signal(session, signal, by=by, at=MONDAY)


def test_a_broadcast_is_heard_by_all_cases_that_wait_when_the_worker_comes(database: Database):
    waiting, watched = deployed(database, CATCH), deployed(database, WATCHED, code="QT-2")
    cases = [started(database, waiting), started(database, waiting), started(database, watched)]

    assert broadcast(database, " Có lũ ") == 3
    assert waits_at(database, cases[0]) == ["c"]
    drain(database, at=MONDAY)

    assert [waits_at(database, case) for case in cases] == [["a"], ["a"], ["a", "b", "lũ"]]
    with database.reading() as session:
        assert session.scalars(select(Event.kind).where(Event.kind == "signal-heard")).all() == ["signal-heard"] * 3


def test_a_signal_thrown_in_one_case_is_heard_in_another(database: Database):
    hearing = started(database, deployed(database, CATCH))
    throwing = started(database, deployed(database, THROW, code="QT-2"))

    with database.transaction() as session:
        (task,) = open_rows(session, throwing)
        complete_task(session, task.id, Completion(), by=ADA, at=MONDAY)
    drain(database, at=MONDAY)

    assert waits_at(database, hearing) == ["a"]


def test_two_signals_at_once_are_both_heard_where_they_do_not_interrupt(database: Database):
    case = started(database, deployed(database, WATCHED))

    broadcast(database)
    broadcast(database)
    drain(database, at=MONDAY)

    assert waits_at(database, case) == ["a", "b", "b", "lũ"]


def test_a_case_that_waits_no_more_hears_nothing(database: Database):
    definition = deployed(database, CATCH)
    gone, twice = started(database, definition), started(database, definition)
    broadcast(database)
    broadcast(database)
    with database.transaction() as session:
        cancel(session, gone.id, reason="Rút hồ sơ", by=CHIEF, at=MONDAY)

    assert drain(database, at=MONDAY) == 2
    assert (waits_at(database, gone), waits_at(database, twice)) == ([], ["a"])
    assert broadcast(database) == 0


def test_another_signal_changes_nothing(database: Database):
    started(database, deployed(database, CATCH))

    assert broadcast(database, "Hết lũ") == 0


def test_only_the_leadership_broadcasts_and_says_what(database: Database):
    with pytest.raises(NotAllowed):
        broadcast(database, by=ADA)
    with pytest.raises(Invalid):
        broadcast(database, " ")
