"""Random models, played on the engine and on the reference interpreter side by side, stored between all steps."""

from collections.abc import Mapping
from random import Random

import pytest

from engine.spiff import Callee, Compiled, PendingTimer, Run, StepFailed, Waiting, WaitingFor, compile_definition
from tests.engine.spiff.models import AT, FixedClock, reloaded
from tests.engine.spiff.random_events import CROWDED, SAFE, random_model
from tests.engine.spiff.random_models import Model
from tests.engine.spiff.reference import Endless, Interpreter
from tests.engine.spiff.wild_models import wild_model

ACTS = 40


KINDS = pytest.mark.parametrize("kinds", [SAFE, CROWDED], ids=["safe", "crowded"])


@KINDS
@pytest.mark.parametrize("ten", range(30))
def test_the_engine_opens_what_the_reference_opens(ten: int, kinds: tuple[str, ...]) -> None:
    for seed in range(10 * ten, 10 * ten + 10):
        play(seed, kinds)


@pytest.mark.full
@KINDS
@pytest.mark.parametrize("hundred", range(3, 33))
def test_the_engine_opens_what_the_reference_opens_on_many_models(hundred: int, kinds: tuple[str, ...]) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        play(seed, kinds)


def play(seed: int, kinds: tuple[str, ...]) -> None:
    random, model = Random(seed), random_model(seed, kinds)
    values = model.decide()
    reference = Interpreter(model.graph)
    reference.begin(values)
    run = Run.start(compiled_model(model), values, AT, FixedClock())
    for _ in range(ACTS):
        assert sorted(waiting.element for waiting in run.waiting()) == sorted(
            reference.enabled() + reference.listening()
        )
        assert sorted(timer.element for timer in run.timers()) == reference.timers()
        assert run.finished == reference.finished
        if run.finished:
            return
        act, values = choose(run, random), model.decide()
        reference_does(reference, act, values)
        if reference.dead:
            with pytest.raises(StepFailed, match="dead-end"):
                engine_does(run, act, values)
            return
        engine_does(run, act, values)
        run = reloaded(run)


def compiled_model(model: Model) -> Compiled:
    return compile_definition(model.source(), {name: Callee(source) for name, source in model.callees.items()})


def choose(run: Run, random: Random) -> Waiting | PendingTimer:
    """What happens next: a timer fires, or someone or something that is waited for comes."""
    if run.timers() and (not run.waiting() or random.random() < 0.3):
        return random.choice(run.timers())
    return random.choice(run.waiting())


def reference_does(reference: Interpreter, act: Waiting | PendingTimer, values: Mapping[str, int]) -> None:
    if isinstance(act, PendingTimer):
        reference.happen(act.element)
    elif act.kind is WaitingFor.USER:
        reference.complete(act.element, values)
    elif act.kind is WaitingFor.SIGNAL:
        reference.hear(act.message or "")
    else:
        reference.happen(act.element)


def engine_does(run: Run, act: Waiting | PendingTimer, values: Mapping[str, int]) -> None:
    if isinstance(act, PendingTimer):
        run.fire(act.key, AT)
    elif act.kind is WaitingFor.USER:
        run.complete(act.key, None, values, AT)
    elif act.kind is WaitingFor.SIGNAL:
        run.hear(act.message or "", None, AT)
    else:
        run.receive(act.key, None, AT)


@pytest.mark.parametrize("ten", range(20))
def test_any_graph_is_played_alike_to_its_end_its_dead_end_or_its_endless_loop(ten: int) -> None:
    for seed in range(10 * ten, 10 * ten + 10):
        play_wild(seed)


@pytest.mark.full
@pytest.mark.parametrize("hundred", range(10, 30))
def test_many_graphs_are_played_alike(hundred: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        play_wild(seed)


def play_wild(seed: int) -> None:
    model = wild_model(seed)
    compiled, values = compile_definition(model.source()), model.decide()
    reference = Interpreter(model.graph)
    run: Run | None = None
    for _ in range(ACTS):
        waiting = Random(seed).choice(run.waiting()) if run is not None else None
        expected = outcome_of(reference, waiting.element if waiting else None, values)
        if reference.ambiguous:
            return
        try:
            if run is None or waiting is None:
                run = Run.start(compiled, values, AT, FixedClock())
            else:
                run.complete(waiting.key, None, values, AT)
        except StepFailed as failed:
            assert failed.code == expected
            return
        assert expected == "goes on"
        assert sorted(waiting.element for waiting in run.waiting()) == reference.enabled()
        if run.finished:
            return
        run, values = reloaded(run), model.decide()


def outcome_of(reference: Interpreter, element: str | None, values: Mapping[str, int]) -> str:
    """Let the reference do one act; say how it went in the engine's words."""
    try:
        if element is None:
            reference.begin(values)
        else:
            reference.complete(element, values)
    except Endless:
        return "too-many-steps"
    return "dead-end" if reference.dead else "goes on"
