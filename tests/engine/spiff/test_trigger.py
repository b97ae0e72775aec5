"""Signals, errors, escalations, links."""

import pytest

from engine.spiff import NotWaiting, Run, StepFailed, WaitingFor
from tests.engine.spiff.models import (
    AT,
    begin,
    boundary,
    do,
    document,
    element,
    event,
    inside,
    model,
    open_elements,
    reloaded,
)
from tests.engine.spiff.models import process as process_xml

ROOTS = (
    '<bpmn:signal id="sig1" name="Có lũ"/><bpmn:signal id="sig2" name="Hết lũ"/>'
    '<bpmn:error id="err1" name="Sai" errorCode="E1"/><bpmn:error id="err2" name="Thiếu" errorCode="E2"/>'
    '<bpmn:escalation id="esc1" name="Báo" escalationCode="C1"/><bpmn:escalation id="esc2" escalationCode="C2"/>'
)


def definition(kind: str, ref: str | None = None) -> str:
    attribute = f' {kind}Ref="{ref}"' if ref else ""
    return f"<bpmn:{kind}EventDefinition{attribute}/>"


def throw(name: str, kind: str, ref: str) -> str:
    return event("intermediateThrowEvent", name, definition(kind, ref))


def catch(name: str, ref: str = "sig1") -> str:
    return event("intermediateCatchEvent", name, definition("signal", ref))


def end(name: str, kind: str, ref: str | None = None) -> str:
    return event("endEvent", name, definition(kind, ref))


def border(name: str, host: str, kind: str, ref: str | None = None, *, interrupting: bool = True) -> str:
    return boundary(name, host, definition(kind, ref), interrupting=interrupting)


def sub(name: str, *flows: str, nodes: dict[str, str] | None = None, loop: str = "") -> str:
    return f'<bpmn:subProcess id="{name}">{loop}{inside(*flows, nodes=nodes, prefix=name)}</bpmn:subProcess>'


def waiting(run: Run) -> list[str]:
    """Where the run waits for people and signals."""
    return open_elements(run)


def test_a_signal_is_heard_by_all_that_wait_for_it_and_by_no_other() -> None:
    nodes = {"c1": catch("c1"), "c2": catch("c2"), "c3": catch("c3", "sig2"), "say": throw("say", "signal", "sig1")}
    nodes["e9"] = element("e9")
    flows = ["s1>p1", "p1>c1", "p1>c2", "p1>c3", "p1>t", "t>say", "say>d", "c1>a", "c2>b", "c3>x", "x>e9"]
    run = begin(model(*flows, nodes=nodes, other=ROOTS))

    assert waiting(run) == ["c1", "c2", "c3", "t"]
    assert {place.kind for place in run.waiting() if place.message} == {WaitingFor.SIGNAL}
    run = do(run, "t")
    assert waiting(run) == ["a", "b", "c3", "d"]


def test_a_signal_is_not_heard_by_who_waits_for_it_only_afterwards() -> None:
    nodes = {"say": throw("say", "signal", "sig1"), "c1": catch("c1")}
    run = begin(model("s1>say", "say>c1", "c1>a", "a>e1", nodes=nodes, other=ROOTS))

    assert waiting(run) == ["c1"]
    assert run.signals == ("Có lũ",)


def test_a_signal_end_event_throws_its_signal() -> None:
    nodes = {"c1": catch("c1"), "stop": end("stop", "signal", "sig1")}
    run = begin(model("s1>p1", "p1>t", "p1>c1", "t>stop", "c1>a", "a>e1", nodes=nodes, other=ROOTS))

    assert waiting(do(run, "t")) == ["a"]


@pytest.mark.parametrize(("interrupting", "left"), [(True, ["late"]), (False, ["late", "late", "lũ", "t"])])
def test_a_signal_on_a_border_interrupts_or_comes_again(interrupting: bool, left: list[str]) -> None:
    nodes = {"t": element("t"), "lũ": border("lũ", "t", "signal", "sig1", interrupting=interrupting)}
    run = begin(model("s1>t", "t>e1", "lũ>late", "late>e2", nodes=nodes, other=ROOTS))

    for _ in range(1 if interrupting else 2):
        assert run.hear("có lũ".capitalize(), None, AT) == 1
        run = reloaded(run)

    assert waiting(run) == left


def test_a_signal_from_outside_reaches_sub_processes_and_brings_variables() -> None:
    nodes = {"box": sub("box", "s2>c1", "c1>a", "a>e2", nodes={"c1": catch("c1")})}
    run = begin(model("s1>box", "box>e1", nodes=nodes, other=ROOTS))

    assert run.hear("Có lũ", {"mức": 3}, AT) == 1

    assert (waiting(reloaded(run)), run.variables) == (["a"], {"mức": 3})
    with pytest.raises(NotWaiting):
        run.hear("Có lũ", None, AT)


def test_a_signal_event_may_follow_an_event_gateway() -> None:
    nodes = {"c1": catch("c1"), "c2": catch("c2", "sig2")}
    run = begin(model("s1>g1", "g1>c1", "g1>c2", "c1>a", "c2>b", "a>e1", "b>e1", nodes=nodes, other=ROOTS))
    run.hear("Hết lũ", None, AT)

    assert waiting(reloaded(run)) == ["b"]


def test_a_signal_that_interrupts_the_scope_it_is_thrown_in_takes_what_came_after_it_away() -> None:
    inner = {"say": throw("say", "signal", "sig1")}
    nodes = {
        "box": sub("box", "s2>t", "t>say", "say>u", "u>e2", nodes=inner),
        "b": border("b", "box", "signal", "sig1"),
    }
    run = begin(model("s1>box", "box>e1", "b>a", "a>e1", nodes=nodes, other=ROOTS))

    assert waiting(do(run, "t")) == ["a"]


def erring(ref: str | None, *borders: str) -> bytes:
    stop = end("fail", "error", ref)
    deep = sub("deep", "s3>p1", "p1>t", "p1>v", "t>fail", "v>e3", nodes={"fail": stop})
    nodes = {"box": sub("box", "s2>deep", "deep>e2", nodes={"deep": deep})}
    for name in borders:
        nodes[f"on_{name}"] = border(f"on_{name}", "box", "error", name if name in ("err1", "err2") else None)
    return model("s1>box", "box>n", "n>e1", *(f"on_{name}>at_{name}" for name in borders), nodes=nodes, other=ROOTS)


@pytest.mark.parametrize(
    ("thrown", "borders", "caught"),
    [
        ("err1", ("err1", "err2"), ["at_err1"]),
        ("err2", ("err1", "err2"), ["at_err2"]),
        ("err1", ("any",), ["at_any"]),
        ("err1", ("any", "err1"), ["at_err1"]),
        ("err2", ("any", "err1"), ["at_any"]),
        (None, ("any", "err1"), ["at_any"]),
    ],
)
def test_an_error_goes_outwards_to_the_border_that_catches_it(
    thrown: str | None, borders: tuple[str, ...], caught: list[str]
) -> None:
    run = do(begin(erring(thrown, *borders)), "t")

    assert waiting(run) == caught


def test_the_nearest_border_catches_an_error() -> None:
    stop = end("fail", "error", "err1")
    deep = sub("deep", "s3>t", "t>fail", nodes={"fail": stop})
    inner = {"deep": deep, "near": border("near", "deep", "error")}
    nodes = {
        "box": sub("box", "s2>deep", "deep>e2", "near>b", "b>e2", nodes=inner),
        "far": border("far", "box", "error", "err1"),
    }
    run = do(begin(model("s1>box", "box>e1", "far>a", nodes=nodes, other=ROOTS)), "t")

    assert waiting(run) == ["b"]


def test_an_error_that_nothing_catches_ends_the_case_there() -> None:
    run = do(begin(erring("err1", "err2")), "t")

    assert (run.finished, run.ended_at) == (True, "fail")


def test_an_error_in_a_called_process_is_caught_at_the_call() -> None:
    call = event("callActivity", "call", calledElement="Q")
    nodes = {"call": call, "b": border("b", "call", "error", "err1")}
    inner = {"fail": end("fail", "error", "err1")}
    source = document(
        process_xml("s1>call", "call>e1", "b>a", "a>e1", nodes=nodes),
        process_xml("s2>t", "t>fail", nodes=inner, name="Q"),
        ROOTS,
    )

    assert waiting(do(begin(source), "t")) == ["a"]


def test_an_error_in_one_instance_withdraws_all_instances() -> None:
    count = "<bpmn:loopCardinality>3</bpmn:loopCardinality>"
    loop = f"<bpmn:multiInstanceLoopCharacteristics>{count}</bpmn:multiInstanceLoopCharacteristics>"
    inner = {"fail": end("fail", "error", "err1")}
    nodes = {"box": sub("box", "s2>t", "t>fail", nodes=inner, loop=loop), "b": border("b", "box", "error")}
    run = do(begin(model("s1>box", "box>e1", "b>a", nodes=nodes, other=ROOTS)), "t")

    assert waiting(run) == ["a"]


@pytest.mark.parametrize(("interrupting", "left"), [(True, ["a"]), (False, ["a", "u"])])
def test_an_escalation_is_told_outwards_and_leaves_or_withdraws_what_told_it(
    interrupting: bool, left: list[str]
) -> None:
    inner = {"tell": throw("tell", "escalation", "esc1")}
    nodes = {
        "box": sub("box", "s2>t", "t>tell", "tell>u", "u>e2", nodes=inner),
        "b": border("b", "box", "escalation", "esc1", interrupting=interrupting),
        "other": border("other", "box", "escalation", "esc2"),
    }
    run = do(begin(model("s1>box", "box>n", "n>e1", "b>a", "other>z", nodes=nodes, other=ROOTS)), "t")

    assert waiting(run) == left


def test_an_escalation_may_come_more_than_once_and_from_an_end() -> None:
    inner = {"tell": throw("tell", "escalation", "esc1"), "done": end("done", "escalation", "esc1")}
    nodes = {
        "box": sub("box", "s2>t", "t>tell", "tell>u", "u>done", nodes=inner),
        "b": border("b", "box", "escalation", interrupting=False),
    }
    run = begin(model("s1>box", "box>n", "n>e1", "b>a", "a>e2", nodes=nodes, other=ROOTS))

    assert waiting(do(do(run, "t"), "u")) == ["a", "a", "n"]


def test_an_escalation_that_nothing_catches_changes_nothing() -> None:
    nodes = {"tell": throw("tell", "escalation", "esc1"), "done": end("done", "escalation", "esc1")}
    run = begin(model("s1>tell", "tell>t", "t>done", nodes=nodes, other=ROOTS))

    assert waiting(run) == ["t"]
    assert do(run, "t").ended_at == "done"


def test_a_border_for_errors_is_nothing_to_wait_for() -> None:
    inner = sub("box", "s2>p1", "p1>a", "p1>b", "a>p2", "b>x1", "x1>p2[v]", "x1>e2[default]", "p2>e3")
    nodes = {"box": inner, "edge": border("edge", "box", "error")}
    run = do(begin(model("s1>box", "box>e1", "edge>z", nodes=nodes, other=ROOTS), {"v": False}), "a")

    with pytest.raises(StepFailed, match="dead-end"):
        do(run, "b")


LINK = '<bpmn:linkEventDefinition name="Sang trang 2"/>'


def test_a_link_leads_on_at_its_other_half() -> None:
    nodes = {
        "out1": event("intermediateThrowEvent", "out1", LINK),
        "out2": event("intermediateThrowEvent", "out2", LINK),
        "in1": event("intermediateCatchEvent", "in1", LINK),
    }
    source = model("s1>x1", "x1>out1[v]", "x1>a[default]", "a>out2", "in1>b", "b>e1", nodes=nodes)

    assert waiting(begin(source, {"v": True})) == ["b"]
    assert waiting(do(begin(source, {"v": False}), "a")) == ["b"]


def test_an_inclusive_join_sees_what_comes_by_a_link() -> None:
    nodes = {
        "out1": event("intermediateThrowEvent", "out1", LINK),
        "in1": event("intermediateCatchEvent", "in1", LINK),
    }
    run = begin(model("s1>p1", "p1>a", "p1>b", "a>o1", "b>out1", "in1>o1", "o1>c", "c>e1", nodes=nodes))

    run = do(run, "a")
    assert waiting(run) == ["b"]
    assert waiting(do(run, "b")) == ["c"]
