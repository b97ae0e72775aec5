"""One case alone, every step done at its due, goes exactly as a virtual run."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from random import Random

import pytest

from bpmn.document import Document
from engine.simulation import Result
from engine.spiff import StepFailed
from engine.virtual import Trace, play
from engine.worktime import ZONE
from tests.engine.simulation.procedures import ALONE, CALENDAR, MONDAY, SAMPLES, read, run, sample
from tests.engine.spiff.random_events import CROWDED, PLAIN, random_model
from tests.engine.spiff.wild_models import wild_model

STARTS = (MONDAY, datetime(2026, 11, 21, 22, 13, 7, tzinfo=ZONE), datetime(2026, 2, 13, 16, 20, tzinfo=ZONE))
STEP = (
    '<bpmn:extensionElements><namro:step no=""><namro:time value="{}" unit="{}"/></namro:step></bpmn:extensionElements>'
)
SAFE = (*PLAIN, "sub", "timed", "many")
UNITS = ("working_hour", "working_hour", "half_day", "working_day", "calendar_day", "same_day", "immediate")


def played(document: Document, start: datetime, choices: Mapping[str, Sequence[str]] | None = None) -> Trace:
    return play(document, start=start, choices=choices or {}, calendar=CALENDAR)


def assert_same(trace: Trace, result: Result) -> None:
    """The same visits; a task that silence ended was never done, which a virtual run does not tell apart."""
    silent = {visit.element for visit in result.visits if visit.completed is None}
    steps = [(step.node.id, step.opened_at, step.due_at, step.completed_at) for step in trace.steps]
    visits = [(visit.element, visit.opened, visit.due, visit.completed) for visit in result.visits]

    assert sorted(visit[:2] for visit in visits) == sorted(step[:2] for step in steps)
    assert sorted(visit for visit in visits if visit[0] not in silent) == sorted(
        step for step in steps if step[0] not in silent
    )
    assert result.ended == trace.ended_at
    assert result.ends == {trace.end or "": 1}


@pytest.mark.parametrize("start", STARTS, ids=str)
@pytest.mark.parametrize("number", range(1, 9))
def test_a_case_goes_as_a_virtual_run(number: int, start: datetime) -> None:
    assert len(SAMPLES) == 8
    document = sample(number)

    assert_same(played(document, start), run(document, replace(ALONE, start=start)))


@pytest.mark.parametrize(
    ("number", "step", "outcome"),
    [
        (1, "3b", "quá 05 ngày làm việc không có ý kiến"),
        (1, "7", "trùng/trái quy trình nội bộ do UBND tỉnh phê duyệt"),
        (3, "1", "không thuộc thẩm quyền"),
        (4, "4b", "quá hạn không trả lời"),
        (4, "3", "KHÔNG ĐỦ ĐIỀU KIỆN"),
        (5, "4", "văn bản để biết"),
        (8, "7", "không đủ điều kiện"),
    ],
)
def test_an_outcome_that_every_visit_has_goes_as_that_choice(number: int, step: str, outcome: str) -> None:
    document = sample(number)
    certain = replace(ALONE, shares={step: {outcome: Fraction(1)}})

    assert_same(played(document, MONDAY, {step: [outcome]}), run(document, certain))


@pytest.mark.parametrize("kinds", [SAFE, CROWDED], ids=["safe", "crowded"])
@pytest.mark.parametrize("seed", range(25))
def test_a_random_model_goes_as_a_virtual_run(seed: int, kinds: tuple[str, ...]) -> None:
    compare(limited(random_model(seed, kinds, depth=4).source(), seed))


@pytest.mark.parametrize("seed", range(24))
def test_a_graph_without_order_goes_as_a_virtual_run(seed: int) -> None:
    compare(limited(wild_model(seed).source(), seed))


@pytest.mark.full
@pytest.mark.parametrize("hundred", range(10, 14))
def test_many_models_go_as_virtual_runs(hundred: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        compare(limited(random_model(seed, SAFE, depth=4).source(), seed))
        compare(limited(wild_model(seed).source(), seed))


def limited(source: bytes, seed: int) -> bytes:
    """Give the tasks limits, but for those with a timer on their border, which a virtual run leaves out."""
    random, text = Random(seed), source.decode()
    watched = set(re.findall(r'attachedToRef="([^"]+)"', text))

    def limit(task: re.Match[str]) -> str:
        if task[1] in watched:
            return task[0]
        step = STEP.format(random.choice([1, 2, 4, 9]), random.choice(UNITS))
        return f'<bpmn:userTask id="{task[1]}">{step}' + ("</bpmn:userTask>" if task[0].endswith("/>") else "")

    return re.sub(r'<bpmn:userTask id="([^"]+)"/?>', limit, text).encode()


def compare(source: bytes) -> None:
    """A model goes in both alike, or fails in both with the same code."""
    document = read(source)
    several = {node.id: 1 for process in document.processes.values() for node in process.nodes.values() if node.loop}
    once = replace(ALONE, instances=several)
    try:
        trace = played(document, MONDAY)
    except StepFailed as failed:
        with pytest.raises(StepFailed, match=failed.code):
            run(document, once)
        return
    assert_same(trace, run(document, once))
