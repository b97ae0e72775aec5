"""Timers, messages, event gateways, ends."""

from datetime import timedelta

import pytest

from engine.spiff import NotWaiting, Run, WaitingFor, compile_definition
from tests.engine.spiff.models import (
    AT,
    FixedClock,
    begin,
    boundary,
    do,
    element,
    event,
    model,
    open_elements,
    reloaded,
    timer,
    working,
)

HOUR = timedelta(hours=1)
MESSAGE = '<bpmn:message id="m" name="Công dân nộp"/>'
MESSAGE_EVENT = '<bpmn:messageEventDefinition messageRef="m"/>'


def watched(definition: str, *, interrupting: bool = True) -> bytes:
    """A task with an event on its border, whose way leads to a task of its own."""
    nodes = {"a": element("a"), "late": boundary("late", "a", definition, interrupting=interrupting)}
    return model("s1>a", "a>b", "late>c", "b>e1", "c>e2", nodes=nodes, other=MESSAGE)


def fired(run: Run, element: str, *, after: timedelta = HOUR) -> Run:
    key = next(pending.key for pending in run.timers() if pending.element == element)
    run.fire(key, AT + after)
    return reloaded(run)


def test_a_timer_is_due_from_the_moment_its_activity_opened() -> None:
    (pending,) = reloaded(begin(watched(timer("PT1H")))).timers()

    assert (pending.element, pending.due_at, pending.cancels_activity) == ("late", AT + HOUR, "a")


def test_an_interrupting_timer_withdraws_its_activity() -> None:
    run = fired(begin(watched(timer("PT1H"))), "late")

    assert open_elements(run) == ["c"]
    assert run.timers() == ()


def test_a_timer_that_does_not_interrupt_leaves_its_activity_open() -> None:
    run = fired(begin(watched(timer("PT1H"), interrupting=False)), "late")

    assert open_elements(run) == ["a", "c"]
    assert run.timers() == ()
    assert open_elements(do(run, "a")) == ["b", "c"]


def test_a_timer_is_withdrawn_with_the_activity_that_was_completed() -> None:
    run = begin(watched(timer("PT1H")))
    (pending,) = run.timers()
    run = do(run, "a")

    assert run.timers() == ()
    with pytest.raises(NotWaiting):
        run.fire(pending.key, AT)


def test_a_timer_never_fires_by_itself() -> None:
    run = begin(watched(timer("2020-01-01T00:00:00Z", "timeDate")))

    assert open_elements(run) == ["a"]
    assert [pending.due_at.year for pending in run.timers()] == [2020]


def test_a_cycle_fires_as_often_as_it_says_and_keeps_its_beat() -> None:
    run = begin(watched(timer("R3/PT1H", "timeCycle"), interrupting=False))
    dues = []
    for _ in range(3):
        dues.append(run.timers()[0].due_at - AT)
        run = fired(run, "late", after=timedelta(days=1))

    assert dues == [HOUR, 2 * HOUR, 3 * HOUR]
    assert open_elements(run) == ["a", "c", "c", "c"]
    assert run.timers() == ()


def test_what_a_cycle_began_outlives_its_activity() -> None:
    run = do(fired(begin(watched(timer("R/PT1H", "timeCycle"), interrupting=False)), "late"), "a")

    assert open_elements(run) == ["b", "c"]
    assert run.timers() == ()


def test_a_working_time_timer_asks_the_clock_about_its_activity() -> None:
    clock = FixedClock()
    run = Run.start(compile_definition(watched(working("1/2", "working_day"))), {}, AT, clock)

    assert [pending.due_at for pending in run.timers()] == [AT + 4 * HOUR]
    assert clock.asked == ["a"]


def test_an_intermediate_timer_holds_the_token() -> None:
    nodes = {"wait": event("intermediateCatchEvent", "wait", timer("PT1H"))}
    run = begin(model("s1>wait", "wait>a", "a>e1", nodes=nodes))

    assert open_elements(run) == []
    assert open_elements(fired(run, "wait")) == ["a"]


def test_a_timer_can_be_moved() -> None:
    run = begin(watched(timer("PT1H")))
    run.reschedule(run.timers()[0].key, AT + 5 * HOUR)

    assert reloaded(run).timers()[0].due_at == AT + 5 * HOUR


def test_a_boundary_timer_in_a_loop_starts_anew_in_every_round() -> None:
    nodes = {"a": element("a"), "late": boundary("late", "a", timer("PT1H"))}
    run = begin(
        model("s1>x1", "x1>a", "a>x2", "x2>x1[again]", "x2>e1[default]", "late>e2", nodes=nodes), {"again": True}
    )
    (waiting,) = run.waiting()
    run.complete(waiting.key, None, None, AT + 10 * HOUR)

    assert [pending.due_at for pending in reloaded(run).timers()] == [AT + 11 * HOUR]
    assert fired(reloaded(run), "late").ended_at == "e2"


@pytest.mark.parametrize("message", ["", ' messageRef="m"'])
def test_a_receive_task_waits_with_and_without_a_message(message: str) -> None:
    nodes = {"r": f'<bpmn:receiveTask id="r"{message}/>'}
    run = begin(model("s1>r", "r>a", "a>e1", nodes=nodes, other=MESSAGE))
    (waiting,) = run.waiting()

    assert (waiting.element, waiting.kind) == ("r", WaitingFor.RECEIVE)
    assert waiting.message == ("Công dân nộp" if message else None)

    run.receive(waiting.key, {"bổ_sung": True}, AT)
    assert open_elements(reloaded(run)) == ["a"]
    assert run.variables == {"bổ_sung": True}


def test_a_message_goes_to_the_oldest_that_waits_for_its_name() -> None:
    nodes = {name: f'<bpmn:receiveTask id="{name}" messageRef="m"/>' for name in ("r1", "r2")}
    run = begin(model("s1>p1", "p1>r1", "p1>r2", "r1>a", "r2>b", "a>e1", "b>e1", nodes=nodes, other=MESSAGE))

    run.receive("Công dân nộp", None, AT)

    assert sorted(waiting.element for waiting in run.waiting()) == ["a", "r2"]
    with pytest.raises(NotWaiting):
        run.receive("another", None, AT)


def test_a_key_goes_before_a_message_of_that_name() -> None:
    nodes = {"r1": '<bpmn:receiveTask id="r1"/>', "r2": '<bpmn:receiveTask id="r2" messageRef="m"/>'}
    source = model("s1>p1", "p1>r1", "p1>r2", "r1>a", "r2>b", "a>e1", "b>e1", nodes=nodes, other=MESSAGE)
    key = next(waiting.key for waiting in begin(source).waiting() if waiting.element == "r1")
    run = begin(source.replace("Công dân nộp".encode(), key.encode()))

    run.receive(key, None, AT)

    assert sorted(waiting.element for waiting in run.waiting()) == ["a", "r2"]


def test_an_intermediate_message_event_waits_for_its_message() -> None:
    nodes = {"m1": event("intermediateCatchEvent", "m1", MESSAGE_EVENT)}
    run = begin(model("s1>m1", "m1>a", "a>e1", nodes=nodes, other=MESSAGE))

    assert [waiting.kind for waiting in run.waiting()] == [WaitingFor.MESSAGE]
    run.receive("Công dân nộp", None, AT)
    assert open_elements(run) == ["a"]


def test_a_boundary_message_that_does_not_interrupt_can_come_more_than_once() -> None:
    run = begin(watched(MESSAGE_EVENT, interrupting=False))

    for _ in range(2):
        run.receive("Công dân nộp", None, AT)
        run = reloaded(run)

    assert [waiting.element for waiting in run.waiting()] == ["a", "late", "c", "c"]


def test_a_boundary_message_that_interrupts_withdraws_its_activity() -> None:
    run = begin(watched(MESSAGE_EVENT))
    run.receive("Công dân nộp", None, AT)

    assert [waiting.element for waiting in reloaded(run).waiting()] == ["c"]


def choice() -> bytes:
    nodes = {
        "soon": event("intermediateCatchEvent", "soon", timer("PT1H")),
        "later": event("intermediateCatchEvent", "later", timer("PT2H")),
        "r": '<bpmn:receiveTask id="r" messageRef="m"/>',
    }
    return model(
        "s1>g1",
        "g1>soon",
        "g1>later",
        "g1>r",
        "soon>a",
        "later>b",
        "r>c",
        "a>e1",
        "b>e1",
        "c>e1",
        nodes=nodes,
        other=MESSAGE,
    )


@pytest.mark.parametrize(("which", "then"), [("soon", "a"), ("later", "b")])
def test_each_timer_after_an_event_gateway_has_its_own_moment_and_way(which: str, then: str) -> None:
    run = begin(choice())

    assert [(pending.element, pending.due_at - AT) for pending in run.timers()] == [("soon", HOUR), ("later", 2 * HOUR)]

    run = fired(run, which)
    assert [waiting.element for waiting in run.waiting()] == [then]
    assert run.timers() == ()


def test_a_message_after_an_event_gateway_withdraws_the_timers() -> None:
    run = reloaded(begin(choice()))
    run.receive("Công dân nộp", None, AT)

    assert [waiting.element for waiting in run.waiting()] == ["c"]
    assert run.timers() == ()


def test_a_terminate_end_withdraws_everything() -> None:
    nodes = {"stop": event("endEvent", "stop", "<bpmn:terminateEventDefinition/>")}
    run = do(begin(model("s1>p1", "p1>a", "p1>b", "a>stop", "b>e1", nodes=nodes)), "a")

    assert run.finished
    assert run.ended_at == "stop"


def test_an_instance_ends_with_its_last_token() -> None:
    run = do(begin(model("s1>p1", "p1>a", "p1>b", "a>e1", "b>e2")), "a")

    assert (run.finished, run.ended_at) == (False, "e1")
    assert do(run, "b").ended_at == "e2"


def test_a_send_task_and_a_message_throw_are_passed_and_told() -> None:
    nodes = {
        "tell": '<bpmn:sendTask id="tell" messageRef="m"/>',
        "say": event("intermediateThrowEvent", "say", MESSAGE_EVENT),
    }
    run = begin(model("s1>tell", "tell>say", "say>a", "a>e1", nodes=nodes, other=MESSAGE))

    assert [passed.element for passed in run.passed] == ["s1", "tell", "say"]
    assert open_elements(run) == ["a"]


def test_an_instance_begins_at_its_start_event_whatever_triggers_it() -> None:
    nodes = {"s1": event("startEvent", "s1", timer("R/P1D", "timeCycle"))}

    assert open_elements(begin(model("s1>a", "a>e1", nodes=nodes))) == ["a"]


def test_the_clock_is_not_asked_again_when_an_instance_comes_back() -> None:
    run = begin(watched(working("1", "working_hour")))
    clock = FixedClock()

    assert Run.load(run.compiled, run.dump(), clock).timers() == run.timers()
    assert clock.asked == []


@pytest.mark.parametrize(("duration", "asked"), [("P6D", ["a"]), ("P5D", []), ("P1M", [])])
def test_a_timer_of_its_activity_s_calendar_days_is_due_with_the_activity(duration: str, asked: list[str]) -> None:
    budget = '<namro:step no="1"><namro:time text="06 ngày" value="6" unit="calendar_day"/></namro:step>'
    task = f'<bpmn:userTask id="a"><bpmn:extensionElements>{budget}</bpmn:extensionElements></bpmn:userTask>'
    nodes = {"a": task, "late": boundary("late", "a", timer(duration))}
    clock = FixedClock()
    Run.start(compile_definition(model("s1>a", "a>e1", "late>e2", nodes=nodes)), {}, AT, clock)

    assert clock.asked == asked
