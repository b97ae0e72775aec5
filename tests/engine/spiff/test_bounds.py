"""State that stays small, steps that end."""

import pytest

from engine.spiff import StepLimit
from engine.spiff.stepping import MAX_SECONDS
from engine.spiff.token import Instance
from tests.engine.spiff.models import AT, begin, do, model, open_elements, reloaded

LOOP = model("s1>x1", "x1>L", "L>x2", "x2>x1[again]", "x2>e1[default]")
FORKED = model("s1>x1", "x1>p1", "p1>a", "p1>b", "a>p2", "b>p2", "p2>x2", "x2>x1[again]", "x2>e1[default]")


def test_a_loop_of_3000_turns_keeps_its_state_flat_and_ends_right() -> None:
    run = do(begin(LOOP, {"again": True}), "L")
    after_one = len(run.dump())
    for _ in range(2_998):
        run = do(run, "L")

    assert len(run.dump()) <= after_one + 10
    assert open_elements(run) == ["L"]
    assert do(run, "L", variables={"again": False}).ended_at == "e1"


def test_a_parallel_block_in_a_loop_of_400_turns_keeps_its_state_flat() -> None:
    run = begin(FORKED, {"again": True})
    first = len(run.dump())
    for turn in range(400):
        for task in ("a", "b") if turn % 2 else ("b", "a"):
            run = do(run, task)

    assert len(run.dump()) <= first + 20
    assert open_elements(run) == ["a", "b"]


def test_a_step_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    run = begin(LOOP, {"again": True})
    seconds = iter(range(0, 100, 3))
    monkeypatch.setattr(Instance, "stopwatch", staticmethod(lambda: next(seconds)))

    with pytest.raises(StepLimit) as refused:
        do(run, "L")

    assert (refused.value.code, refused.value.facts["limit"]) == ("too-long", MAX_SECONDS)


@pytest.mark.parametrize("blocks", [1, 12, 40])
def test_what_lies_ahead_is_not_in_the_state(blocks: int) -> None:
    flows = ["s1>t"]
    before = "t"
    for block in range(blocks):
        split, join, tasks = f"p{2 * block}", f"p{2 * block + 1}", [f"t{block}_{n}" for n in range(5)]
        flows += [f"{before}>{split}", *(f"{split}>{task}" for task in tasks), *(f"{task}>{join}" for task in tasks)]
        before = join
    run = begin(model(*flows, f"{before}>e1"))

    assert len(run.dump()) == len(begin(model("s1>t", "t>e1")).dump())


def test_an_endless_loop_without_a_wait_is_stopped() -> None:
    with pytest.raises(StepLimit) as stopped:
        begin(model("s1>x1", "x1>x2", "x2>x1[True]", "x2>e1[default]"))

    assert stopped.value.code == "too-many-steps"


def test_an_explosion_of_tokens_is_stopped() -> None:
    flows = [f"p1>{name}" for name in "abcdefghij"] + [f"{name}>x2" for name in "abcdefghij"]
    nodes = {name: f'<bpmn:sendTask id="{name}"/>' for name in "abcdefghij"}

    with pytest.raises(StepLimit) as stopped:
        begin(model("s1>x1", "x1>p1", *flows, "x2>x1[True]", "x2>z[default]", "z>e1", nodes=nodes))

    assert stopped.value.code in {"too-many-tokens", "too-many-steps"}


def test_a_finished_instance_keeps_nothing_open() -> None:
    run = begin(LOOP, {"again": False})
    run.complete(run.waiting()[0].key, None, None, AT)

    assert b'"tokens":[],"inner":[]' in reloaded(run).dump()
