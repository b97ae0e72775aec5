"""Tokens that are moved: wherever it is allowed, the instance still ends; wherever it is not, it goes on unharmed."""

from random import Random

import pytest

from engine.spiff import Callee, MoveRefused, PendingTimer, Run, WaitingFor, compile_definition
from tests.engine.spiff.models import AT, FixedClock, inside, model, reloaded
from tests.engine.spiff.random_events import SAFE, random_model

ACTS = 400  # more than any of these models needs


def begun(source: bytes) -> Run:
    return Run.start(compile_definition(source), {}, AT, FixedClock())


def key_of(run: Run, element: str) -> str:
    return next(waiting.key for waiting in run.waiting() if waiting.element == element)


def complete(run: Run, *elements: str) -> Run:
    for element in elements:
        run.complete(key_of(run, element), None, None, AT)
        run = reloaded(run)
    return run


def at(run: Run) -> list[str]:
    return sorted(waiting.element for waiting in run.waiting())


BLOCK = model("s>a", "a>p1", "p1>b", "p1>c", "b>b2", "b2>p2", "c>p2", "p2>d", "d>e")
"""a, then b and b2 beside c, then d."""


def test_a_task_goes_back_within_its_branch_and_the_join_still_waits_for_both() -> None:
    run = complete(begun(BLOCK), "a", "b")

    run.move(key_of(run, "b2"), "b", AT)

    assert at(reloaded(run)) == ["b", "c"]
    run = complete(reloaded(run), "b", "c", "b2")
    assert at(run) == ["d"]


def test_leaving_a_parallel_block_takes_its_other_branches_along() -> None:
    run = complete(begun(BLOCK), "a", "b")

    run.move(key_of(run, "c"), "a", AT)

    assert at(run) == ["a"]
    assert complete(run, "a", "b", "c", "b2", "d").finished


def test_a_token_that_waits_at_the_join_goes_with_its_block() -> None:
    run = complete(begun(BLOCK), "a", "c")

    run.move(key_of(run, "b"), "d", AT)

    assert at(run) == ["d"]
    assert complete(run, "d").finished


@pytest.mark.parametrize(("token", "to"), [("d", "b"), ("c", "b")], ids=["from outside", "from beside"])
def test_nothing_is_moved_into_a_branch_that_it_is_not_in(token: str, to: str) -> None:
    done = {"d": ("a", "b", "c", "b2"), "c": ("a",)}[token]
    run = complete(begun(BLOCK), *done)

    with pytest.raises(MoveRefused) as refused:
        run.move(key_of(run, token), to, AT)

    assert refused.value.code == "into-parallel"
    assert at(run) == at(reloaded(run))


def test_a_step_whose_branch_waits_at_the_join_is_done_again() -> None:
    run = complete(begun(BLOCK), "a", "c")

    run.redo("c", AT)

    assert at(run) == ["b", "c"]
    assert complete(run, "b", "b2", "c", "d").finished


def test_a_member_of_a_block_that_is_over_is_not_done_again_alone() -> None:
    run = complete(begun(BLOCK), "a", "b", "c", "b2")

    with pytest.raises(MoveRefused):
        run.redo("b", AT)


def test_what_is_open_is_not_done_again() -> None:
    run = complete(begun(BLOCK), "a")

    with pytest.raises(MoveRefused) as refused:
        run.redo("b", AT)

    assert refused.value.code == "open-already"


INNER = inside("s1>i1", "i1>i2", "i2>e1", prefix="I")
SUB = {"box": f'<bpmn:subProcess id="box">{INNER}</bpmn:subProcess>'}


def test_a_token_leaves_a_sub_process_whole_and_enters_it_only_by_its_start() -> None:
    source = model("s>a", "a>box", "box>d", "d>e", nodes=SUB)
    run, before = complete(begun(source), "a", "i1"), begun(source)

    with pytest.raises(MoveRefused):
        before.move(key_of(before, "a"), "i2", AT)
    run.move(key_of(run, "i2"), "a", AT)

    assert at(reloaded(run)) == ["a"]
    run.move(key_of(run, "a"), "box", AT)
    assert at(reloaded(run)) == ["i1"]
    assert complete(run, "i1", "i2", "d").finished


@pytest.mark.parametrize("seed", range(150))
def test_after_any_move_every_join_is_satisfied_in_the_end(seed: int) -> None:
    play(seed)


@pytest.mark.full
@pytest.mark.parametrize("hundred", range(10, 30))
def test_after_any_move_every_join_is_satisfied_in_the_end_on_many_models(hundred: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        play(seed)


def play(seed: int) -> None:
    """Complete random tasks, and move or redo something three times in ten for a while; then only complete."""
    random, made = Random(seed), random_model(seed, SAFE)
    compiled = compile_definition(made.source(), {name: Callee(source) for name, source in made.callees.items()})
    run = Run.start(compiled, made.decide(), AT, FixedClock())
    elements = sorted(node.id for node in compiled.elements.values() if node.is_task or node.tag == "subProcess")
    for act in range(ACTS):
        if run.finished:
            return
        if act < 30 and run.waiting() and random.random() < 0.3:
            before = at(run)
            try:
                if random.random() < 0.5:
                    run.move(random.choice(run.waiting()).key, random.choice(elements), AT)
                else:
                    run.redo(random.choice(elements), AT)
            except MoveRefused as refused:
                assert refused.code
                assert at(run) == before
        else:
            go_on(run, random, made.decide())
        run = reloaded(run)
    pytest.fail("never ends")


def go_on(run: Run, random: Random, values: dict[str, int]) -> None:
    """Let something happen that is waited for; timers seldom, where there is anything else."""
    act = random.choice(
        run.timers() if not run.waiting() or (run.timers() and random.random() < 0.2) else run.waiting()
    )
    if isinstance(act, PendingTimer):
        run.fire(act.key, AT)
    elif act.kind is WaitingFor.USER:
        run.complete(act.key, None, values, AT)
    else:
        run.receive(act.key, None, AT)
