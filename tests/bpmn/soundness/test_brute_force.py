"""The checker against an explorer that looks at every marking in every order: same verdict on random models, and each
counter-example played move by move by the explorer's rules."""

from collections import Counter

import pytest

from bpmn.document import read_document
from bpmn.soundness import Fault, Kind, Step
from bpmn.soundness.explore import walk_free
from bpmn.soundness.judge import Judge
from bpmn.soundness.units import Parts, Unit
from tests.bpmn.soundness.brute import Brute, TooLarge, is_over, played
from tests.bpmn.soundness.random_sketches import random_sketch
from tests.bpmn.soundness.sketch import Sketch

MANY = 100_000
TWICE = {Kind.UNSYNCHRONISED, Kind.UNBOUNDED, Kind.IMPROPER}
DEAD_ALONE = [False, False, False, False, True]
NAMES = {"deadlock": Kind.DEADLOCK, "livelock": Kind.LIVELOCK, "dead": Kind.DEAD}


def test_a_thousand_models_are_judged_as_by_brute_force() -> None:
    assert_agreement(range(1_100), at_least=1_000)


@pytest.mark.full
@pytest.mark.timeout(3_600)
def test_twenty_thousand_models_are_judged_as_by_brute_force() -> None:
    assert_agreement(range(10_000, 31_000), at_least=20_000)


def assert_agreement(seeds: range, *, at_least: int) -> None:
    """Also that the models are worth it: a third of them unsound, every kind of fault among them."""
    told: Counter[str] = Counter()
    for seed in seeds:
        kinds = compare(random_sketch(seed))
        if kinds is not None:
            told.update(["models", *(["unsound"] if kinds else []), *kinds])
    assert told["models"] >= at_least
    assert 0.3 * told["models"] <= told["unsound"] <= 0.7 * told["models"]
    assert {kind for kind in Kind if told[kind] < told["models"] / 200} == {Kind.UNKNOWN}


def compare(sketch: Sketch) -> set[Kind] | None:
    """Judge a model both ways; the kinds of fault, or None where brute force would take too long."""
    document = read_document(sketch.source()).document
    assert document is not None
    parts = Parts(document.processes["P"])
    units = list(parts.units())
    explorers = [Brute(sketch, unit.origins) for unit in units]
    try:
        verdicts = [explorer.explore() for explorer in explorers]
    except TooLarge:
        return None
    kinds: set[Kind] = set()
    for unit, explorer, verdict in zip(units, explorers, verdicts, strict=True):
        assert set(unit.apart) == explorer.apart
        faults = Judge(parts, unit, MANY).faults()
        assert_same(verdict, {fault.kind for fault in faults})
        for fault in faults:
            assert_played(sketch, explorer, fault)
        assert_free_walk_agrees(parts, unit, verdict)
        kinds |= {fault.kind for fault in faults}
    return kinds


def assert_same(verdict: dict[str, bool], found: set[Kind]) -> None:
    """Once two tokens have met the explorer and the checker stop at different places, so only that is compared, and
    that nothing is made up."""
    met = verdict["flow twice"] or verdict["end twice"]
    assert met == bool(found & TWICE)
    for name, kind in NAMES.items():
        assert verdict[name] or kind not in found
        assert met or verdict[name] == (kind in found)
    assert verdict["flow twice"] or not found & {Kind.UNSYNCHRONISED, Kind.UNBOUNDED}


def assert_free_walk_agrees(parts: Parts, unit: Unit, verdict: dict[str, bool]) -> None:
    """Walking one order only must find a fault exactly where there is one, and so it must without withdrawals."""
    judge = Judge(parts, unit, MANY)
    if judge.space.is_free:
        judge.walks = [walk_free(judge.space, MANY)]
        assert bool(judge.faults()) == any(verdict.values())
    elif not judge.net.inclusives:
        judge.walks = []
        kinds = {fault.kind for fault in judge.faults()}
        assert kinds == {Kind.UNKNOWN} or bool(kinds) == (any(verdict.values()) and [*verdict.values()] != DEAD_ALONE)


def assert_played(sketch: Sketch, explorer: Brute, fault: Fault) -> None:
    """The steps are moves of the explorer, and they end in the fault."""
    if fault.kind is Kind.DEAD:
        return
    marking: Counter[str] = Counter()
    history = []
    for step in fault.steps:
        marking = taken(explorer, marking, step)
        history.append(marking)
    assert tuple(sorted(marking.elements())) == fault.marking
    at_rest = consumed(explorer, marking)
    if fault.kind is Kind.DEADLOCK:
        assert not list(explorer.moves(at_rest))
        assert not is_over(tuple(sorted(at_rest.items())))
        assert sketch.kinds[fault.element] in ("and", "or", "sub")
    elif fault.kind is Kind.IMPROPER:
        assert at_rest[f"{fault.element}#end"] > 1
    elif fault.kind is Kind.LIVELOCK:
        assert_goes_round(explorer, fault, marking)
    else:
        assert any(marking[flow] > 1 for flow in fault.flows)
    if fault.kind is Kind.UNBOUNDED:
        assert_grows(explorer, fault, history)


def taken(explorer: Brute, marking: Counter[str], step: Step) -> Counter[str]:
    moves = list(explorer.begin()) if not marking else list(explorer.moves(marking))
    takes = () if not marking else step.takes
    gives = None if step.kills else step.gives
    ours = (step.element, tuple(sorted(takes)), None if gives is None else tuple(sorted(gives)))
    theirs = [
        (element, tuple(sorted(lost)), None if got is None else tuple(sorted(got))) for element, lost, got in moves
    ]
    assert ours in theirs
    return Counter(dict(played(marking, (step.element, takes, gives))))


def consumed(explorer: Brute, marking: Counter[str]) -> Counter[str]:
    """The marking after all tokens before plain ends are taken in."""
    while True:
        ends = [move for move in explorer.moves(marking) if explorer.sketch.kinds[move[0]] == "end"]
        if not ends:
            return marking
        marking = Counter(dict(played(marking, ends[0])))


def assert_goes_round(explorer: Brute, fault: Fault, marking: Counter[str]) -> None:
    """From there neither an end nor a stand nor two tokens on one place can be reached."""
    seen: set[tuple[tuple[str, int], ...]] = set()
    waiting = [tuple(sorted(marking.items()))]
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            after = [played(Counter(dict(place)), move) for move in explorer.moves(Counter(dict(place)))]
            assert after
            assert not is_over(place)
            assert all(count == 1 for _, count in place)
            waiting += after
    assert fault.elements


def assert_grows(explorer: Brute, fault: Fault, history: list[Counter[str]]) -> None:
    """The last round can be played again and again, and leaves more tokens each time."""
    marking = history[-1]
    inner = [{place: n for place, n in held.items() if not is_end(explorer, place)} for held in history]
    earlier = [index for index, held in enumerate(inner[:-1]) if Counter(held) < Counter(inner[-1])]
    for _ in range(3):
        before = marking.total()
        for step in fault.steps[earlier[-1] + 1 :]:
            marking = taken(explorer, marking, step)
        assert marking.total() > before


def is_end(explorer: Brute, place: str) -> bool:
    if place.endswith("#end"):
        return True
    return explorer.sketch.kinds[explorer.sketch.flows[place][1]] == "end" if place in explorer.sketch.flows else False
