"""What is compiled, what is refused, and that a definition is compiled once."""

from hashlib import sha256
from itertools import pairwise

import pytest

from engine.spiff import Run, Uncompilable, cached, compile_definition
from tests.bpmn.dmn.tables import definitions, table
from tests.engine.spiff.models import (
    AT,
    FixedClock,
    begin,
    boundary,
    document,
    element,
    event,
    inside,
    model,
    open_elements,
    process,
    timer,
    working,
)

MESSAGE = '<bpmn:message id="m" name="M"/>'
CYCLE = timer("R/PT0S", "timeCycle")


def with_node(name: str, xml: str, *, other: str = "") -> bytes:
    return model(f"s1>{name}", f"{name}>e1", nodes={name: xml}, other=other)


def on_border(definition: str, host: str = "a", **hosts: str) -> bytes:
    nodes = {"a": element("a"), **hosts, "edge": boundary("edge", host, definition)}
    return model("s1>a", "a>e1", "edge>e2", nodes=nodes)


def task(inner: str = "", **attributes: str) -> str:
    return event("userTask", "t", inner, **attributes)


def catch(definition: str) -> bytes:
    return with_node("c", event("intermediateCatchEvent", "c", definition))


def throw(definition: str) -> bytes:
    return with_node("c", event("intermediateThrowEvent", "c", definition))


def end(definition: str) -> bytes:
    return model("s1>end", nodes={"end": event("endEvent", "end", definition)})


def definition(kind: str) -> str:
    return f"<bpmn:{kind}EventDefinition/>"


def call(name: str, called: str) -> str:
    return event("callActivity", name, calledElement=called)


def with_rule(decision: str, result: str = "") -> bytes:
    named = f' result="{result}"' if result else ""
    ours = f'<namro:decision ref="D"{named}/>{definitions(decision)}'
    inner = f"<bpmn:extensionElements>{ours}</bpmn:extensionElements>"
    return with_node("t", f'<bpmn:businessRuleTask id="t">{inner}</bpmn:businessRuleTask>')


def linked(*catching: str, flows: tuple[str, ...] = ()) -> bytes:
    link = '<bpmn:linkEventDefinition name="L"/>'
    nodes = {name: event("intermediateCatchEvent", name, link) for name in catching}
    nodes["out"] = event("intermediateThrowEvent", "out", link)
    return model("s1>out", *(f"{name}>e1" for name in catching), *flows, nodes=nodes)


SUB = f'<bpmn:subProcess id="t">{inside("s2>e2", prefix="t")}</bpmn:subProcess>'
SUB_START = f'<bpmn:subProcess id="t">{inside("s2>e2", prefix="t")}</bpmn:subProcess>'

REFUSED = {
    "scriptTask": (with_node("t", '<bpmn:scriptTask id="t"/>'), "element-unsupported", "t"),
    "serviceTask": (with_node("t", '<bpmn:serviceTask id="t"/>'), "element-unsupported", "t"),
    "rule without a decision": (with_node("t", '<bpmn:businessRuleTask id="t"/>'), "decision-missing", "t"),
    "complexGateway": (with_node("t", '<bpmn:complexGateway id="t"/>'), "element-unsupported", "t"),
    "transaction": (with_node("t", '<bpmn:transaction id="t"/>'), "element-unsupported", "t"),
    "adHocSubProcess": (with_node("t", '<bpmn:adHocSubProcess id="t"/>'), "element-unsupported", "t"),
    "event sub-process": (
        with_node("t", SUB_START.replace('id="t"', 'id="t" triggeredByEvent="true"', 1)),
        "element-unsupported",
        "t",
    ),
    "compensation": (with_node("t", task(isForCompensation="true")), "element-unsupported", "t"),
    "token quantities": (with_node("t", task(startQuantity="2")), "quantity-unsupported", "t"),
    "standard loop": (with_node("t", task("<bpmn:standardLoopCharacteristics/>")), "loop-unsupported", "t"),
    "instances without a count": (
        with_node("t", task("<bpmn:multiInstanceLoopCharacteristics/>")),
        "loop-without-count",
        "t",
    ),
    "catch conditional": (catch(definition("conditional")), "event-unsupported", "c"),
    "link that nothing throws": (catch('<bpmn:linkEventDefinition name="L"/>'), "link-missing", "c"),
    "catch nothing": (catch(""), "event-unsupported", "c"),
    "catch two": (catch(timer("PT1H") + definition("message")), "many-event-definitions", "c"),
    "message without a name": (catch(definition("message")), "message-missing", "c"),
    "timer without a time": (catch(definition("timer")), "timer-missing", "c"),
    "link that nothing catches": (throw('<bpmn:linkEventDefinition name="L"/>'), "link-missing", "c"),
    "link that two catch": (linked("l1", "l2"), "link-repeated", "l2"),
    "flow into a link": (linked("l1", flows=("s1>l1",)), "flow-into-event", "l1"),
    "flow out of a link": (linked("l1", flows=("out>e1",)), "flow-out-of-end", "out"),
    "event gateway to a link": (linked("l1", flows=("s1>g1", "g1>l1")), "flow-into-event", "l1"),
    "signal without a name": (catch(definition("signal")), "message-missing", "c"),
    "error on a task": (on_border(definition("error")), "boundary-host", "edge"),
    "escalation on a task": (on_border(definition("escalation")), "boundary-host", "edge"),
    "error that does not interrupt": (
        model(
            "s1>t",
            "t>e1",
            "edge>e3",
            nodes={"t": SUB, "edge": boundary("edge", "t", definition("error"), interrupting=False)},
        ),
        "event-unsupported",
        "edge",
    ),
    "start by an error": (
        model("s1>e1", nodes={"s1": event("startEvent", "s1", definition("error"))}),
        "event-unsupported",
        "s1",
    ),
    "rule that is not understood": (
        with_rule(table(["n"], ["v"], ["5 +", "1"])),
        "decision-cell",
        "t",
    ),
    "rule with code in a cell": (with_rule(table(["n"], ["v"], ["-", "__import__('os')"])), "script-forbidden", "t"),
    "rule of a kind that is not run": (with_rule(table(["n"], ["v"], policy="MAGIC")), "decision-unsupported", "t"),
    "rule with two results for one variable": (
        with_rule(table(["n"], ["v", "w"]), result="x"),
        "decision-result",
        "t",
    ),
    "input that is code": (
        with_node(
            "t",
            SUB.replace(">", '><bpmn:extensionElements><namro:in name="x" value="a.b"/></bpmn:extensionElements>', 1),
        ),
        None,
        "t",
    ),
    "throw compensation": (throw(definition("compensate")), "event-unsupported", "c"),
    "end cancel": (end(definition("cancel")), "event-unsupported", "end"),
    "boundary compensation": (on_border(definition("compensate")), "event-unsupported", "edge"),
    "boundary on an event": (on_border(timer("PT1H"), host="s1", s1=element("s1")), "boundary-host", "edge"),
    "no start": (model("a>e1"), "no-start", "P"),
    "two starts": (model("s1>a", "s2>a", "a>e1"), "many-starts", "s2"),
    "start by a condition": (
        model("s1>e1", nodes={"s1": event("startEvent", "s1", definition("conditional"))}),
        "event-unsupported",
        "s1",
    ),
    "nothing leads there": (model("s1>e1", "a>e1"), "no-incoming", "a"),
    "condition out of a task": (model("s1>a", "a>b[x]", "b>e1"), "conditional-flow", "P_f1"),
    "XOR without a condition": (model("s1>x1", "x1>a", "x1>b[x]", "a>e1", "b>e1"), "no-condition", "P_f1"),
    "event gateway to a task": (model("s1>g1", "g1>a", "a>e1"), "event-gateway-target", "a"),
    "call of nothing": (with_node("call", event("callActivity", "call")), "called-process-missing", "call"),
    "call of another file": (with_node("call", call("call", "Q")), "called-process-missing", "call"),
    "call of itself": (with_node("call", call("call", "P")), "call-cycle", "call"),
    "not executable": (model("s1>e1").replace(b'isExecutable="true"', b'isExecutable="false"'), "not-executable", "P"),
    "two processes": (document(process("s1>e1"), process("s2>e2", name="Q")), "many-processes", "Q"),
    "condition that is code": (
        model("s1>x1", "x1>a[__import__('os').system('id')]", "x1>b[default]", "a>e1", "b>e1"),
        None,
        "P_f1",
    ),
    "timer that is code": (catch(timer("__import__('os').system('id')")), "timer-syntax", "c"),
    "start timer that is code": (
        model("s1>e1", nodes={"s1": event("startEvent", "s1", timer("__import__('os').system('id')", "timeCycle"))}),
        "timer-syntax",
        "s1",
    ),
    "timer without end or pause": (on_border(CYCLE), "timer-range", "edge"),
    "not BPMN": (b"<html/>", None, None),
    "no XML": (b"\0", None, None),
}


@pytest.mark.parametrize(("source", "code", "where"), REFUSED.values(), ids=REFUSED)
def test_what_would_run_wrongly_is_refused(source: bytes, code: str | None, where: str | None) -> None:
    with pytest.raises(Uncompilable) as refused:
        compile_definition(source)

    assert code is None or refused.value.code == code
    assert refused.value.element == where


def test_a_sub_process_begins_at_one_plain_start() -> None:
    nodes = {"s2": event("startEvent", "s2", timer("PT1H"))}
    body = inside("s2>e2", nodes=nodes, prefix="t")

    with pytest.raises(Uncompilable) as refused:
        compile_definition(with_node("t", f'<bpmn:subProcess id="t">{body}</bpmn:subProcess>'))

    assert (refused.value.code, refused.value.element) == ("event-unsupported", "s2")


def test_two_processes_that_call_each_other_are_refused() -> None:
    source = document(
        process("s1>t", "t>e1", nodes={"t": call("t", "Q")}),
        process("s2>u", "u>e2", nodes={"u": call("u", "R")}, name="Q"),
        process("s3>v", "v>e3", nodes={"v": call("v", "Q")}, name="R"),
    )

    with pytest.raises(Uncompilable) as refused:
        compile_definition(source)

    assert (refused.value.code, refused.value.element) == ("call-cycle", "u")


def test_artifacts_and_data_objects_are_ignored() -> None:
    extra = (
        '<bpmn:dataObject id="data"/><bpmn:dataObjectReference id="ref" dataObjectRef="data"/>'
        '<bpmn:textAnnotation id="note"><bpmn:text>x</bpmn:text></bpmn:textAnnotation><bpmn:group id="group"/>'
    )
    source = model("s1>a", "a>e1").replace(b"</bpmn:process>", extra.encode() + b"</bpmn:process>")

    assert open_elements(begin(source)) == ["a"]


def test_scripts_of_other_tools_are_never_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    canary = tmp_path_factory.mktemp("canary") / "ran"
    script = f'<x:preScript xmlns:x="http://spiffworkflow.org/bpmn/schema/1.0/core">open("{canary}", "w")</x:preScript>'
    run = begin(with_node("t", task(f"<bpmn:extensionElements>{script}</bpmn:extensionElements>")))
    run.complete(run.waiting()[0].key, None, None, AT)

    assert run.finished
    assert not canary.exists()


def test_working_time_is_compiled_as_the_table_says_it() -> None:
    compiled = compile_definition(catch(working("3", "working_day")))

    assert compiled.elements["c"].events[0].timer is not None
    assert Run.start(compiled, {}, AT, FixedClock()).timers()[0].element == "c"


def test_elements_of_sub_processes_and_called_processes_are_known() -> None:
    box = f'<bpmn:subProcess id="box">{inside("s2>a", "a>e2", prefix="box")}</bpmn:subProcess>'
    nodes = {"box": box, "call": call("call", "Q")}
    compiled = compile_definition(
        document(process("s1>box", "box>call", "call>e1", nodes=nodes), process("s3>b", "b>e3", name="Q"))
    )

    assert {"box", "a", "call", "b"} <= set(compiled.elements)
    assert compiled.process.id == "P"


def test_a_definition_is_compiled_once() -> None:
    source = model("s1>once", "once>e1")
    key = sha256(source).hexdigest()
    loads = []

    def load() -> bytes:
        loads.append(key)
        return source

    assert cached(key, load) is cached(key, load)
    assert loads == [key]


def test_a_definition_that_is_not_what_its_hash_says_is_refused() -> None:
    with pytest.raises(Uncompilable) as refused:
        cached("0" * 64, lambda: model("s1>e1"))

    assert refused.value.code == "hash-mismatch"


def test_instances_of_one_definition_do_not_touch_each_other() -> None:
    compiled = compile_definition(model("s1>a", "a>b", "b>e1"))
    first, second = (Run.start(compiled, {"n": n}, AT, FixedClock()) for n in (1, 2))

    first.complete(first.waiting()[0].key, "x", {"n": 9}, AT)

    assert (open_elements(first), open_elements(second)) == (["b"], ["a"])
    assert (second.variables, second.outcomes) == ({"n": 2}, {})


def test_a_long_process_is_compiled_without_recursion() -> None:
    names = [f"t{n}" for n in range(900)]
    flows = ["s1>t0", *(f"{a}>{b}" for a, b in pairwise(names)), "t899>e1"]

    assert open_elements(begin(model(*flows))) == ["t0"]
