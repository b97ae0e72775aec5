"""What is called sound runs to its end on the engine, whatever is decided; what is said to be stuck gets stuck."""

from collections import defaultdict, deque
from collections.abc import Mapping
from random import Random

import pytest

from bpmn.document import read_document
from bpmn.soundness import Fault, Kind, faults
from engine.spiff import Run, StepFailed, StepLimit, Uncompilable, compile_definition
from tests.bpmn.soundness.random_sketches import random_sketch
from tests.bpmn.soundness.sketch import Sketch
from tests.engine.spiff.models import AT, FixedClock

ACTS = 60
DECIDED_BY_TASKS = {"start", "task", "xor", "and", "end"}
Values = Mapping[str, int]


def found(sketch: Sketch) -> list[Fault]:
    document = read_document(sketch.source()).document
    assert document is not None
    return list(faults(document.processes["P"]))


def is_run(sketch: Sketch) -> bool:
    """Whether the engine runs such a model at all."""
    try:
        compile_definition(sketch.source())
    except Uncompilable:
        return False
    return True


def test_sound_models_run_to_their_end() -> None:
    done = 0
    for seed in range(600):
        sketch = random_sketch(seed)
        if is_run(sketch) and not found(sketch):
            done += ends(sketch, Random(seed))
    assert done >= 60


def ends(sketch: Sketch, random: Random) -> bool:
    """Play a model; whether it came to its end (some turn in a loop as long as they are let)."""
    try:
        run = Run.start(compile_definition(sketch.source()), decided(sketch, random), AT, FixedClock())
        for _ in range(ACTS):
            if run.finished:
                return True
            act(run, random.choice([*run.waiting(), *run.timers()]).element, decided(sketch, random))
    except StepLimit:
        return False
    return run.finished


def decided(sketch: Sketch, random: Random) -> dict[str, int]:
    """A value for each way of each decision: at least one is taken."""
    values = {}
    for node in sketch.kinds:
        ways = sketch.choices(node)
        values.update({way: random.randint(0, 1) for way in ways})
        if ways:
            values[random.choice(ways)] = 1
    return values


def act(run: Run, element: str, values: Values) -> None:
    """Let happen what waits at an element: a task, or a timer, which brings no values."""
    key = next((waiting.key for waiting in run.waiting() if waiting.element == element), None)
    if key is not None:
        run.complete(key, None, values, AT)
    else:
        run.fire(next(timer.key for timer in run.timers() if timer.element == element), AT)


def test_a_deadlock_s_way_gets_stuck() -> None:
    stuck = 0
    for seed in range(6_000):
        sketch = random_sketch(seed)
        if not DECIDED_BY_TASKS.issuperset(sketch.kinds.values()):
            continue
        fault = next((fault for fault in found(sketch) if fault.kind is Kind.DEADLOCK), None)
        if fault is not None and is_run(sketch):
            stuck += gets_stuck(sketch, fault)
    assert stuck >= 25


def gets_stuck(sketch: Sketch, fault: Fault) -> bool:
    """Play the acts of the way there, deciding as it says. False where one act decides the same gateway twice."""
    ahead: dict[str, deque[str]] = defaultdict(deque)
    acts = []
    for step in fault.steps:
        if sketch.choices(step.element):
            ahead[step.element].append(step.gives[0])
        elif sketch.kinds[step.element] == "task":
            acts.append(step.element)
    run = None
    for index in range(len(acts) + 1):
        values = next_choices(sketch, ahead)
        try:
            if run is None:
                run = Run.start(compile_definition(sketch.source()), values, AT, FixedClock())
            else:
                act(run, acts[index - 1], values)
        except StepFailed as failed:
            assert failed.code == "dead-end"
            assert index == len(acts)
            return True
        for passed in run.passed:
            if sketch.choices(passed.element) and (
                not ahead[passed.element] or ahead[passed.element].popleft() != passed.flows[0]
            ):
                return False
    pytest.fail(f"not stuck: {fault}")


def next_choices(sketch: Sketch, ahead: Mapping[str, deque[str]]) -> dict[str, int]:
    values = {way: 0 for node in sketch.kinds for way in sketch.choices(node)}
    return values | {ways[0]: 1 for ways in ahead.values() if ways}
