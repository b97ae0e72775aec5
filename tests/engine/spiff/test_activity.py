"""Sub-processes, called processes, multi-instance activities."""

import pytest

from engine.spiff import StepFailed
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
    process,
    reloaded,
    timer,
)


def sub(name: str, *flows: str, nodes: dict[str, str] | None = None, loop: str = "") -> str:
    return f'<bpmn:subProcess id="{name}">{loop}{inside(*flows, nodes=nodes, prefix=name)}</bpmn:subProcess>'


def several(count: str, *, sequential: bool = False, completion: str = "") -> str:
    ends = f"<bpmn:completionCondition>{completion}</bpmn:completionCondition>" if completion else ""
    kind = "true" if sequential else "false"
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{kind}"><bpmn:loopCardinality>{count}'
        f"</bpmn:loopCardinality>{ends}</bpmn:multiInstanceLoopCharacteristics>"
    )


def many(count: str, *, sequential: bool = False, completion: str = "") -> bytes:
    loop = several(count, sequential=sequential, completion=completion)
    return model("s1>a", "a>b", "b>e1", nodes={"a": f'<bpmn:userTask id="a">{loop}</bpmn:userTask>'})


def test_a_sub_process_is_left_when_its_last_token_ends() -> None:
    nodes = {"box": sub("box", "s2>p1", "p1>a", "p1>b", "a>e2", "b>e3")}
    run = begin(model("s1>box", "box>c", "c>e1", nodes=nodes))

    assert open_elements(run) == ["a", "b"]
    run = do(run, "a")
    assert open_elements(run) == ["b"]
    run = do(run, "b")
    assert open_elements(run) == ["c"]
    assert do(run, "c").ended_at == "e1"


def test_sub_processes_nest() -> None:
    inner = sub("inner", "s3>a", "a>e3")
    nodes = {"outer": sub("outer", "s2>inner", "inner>b", "b>e2", nodes={"inner": inner})}
    run = do(begin(model("s1>outer", "outer>c", "c>e1", nodes=nodes)), "a")

    assert open_elements(run) == ["b"]
    assert open_elements(do(run, "b")) == ["c"]


def test_a_sub_process_without_a_wait_is_passed() -> None:
    nodes = {"box": sub("box", "s2>e2")}

    assert open_elements(begin(model("s1>box", "box>c", "c>e1", nodes=nodes))) == ["c"]


def test_a_timer_on_a_sub_process_withdraws_all_that_is_in_it() -> None:
    inner = sub("inner", "s3>a", "a>e3")
    nodes = {
        "box": sub("box", "s2>p1", "p1>inner", "p1>b", "inner>e2", "b>e2", nodes={"inner": inner}),
        "late": boundary("late", "box", timer("PT1H")),
    }
    run = begin(model("s1>box", "box>e1", "late>c", "c>e1", nodes=nodes))
    run.fire(run.timers()[0].key, AT)

    assert open_elements(run) == ["c"]
    assert open_elements(reloaded(run)) == ["c"]


def test_a_terminate_end_in_a_sub_process_ends_only_that() -> None:
    stop = event("endEvent", "stop", "<bpmn:terminateEventDefinition/>")
    nodes = {"box": sub("box", "s2>p1", "p1>a", "p1>b", "a>stop", "b>e2", nodes={"stop": stop})}
    run = do(begin(model("s1>box", "box>c", "c>e1", nodes=nodes)), "a")

    assert open_elements(run) == ["c"]
    assert run.ended_at is None


def test_a_called_process_runs_inside_its_caller() -> None:
    nodes = {name: f'<bpmn:callActivity id="{name}" calledElement="Q"/>' for name in ("call1", "call2")}
    source = document(
        process("s1>call1", "call1>call2", "call2>c", "c>e1", nodes=nodes),
        process("s2>a", "a>e2", name="Q"),
    )
    run = do(begin(source), "a")

    assert open_elements(run) == ["a"]
    assert open_elements(do(run, "a")) == ["c"]


@pytest.mark.parametrize("sequential", [False, True])
def test_every_instance_of_a_multi_instance_task_is_done(sequential: bool) -> None:
    run = begin(many("n", sequential=sequential), {"n": 3})
    seen = []
    while open_elements(run) != ["b"]:
        seen.append([waiting.item for waiting in run.waiting()])
        run = do(run, "a")

    assert seen == ([[0], [1], [2]] if sequential else [[0, 1, 2], [1, 2], [2]])


def test_nothing_is_opened_again_when_what_follows_the_last_instance_does_not_wait() -> None:
    nodes = {"a": f'<bpmn:userTask id="a">{several("2", sequential=True)}</bpmn:userTask>'}
    run = do(do(begin(model("s1>a", "a>x1", "x1>e1", nodes=nodes)), "a"), "a")

    assert run.finished


def test_no_instances_at_all_are_passed() -> None:
    assert open_elements(begin(many("0"))) == ["b"]


def test_a_completion_condition_withdraws_the_instances_that_are_left() -> None:
    run = begin(many("5", completion="numberOfCompletedInstances >= 2"))
    run = do(do(run, "a"), "a")

    assert open_elements(run) == ["b"]


@pytest.mark.parametrize("count", ["-1", "201", "1.5", "'x'", "True"])
def test_a_count_that_is_none_fails_the_step(count: str) -> None:
    with pytest.raises(StepFailed) as failed:
        begin(many(count))

    assert (failed.value.code, failed.value.element) == ("instance-count", "a")


def test_instances_can_follow_a_list() -> None:
    listed = "<bpmn:loopDataInputRef>units</bpmn:loopDataInputRef>"
    tag = "multiInstanceLoopCharacteristics"
    nodes = {"a": f'<bpmn:userTask id="a"><bpmn:{tag}>{listed}</bpmn:{tag}></bpmn:userTask>'}
    run = begin(model("s1>a", "a>e1", nodes=nodes), {"units": ["STC", "STNMT"]})

    assert [waiting.item for waiting in run.waiting()] == [0, 1]


def test_a_sub_process_can_have_several_instances() -> None:
    nodes = {"box": sub("box", "s2>a", "a>b", "b>e2", loop=several("2"))}
    run = do(begin(model("s1>box", "box>c", "c>e1", nodes=nodes)), "a")

    assert open_elements(run) == ["a", "b"]
    for task in ("b", "a", "b"):
        run = do(run, task)
    assert open_elements(run) == ["c"]


def test_a_timer_on_a_multi_instance_task_withdraws_all_instances() -> None:
    nodes = {
        "a": f'<bpmn:userTask id="a">{several("3")}</bpmn:userTask>',
        "late": boundary("late", "a", timer("PT1H")),
    }
    run = do(begin(model("s1>a", "a>b", "late>c", "b>e1", "c>e1", nodes=nodes)), "a")
    run.fire(run.timers()[0].key, AT)

    assert open_elements(reloaded(run)) == ["c"]


def test_a_completed_multi_instance_task_withdraws_its_timer() -> None:
    nodes = {
        "a": f'<bpmn:userTask id="a">{several("2", sequential=True)}</bpmn:userTask>',
        "late": boundary("late", "a", timer("PT1H")),
        "b": element("b"),
    }
    run = begin(model("s1>a", "a>b", "late>c", "b>e1", "c>e1", nodes=nodes))
    run = do(run, "a")
    assert len(run.timers()) == 1
    run = do(run, "a")

    assert open_elements(run) == ["b"]
    assert run.timers() == ()
