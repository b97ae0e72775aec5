"""Starting, completing, dumping and loading one instance."""

import json
from datetime import datetime

import pytest

from engine.spiff import NotWaiting, Run, StateMismatch, StepFailed, compile_definition
from engine.spiff.script import SealedScriptEngine
from tests.engine.spiff.models import AT, FixedClock, begin, do, model, open_elements, reloaded

LINE = model("s1>a", "a>b", "b>e1")


def test_a_started_instance_waits_at_its_first_task() -> None:
    run = begin(LINE)

    assert open_elements(run) == ["a"]
    assert not run.finished
    assert run.ended_at is None


def test_an_instance_goes_from_task_to_task_to_its_end() -> None:
    run = do(do(begin(LINE), "a"), "b")

    assert run.finished
    assert run.ended_at == "e1"
    assert run.waiting() == ()


@pytest.mark.parametrize("tag", ["userTask", "manualTask", "task"])
def test_every_kind_of_people_s_task_waits(tag: str) -> None:
    run = begin(model("s1>a", "a>e1", nodes={"a": f'<bpmn:{tag} id="a"/>'}))

    assert open_elements(run) == ["a"]


def test_a_task_is_completed_once() -> None:
    run = begin(LINE)
    (first,) = run.waiting()
    run.complete(first.key, None, None, AT)

    with pytest.raises(NotWaiting) as refused:
        run.complete(first.key, None, None, AT)

    assert refused.value.facts == {"key": first.key}
    assert open_elements(run) == ["b"]


def test_a_key_stays_the_same_when_the_instance_is_stored() -> None:
    run = begin(model("s1>p1", "p1>a", "p1>b", "a>p2", "b>p2", "p2>e1"))

    assert reloaded(run).waiting() == run.waiting()


def test_variables_are_of_the_whole_instance() -> None:
    run = begin(model("s1>p1", "p1>a", "p1>b", "a>p2", "b>p2", "p2>e1"), {"x": 0})

    run = do(run, "a", variables={"x": 1})
    run = do(run, "b")

    assert run.variables == {"x": 1}


def test_the_last_outcome_of_an_element_is_kept_trimmed() -> None:
    run = do(begin(LINE), "a", "  đồng ý ")

    assert run.outcomes == {"a": "đồng ý"}


def test_a_message_task_is_not_completed_as_a_person_s() -> None:
    run = begin(model("s1>a", "a>e1", nodes={"a": '<bpmn:receiveTask id="a"/>'}))
    (waiting,) = run.waiting()

    with pytest.raises(NotWaiting):
        run.complete(waiting.key, None, None, AT)


@pytest.mark.parametrize("key", ["typename", "__class__", "module", "format", "tokens"])
def test_no_key_that_people_enter_breaks_the_stored_state(key: str) -> None:
    entered = {key: "zzz", "nested": {key: [{"typename": "uuid"}]}}
    run = do(begin(LINE), "a", variables=entered)

    assert reloaded(run).variables == entered
    assert open_elements(reloaded(run)) == ["b"]


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(StepFailed) as number:
        begin(LINE, {"x": float("nan")})
    with pytest.raises(StepFailed) as letter:
        do(begin(LINE), "a", "\ud800")

    assert {number.value.code, letter.value.code} == {"variables-not-json"}


def test_variables_are_copied_in() -> None:
    mine: dict[str, list[int]] = {"list": [1]}
    run = begin(LINE, mine)

    mine["list"].append(2)

    assert run.variables == {"list": [1]}


@pytest.mark.parametrize("name", ["Start", "End", "Root", "P.EndJoin", "process.EndJoin", "a.BoundaryEventSplit"])
def test_an_id_that_the_library_uses_itself_is_an_id_like_any_other(name: str) -> None:
    run = begin(model("s1>t", f"t>{name}", f"{name}>e1", nodes={name: f'<bpmn:userTask id="{name}"/>'}))

    run = do(run, "t")
    assert open_elements(run) == [name]
    assert do(run, name).finished


def test_a_start_event_may_be_called_start_and_an_end_event_end() -> None:
    nodes = {"Start": '<bpmn:startEvent id="Start"/>', "End": '<bpmn:endEvent id="End"/>'}
    run = do(begin(model("Start>a", "a>End", nodes=nodes)), "a")

    assert run.ended_at == "End"


def test_what_a_step_passed_is_told_with_the_flows_taken() -> None:
    run = begin(model("s1>a", "a>x1", "x1>b[v > 1]", "x1>e1[default]", "b>e1"), {"v": 2})
    (first,) = run.waiting()

    run.complete(first.key, None, None, AT)

    assert [(passed.element, passed.kind, passed.flows) for passed in run.passed] == [
        ("x1", "exclusiveGateway", ("P_f2",))
    ]


def test_a_stored_state_names_its_definition_and_its_format() -> None:
    run = begin(LINE)
    other = compile_definition(model("s1>a", "a>e1"))
    newer = json.dumps({**json.loads(run.dump()), "format": 99}).encode()

    with pytest.raises(StateMismatch) as of_another:
        Run.load(other, run.dump(), FixedClock())
    with pytest.raises(StateMismatch) as of_the_future:
        Run.load(run.compiled, newer, FixedClock())
    with pytest.raises(StateMismatch) as broken:
        Run.load(run.compiled, b"{", FixedClock())

    assert [error.value.code for error in (of_another, of_the_future, broken)] == [
        "state-definition",
        "state-format",
        "state-unreadable",
    ]


def test_the_same_acts_give_the_same_state() -> None:
    assert do(begin(LINE), "a").dump() == do(begin(LINE), "a").dump()


def test_a_naive_moment_is_refused() -> None:
    run = begin(LINE)

    with pytest.raises(ValueError, match="2026"):
        run.complete(run.waiting()[0].key, None, None, datetime(2026, 11, 23))  # naive on purpose


def test_the_library_s_way_into_python_is_shut() -> None:
    engine = SealedScriptEngine()

    for act in (engine.evaluate, engine.execute, engine.call_service):
        with pytest.raises(StepFailed) as refused:
            act(None, "1 + 1") if act != engine.call_service else act(None)
        assert refused.value.code == "script-forbidden"
