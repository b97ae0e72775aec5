"""What each element means for soundness, on models small enough to see it."""

import pytest

from benchmarks.soundness_models import crossed, mixed, parallel, sequence
from bpmn.elements import Process
from bpmn.soundness import Fault, Kind, faults
from bpmn.soundness.judge import Judge
from bpmn.soundness.units import Parts
from tests.bpmn.models import process_of

START, END = '<bpmn:startEvent id="s"/>', '<bpmn:endEvent id="e"/>'
TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>"


def task(name: str) -> str:
    return f'<bpmn:userTask id="{name}" name="Việc {name}"/>'


def gateway(name: str, kind: str) -> str:
    return f'<bpmn:{kind}Gateway id="{name}"/>'


def event(identifier: str, tag: str, inner: str = "", **attributes: str) -> str:
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<bpmn:{tag} id="{identifier}"{written}>{inner}</bpmn:{tag}>'


def boundary(name: str, host: str, inner: str = TIMER, *, interrupting: bool = True) -> str:
    return event(name, "boundaryEvent", inner, attachedToRef=host, cancelActivity=str(interrupting).lower())


def definition(kind: str, **attributes: str) -> str:
    return event(f"d_{kind}", f"{kind}EventDefinition", **attributes).replace(f' id="d_{kind}"', "")


def found(*lines: str) -> list[tuple[str, str]]:
    return [(fault.kind.value, fault.element) for fault in faults(process_of(*lines))]


def only(*lines: str) -> Fault:
    (fault,) = faults(process_of(*lines))
    return fault


BRANCHES = ("s -> p", "p -> a", "p -> b", "a -> j", "b -> j", "j -> e")


@pytest.mark.parametrize(
    ("split", "join", "expected"),
    [
        ("parallel", "parallel", []),
        ("exclusive", "exclusive", []),
        ("inclusive", "inclusive", []),
        ("exclusive", "inclusive", []),
        ("parallel", "inclusive", []),
        ("eventBased", "exclusive", []),
        ("exclusive", "parallel", [("deadlock", "j")]),
        ("inclusive", "parallel", [("deadlock", "j")]),
        ("eventBased", "parallel", [("deadlock", "j")]),
        ("parallel", "exclusive", [("unsynchronised", "e")]),
        ("inclusive", "exclusive", [("unsynchronised", "e")]),
    ],
)
def test_what_a_block_was_opened_with_must_close_it(split: str, join: str, expected: list[tuple[str, str]]) -> None:
    model = (START, END, task("a"), task("b"), gateway("p", split), gateway("j", join), *BRANCHES)

    assert [place for place in found(*model) if place[0] != "dead-activity"] == [
        (kind if kind != "unsynchronised" else "improper-completion", element) for kind, element in expected
    ]


def test_the_way_to_a_deadlock_is_told_move_by_move() -> None:
    fault = only(
        *(
            START,
            END,
            task("a"),
            task("b"),
            gateway("p", "parallel"),
            gateway("j", "parallel"),
            gateway("x", "exclusive"),
        ),
        *('<bpmn:endEvent id="no"/>', "s -> p", "p -> a", "p -> b", "a -> x", "x -> j", "x -> no", "b -> j", "j -> e"),
    )

    assert (fault.kind, fault.element, fault.flows) == (Kind.DEADLOCK, "j", ("f_x_j",))
    assert [step.element for step in fault.steps] == ["s", "p", "a", "b", "x"]
    assert fault.steps[4].gives == ("f_x_no",)
    assert fault.marking == ("f_b_j", "f_x_no")


def test_tokens_are_told_where_they_meet_first() -> None:
    fault = only(
        *(START, END, task("a"), task("b"), task("c"), task("d"), gateway("p", "parallel"), gateway("m", "exclusive")),
        *("s -> p", "p -> a", "p -> b", "a -> m", "b -> m", "m -> c", "c -> d", "d -> e"),
    )

    assert (fault.kind, fault.element, fault.flows) == (Kind.UNSYNCHRONISED, "c", ("f_m_c",))
    assert [step.element for step in fault.steps] == ["s", "p", "a", "m", "b", "m"]


def test_a_step_to_which_parallel_ways_come_is_told_as_done_twice() -> None:
    fault = only(
        *(START, END, task("a"), task("b"), task("c"), task("d"), gateway("p", "parallel")),
        *("s -> p", "p -> a", "p -> b", "a -> c", "b -> c", "c -> d", "d -> e"),
    )

    assert (fault.kind, fault.element, fault.flows) == (Kind.UNSYNCHRONISED, "c", ("f_c_d",))


def test_a_loop_without_an_end_is_told_where_the_run_enters_it() -> None:
    fault = only(
        *(START, END, task("b"), task("a"), gateway("x", "exclusive")), "s -> x", "x -> e", "x -> a", "a -> b", "b -> a"
    )

    assert (fault.kind, fault.element, fault.elements) == (Kind.LIVELOCK, "a", ("a", "b"))


def test_the_nearest_of_what_is_never_done_is_told() -> None:
    join, leaving = gateway("j", "parallel"), event("t", "endEvent", definition("terminate"))
    fault = only(
        *(START, END, task("late"), task("soon"), task("a"), gateway("p", "parallel"), gateway("x", "exclusive")),
        *(
            join,
            leaving,
            "s -> p",
            "p -> j",
            "p -> a",
            "a -> t",
            "j -> soon",
            "soon -> x",
            "x -> j",
            "x -> late",
            "late -> e",
        ),
    )

    assert (fault.kind, fault.element, fault.elements) == (Kind.DEAD, "soon", ("soon", "late"))


def test_a_loop_that_leaves_work_behind_is_unbounded() -> None:
    fault = only(
        *(
            START,
            END,
            task("a"),
            task("b"),
            gateway("h", "exclusive"),
            gateway("p", "parallel"),
            gateway("x", "exclusive"),
        ),
        *('<bpmn:endEvent id="f"/>', "s -> h", "h -> p", "p -> a", "p -> b", "b -> f", "a -> x", "x -> h", "x -> e"),
    )

    assert (fault.kind, fault.element) == (Kind.UNBOUNDED, "b")
    assert set(fault.elements) == {"a", "x", "h", "p"}


def test_several_ends_may_be_reached_but_each_once() -> None:
    apart = (START, END, task("a"), '<bpmn:endEvent id="f"/>', gateway("p", "parallel"), "s -> p", "p -> a", "p -> f")

    assert found(*apart, "a -> e") == []
    assert found(*apart, "a -> f") == [("improper-completion", "f")]


def test_a_terminate_end_withdraws_what_would_wait_for_ever() -> None:
    terminate = event("t", "endEvent", definition("terminate"))
    model = (START, END, terminate, task("a"), task("b"), gateway("p", "parallel"), gateway("x", "exclusive"))
    flows = ("s -> p", "p -> a", "p -> b", "a -> x", "x -> j", "b -> j", "j -> e", gateway("j", "parallel"))

    assert found(*model, *flows, "x -> t") == []
    assert found(*model[:2], *model[3:], *flows, '<bpmn:endEvent id="t"/>', "x -> t") == [("deadlock", "j")]


def test_an_interrupting_event_takes_the_token_of_its_activity() -> None:
    model = (
        START,
        END,
        task("a"),
        boundary("t", "a"),
        gateway("j", "exclusive"),
        "s -> a",
        "a -> j",
        "t -> j",
        "j -> e",
    )

    assert found(*model) == []
    assert found(*(line.replace("exclusive", "parallel") for line in model)) == [("deadlock", "j")]


def test_an_event_beside_adds_a_token_that_must_not_come_back_alone() -> None:
    model = (START, END, task("a"), boundary("t", "a", interrupting=False), "s -> a", "a -> e", task("b"))

    assert found(*model, "t -> b", "b -> f", '<bpmn:endEvent id="f"/>') == []
    assert found(*model, "t -> b", "b -> e") == [("improper-completion", "e")]
    assert found(*model, "t -> a") == [("improper-completion", "e")]


def test_a_reminder_in_a_rework_loop_may_be_open_twice() -> None:
    loop = ("s -> h", "h -> a", "a -> x", "x -> h", "x -> e", gateway("h", "exclusive"), gateway("x", "exclusive"))
    reminder = (boundary("t", "a", interrupting=False), task("b"), '<bpmn:endEvent id="f"/>', "t -> b", "b -> f")

    assert found(START, END, task("a"), *loop, *reminder) == []


def test_the_thread_of_a_reminder_is_examined_too() -> None:
    model = (START, END, task("a"), boundary("t", "a", interrupting=False), "s -> a", "a -> e")
    thread = (gateway("x", "exclusive"), gateway("j", "parallel"), "t -> x", "x -> j", "x -> b", "b -> j", task("b"))

    fault = only(*model, *thread, "j -> f", '<bpmn:endEvent id="f"/>')

    assert (fault.kind, fault.element, fault.steps[0].element) == (Kind.DEADLOCK, "j", "t")


def inner(*lines: str) -> str:
    """A sub-process `sub` with `is` and `ie` in it."""
    body = "".join(
        line
        if line.startswith("<")
        else '<bpmn:sequenceFlow id="i_{0}_{2}" sourceRef="{0}" targetRef="{2}"/>'.format(*line.split())
        for line in lines
    )
    return f'<bpmn:subProcess id="sub"><bpmn:startEvent id="is"/>{body}</bpmn:subProcess>'


ERROR = event("ie", "endEvent", definition("error", errorRef="Err"))
ROOT = '<bpmn:error id="Err"/>'


def with_error(*lines: str) -> list[tuple[str, str]]:
    return [(fault.kind.value, fault.element) for fault in faults(process_of(*lines, rest=ROOT))]


def test_a_sub_process_that_only_fails_never_goes_on_as_meant() -> None:
    caught = boundary("c", "sub", definition("error", errorRef="Err"))
    model = (
        START,
        END,
        task("a"),
        task("b"),
        "s -> sub",
        "sub -> a",
        "a -> e",
        "c -> b",
        "b -> f",
        event("f", "endEvent"),
    )

    assert with_error(inner(ERROR, "is -> ie"), caught, *model) == [("dead-activity", "a")]
    assert (
        with_error(
            inner(ERROR, "is -> x", "x -> ie", "x -> ig", gateway("x", "exclusive"), event("ig", "endEvent")),
            caught,
            *model,
        )
        == []
    )


def test_an_error_event_without_an_error_is_dead() -> None:
    caught = boundary("c", "sub", definition("error", errorRef="Err"))
    model = (START, END, "s -> sub", "sub -> e", "c -> f", event("f", "endEvent"))

    assert with_error(inner("is -> ie", event("ie", "endEvent")), caught, *model) == [("dead-activity", "c")]


def test_an_error_that_nothing_catches_ends_the_process() -> None:
    model = (START, END, gateway("p", "parallel"), task("a"), gateway("j", "parallel"))
    flows = ("s -> p", "p -> sub", "p -> a", "a -> j", "sub -> j", "j -> e")
    fails = inner(ERROR, "is -> x", "x -> ie", "x -> ig", gateway("x", "exclusive"), event("ig", "endEvent"))

    assert with_error(fails, *model, *flows) == []


def test_an_escalation_is_heard_only_where_it_is_told() -> None:
    heard = boundary("c", "sub", definition("escalation"), interrupting=False)
    model = (START, END, "s -> sub", "sub -> e", heard, task("b"), "c -> b", "b -> f", event("f", "endEvent"))
    told = inner(event("ie", "endEvent", definition("escalation")), "is -> ie")

    assert found(told, *model) == []


def test_a_sub_process_is_examined_by_itself_even_where_an_event_could_rescue_it() -> None:
    stuck = inner(
        "is -> x",
        "x -> j",
        "x -> ib",
        "ib -> j",
        "j -> ie",
        task("ib"),
        gateway("x", "exclusive"),
        gateway("j", "parallel"),
        event("ie", "endEvent"),
    )

    assert found(START, END, stuck, boundary("t", "sub"), "s -> sub", "sub -> e", "t -> f", event("f", "endEvent")) == [
        ("deadlock", "j")
    ]


def test_a_link_is_a_flow_in_two_halves() -> None:
    halves = (
        event("there", "intermediateThrowEvent", definition("link", name="A")),
        event("here", "intermediateCatchEvent", definition("link", name="A")),
    )

    assert found(START, END, *halves, gateway("p", "parallel"), gateway("j", "parallel"), task("a"), "s -> p",
                 "p -> there", "p -> a", "here -> j", "a -> j", "j -> e") == []  # fmt: skip


def test_two_inclusive_joins_that_wait_for_each_other_are_stuck() -> None:
    model = (
        *(START, END, gateway("p", "parallel"), gateway("o", "inclusive"), gateway("q", "inclusive")),
        *(
            gateway("x", "exclusive"),
            gateway("y", "exclusive"),
            '<bpmn:endEvent id="f"/>',
            "s -> p",
            "p -> o",
            "p -> q",
        ),
        *("o -> x", "x -> q", "x -> e", "q -> y", "y -> o", "y -> f"),
    )

    assert ("deadlock", "o") in found(*model) or ("deadlock", "q") in found(*model)


def test_several_flows_into_a_join_from_what_is_never_reached_are_waited_for() -> None:
    assert found(START, END, task("a"), gateway("j", "parallel"), "s -> j", "a -> j", "j -> e")[0] == ("deadlock", "j")


def judged(process: Process, limit: int = 600_000) -> Judge:
    parts = Parts(process)
    (unit,) = parts.units()
    return Judge(parts, unit, limit)


@pytest.mark.parametrize(
    "process",
    [sequence(4_000), parallel(20), parallel(20, depth=3), mixed(1_000), crossed(20)],
    ids=["4,000 in a row", "20 parallel", "20 parallel, nested", "1,000 mixed", "20 parallel knots"],
)
def test_blocks_leave_one_transition_however_many_and_wide(process: Process) -> None:
    judge = judged(process)

    assert judge.faults() == []
    assert [len(walk.markings) for walk in judge.walks] == [2]
    assert len(judge.net.transitions) == 1


def test_one_branch_of_twenty_that_may_leave_is_found_at_once() -> None:
    judge = judged(parallel(20, leave=1))

    (fault,) = judge.faults()
    assert (fault.kind, len(fault.flows)) == (Kind.DEADLOCK, 1)
    assert sum(len(walk.markings) for walk in judge.walks) < 10


def test_twenty_branches_that_may_all_leave_are_not_all_combined() -> None:
    judge = judged(parallel(20, leave=20))

    assert {fault.kind for fault in judge.faults()} == {Kind.IMPROPER, Kind.DEADLOCK}
    assert judge.space.work < 100_000


def test_the_bound_is_owned_up_to_and_kept() -> None:
    split = [f"p -> x{n}" for n in range(16)]
    lines = [START, END, gateway("p", "parallel"), gateway("j", "parallel"), "s -> p", "j -> e", *split]
    for n in range(16):
        lines += [gateway(name, "exclusive") for name in (f"x{n}", f"y{n}")]
        lines += [gateway(name, "inclusive") for name in (f"o{n}", f"q{n}")]
        lines += [f"x{n} -> o{n}", f"x{n} -> y{n}", f"y{n} -> o{n}", f"y{n} -> q{n}", f"o{n} -> q{n}", f"q{n} -> j"]

    judge = judged(process_of(*lines), limit=100_000)

    assert [fault.kind for fault in judge.faults()] == [Kind.UNKNOWN]
    assert judge.space.work < 110_000


def test_branches_that_may_each_end_everything_are_not_combined() -> None:
    lines = [START, END, gateway("p", "parallel"), gateway("j", "parallel"), "s -> p", "j -> e"]
    for n in range(24):
        lines += [task(f"a{n}"), gateway(f"x{n}", "exclusive"), event(f"t{n}", "endEvent", definition("terminate"))]
        lines += [f"p -> a{n}", f"a{n} -> x{n}", f"x{n} -> t{n}", f"x{n} -> j"]

    assert found(*lines) == []
