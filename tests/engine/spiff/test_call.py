"""Calls of procedures outside the file, bound to one version."""

import pytest

from engine.spiff import Callee, Run, Uncompilable, compile_definition
from tests.bpmn.dmn.tables import definitions, table
from tests.engine.spiff.models import (
    AT,
    FixedClock,
    boundary,
    do,
    document,
    event,
    model,
    open_elements,
    process,
    timer,
)

ASKED = 'ket_qua("a") == "đạt"'
OTHER = model("s1>a", "a>x1", f"x1>b[{ASKED}]", "x1>e1[default]", "b>e1").replace(b'"P"', b'"Q"')
CALL = event("callActivity", "call", calledElement="QT-09")


def calling(called: bytes, **rest: Callee) -> Run:
    compiled = compile_definition(
        model("s1>a", "a>call", "call>b", "b>e1", nodes={"call": CALL}), {"QT-09": Callee(called, rest)}
    )
    return Run.start(compiled, {}, AT, FixedClock())


def test_a_bound_procedure_runs_inside_its_caller_under_ids_of_its_own() -> None:
    run = do(calling(OTHER), "a", "đạt")

    assert open_elements(run) == ["QT-09.a"]
    run = do(run, "QT-09.a", "không")
    assert open_elements(run) == ["b"]
    assert do(run, "b").ended_at == "e1"


def test_conditions_of_a_bound_procedure_ask_about_its_own_steps() -> None:
    run = do(do(calling(OTHER), "a", "không"), "QT-09.a", "đạt")

    assert open_elements(run) == ["QT-09.b"]


def test_a_text_that_only_looks_like_a_question_is_left_alone() -> None:
    odd = """ket_qua('a') == "ket_qua('a')" """.strip()
    other = model("s1>a", "a>x1", f"x1>b[{odd}]", "x1>c[default]", "b>e1", "c>e1").replace(b'"P"', b'"Q"')
    run = do(do(calling(other), "a"), "QT-09.a", "ket_qua('a')")

    assert open_elements(run) == ["QT-09.b"]


def test_procedures_bind_what_they_call_in_turn() -> None:
    middle = model("s1>call", "call>e1", nodes={"call": event("callActivity", "call", calledElement="QT-1")})
    run = do(calling(middle.replace(b'"P"', b'"Q"'), **{"QT-1": Callee(OTHER)}), "a")

    assert open_elements(run) == ["QT-09.QT-1.a"]
    assert {"QT-09.QT-1.a", "QT-09.call", "call"} <= set(run.compiled.elements)


def test_decisions_and_timers_of_a_bound_procedure_come_with_it() -> None:
    decision = definitions(table(['ket_qua("a")'], ["n"], ['"đạt"', "1"], ["-", "0"], policy="FIRST"))
    rule = (
        f'<bpmn:businessRuleTask id="r"><bpmn:extensionElements><namro:decision ref="D"/>{decision}'
        "</bpmn:extensionElements></bpmn:businessRuleTask>"
    )
    nodes = {"r": rule, "a": event("userTask", "a"), "late": boundary("late", "a", timer("PT1H"))}
    other = model("s1>a", "a>r", "r>b", "b>e1", "late>e1", nodes=nodes).replace(b'"P"', b'"Q"')
    run = do(calling(other), "a")

    assert [pending.element for pending in run.timers()] == ["QT-09.late"]
    assert do(run, "QT-09.a", "đạt").variables == {"n": 1}


def test_another_version_is_another_definition() -> None:
    names = {calling(source).compiled.sha256 for source in (OTHER, OTHER.replace(b'"b"', b'"c"'))}

    assert len(names) == 2


def test_a_procedure_that_is_not_bound_is_refused_unless_on_trial() -> None:
    source = model("s1>a", "a>call", "call>b", "b>e1", nodes={"call": CALL})

    with pytest.raises(Uncompilable) as refused:
        compile_definition(source)

    assert (refused.value.code, refused.value.facts["called"]) == ("called-process-missing", "QT-09")
    assert compile_definition(source, trial=True).process.id == "P"


def test_a_call_of_nothing_is_refused_even_on_trial() -> None:
    with pytest.raises(Uncompilable):
        compile_definition(model("s1>call", "call>e1", nodes={"call": event("callActivity", "call")}), trial=True)


def test_a_complaint_is_seen_to_by_a_person() -> None:
    mark = '<bpmn:extensionElements><namro:call goto="complaint_subprocess" at="1"/></bpmn:extensionElements>'
    call = event("callActivity", "call", mark, calledElement="complaint_subprocess")
    run = Run.start(compile_definition(model("s1>call", "call>e1", nodes={"call": call})), {}, AT, FixedClock())

    assert open_elements(run) == ["call"]
    assert do(run, "call").finished


def test_an_id_that_a_bound_procedure_would_take_is_refused() -> None:
    nodes = {"call": CALL, "QT-09.a": event("userTask", "QT-09.a")}

    with pytest.raises(Uncompilable, match="id-reserved"):
        compile_definition(model("s1>call", "call>QT-09.a", nodes=nodes), {"QT-09": Callee(OTHER)})


def test_a_file_may_hold_what_it_calls() -> None:
    called = event("callActivity", "call", calledElement="Q")
    source = document(process("s1>call", "call>e1", nodes={"call": called}), process("s2>a", "a>e2", name="Q"))

    assert open_elements(Run.start(compile_definition(source), {}, AT, FixedClock())) == ["a"]
