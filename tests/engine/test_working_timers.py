"""Timers of the model in working time, dates and cycles: on time, once each, also after the worker slept."""

from datetime import datetime

import pytest
from sqlalchemy import select

from bpmn.elements import TimerText
from bpmn.errors import TimeError
from bpmn.isotime import parse_timer
from engine.calendar_file import parse_calendar, shipped_calendar
from engine.commands.deploy import Deployment, deploy
from engine.commands.load_calendar import load_calendar
from engine.commands.start import Opening, start
from engine.model import Event, Task, TaskState, Timer
from engine.worker import drain, recount
from engine.worktime import ZONE
from tests.engine.spiff.models import boundary, event, model, timer, working
from tests.factories import ADA, MONDAY


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def cycle(text, value, unit):
    """A cycle whose length is a five-clear value."""
    inner = (
        working(value, unit).removeprefix("<bpmn:timerEventDefinition>").removesuffix("</bpmn:timerEventDefinition>")
    )
    return f"<bpmn:timerEventDefinition>{inner}<bpmn:timeCycle>{text}</bpmn:timeCycle></bpmn:timerEventDefinition>"


def running(database, source, moment):
    """Start a case of a file whose tasks are all of unit A; return its id."""
    performer = {"group": "A/clerk", "unit_code": "A", "unit": "Phòng A", "position": "clerk"}
    with database.transaction() as session:
        load_calendar(session, shipped_calendar(), at=MONDAY)
        deployment = Deployment("QT-T", 1, "Thử", "A", source, dict.fromkeys("abcd", performer))
        definition = deploy(session, deployment, at=MONDAY)
        return start(session, Opening(definition, "Hồ sơ"), by=ADA, at=at(moment)).id


def dues(database):
    with database.reading() as session:
        query = select(Timer).where(Timer.kind == "event").order_by(Timer.due_at, Timer.id)
        return [(each.element, each.due_at, each.fired_at) for each in session.scalars(query)]


def opened(database):
    with database.reading() as session:
        return sorted(session.scalars(select(Task.element).where(Task.state == TaskState.OPEN)))


def fired(database):
    with database.reading() as session:
        return session.scalars(select(Event.element).where(Event.kind == "timer-fired").order_by(Event.number)).all()


def waiting(definition):
    """A task, then a timer that holds the case."""
    catch = event("intermediateCatchEvent", "t", definition)
    return model("s1>t", "t>a", "a>e1", nodes={"t": catch})


def test_an_intermediate_timer_runs_in_working_time(database):
    running(database, waiting(working("4", "working_hour")), "2026-11-27 16:00")

    drain(database, at=at("2026-11-30 09:59"))
    before = opened(database)
    drain(database, at=at("2026-11-30 10:00"))

    assert (before, opened(database), fired(database)) == ([], ["a"], ["t"])


def test_a_timer_on_a_date_fires_on_it(database):
    running(database, waiting(timer("2026-12-01T09:00:00+07:00", "timeDate")), "2026-11-27 16:00")

    drain(database, at=at("2026-12-01 08:59"))
    before = opened(database)
    drain(database, at=at("2026-12-01 09:00"))

    assert (before, opened(database)) == ([], ["a"])


def beside(definition):
    nodes = {"late": boundary("late", "a", definition, interrupting=False)}
    return model("s1>a", "a>e1", "late>b", "b>e2", nodes=nodes)


def test_a_cycle_in_working_time_fires_as_often_as_it_says(database):
    running(database, beside(cycle("R3/PT4H", "4", "working_hour")), "2026-11-30 07:00")

    moments = ["2026-11-30 11:00", "2026-11-30 16:59", "2026-11-30 17:00", "2026-12-01 11:00", "2026-12-09 10:00"]
    counts = []
    for moment in moments:
        drain(database, at=at(moment))
        counts.append(len(fired(database)))

    assert counts == [1, 1, 2, 3, 3]
    assert opened(database) == ["a", "b", "b", "b"]


@pytest.mark.parametrize("definition", [cycle("R3/PT4H", "4", "working_hour"), timer("R3/PT4H", "timeCycle")])
def test_a_worker_that_slept_fires_every_turn_of_a_cycle_once(database, definition):
    running(database, beside(definition), "2026-11-30 07:00")

    drain(database, at=at("2026-12-21 10:00"))
    drain(database, at=at("2026-12-22 10:00"))

    assert len(fired(database)) == 3


def test_timers_in_working_time_move_with_the_calendar_and_others_do_not(database):
    nodes = {
        "late": boundary("late", "a", working("16", "working_hour"), interrupting=False),
        "after": boundary("after", "a", timer("P2D"), interrupting=False),
        "again": boundary("again", "a", cycle("R/PT8H", "8", "working_hour"), interrupting=False),
    }
    flows = ("s1>a", "a>e1", "late>b", "b>e2", "after>c", "c>e3", "again>d", "d>e4")
    running(database, model(*flows, nodes=nodes), "2026-11-30 07:00")
    drain(database, at=at("2026-11-30 17:00"))
    with database.transaction() as session:
        storm = {"days_off": [{"date": "2026-12-01", "name": "bão"}]}
        load_calendar(session, parse_calendar({"units": {"A": storm}}), at=at("2026-11-30 18:00"))

    recount(database, at=at("2026-11-30 18:01"))

    moved = {element: due for element, due, fired_at in dues(database) if fired_at is None}
    assert moved == {
        "late": at("2026-12-02 17:00"),
        "after": at("2026-12-02 07:00"),
        "again": at("2026-12-02 17:00"),
    }


@pytest.mark.parametrize("text", ["R0/2 working_hour", "R/0 working_hour", "R2/2 not_counted", "R/1/9 working_minute"])
def test_a_cycle_that_would_never_rest_is_refused(text):
    with pytest.raises(TimeError):
        parse_timer(TimerText("working", text))


def test_a_cycle_without_end_is_understood():
    read = parse_timer(TimerText("working", "R/1 working_day"))

    assert (read.repeats, read.working is not None) == (None, True)
