"""A case played by hand goes as the engine and the calendar say."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bpmn.document import Document
from engine.normal_way import normal_outcomes
from engine.rehearsal import MAX_ACTS, Act, ActKind, EntryKind, Pace, Place, PlaceKind, Rehearsal, rehearse
from engine.spiff import Uncompilable
from engine.virtual import play
from engine.worktime import ZONE
from tests.bpmn.models import file_of, task
from tests.engine.simulation.procedures import CALENDAR, MONDAY, SAMPLES, read, sample

ACTS = {PlaceKind.PERSON: ActKind.DONE, PlaceKind.MESSAGE: ActKind.CAME, PlaceKind.TIMER: ActKind.FIRED}
SILENCE = (
    '<bpmn:boundaryEvent id="quiet" name="Hết hạn im lặng" attachedToRef="a"><bpmn:timerEventDefinition>'
    "<bpmn:timeDuration>P2D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>"
)
WAIT = '<bpmn:receiveTask id="w" name="Chờ bổ sung"/>'


def case(source: bytes | Document, *acts: Act, start: datetime = MONDAY) -> Rehearsal:
    return rehearse(read(source) if isinstance(source, bytes) else source, start, acts, CALENDAR)


def done(element: str, outcome: str = "", pace: Pace = Pace.DUE, **values: str | int) -> Act:
    return Act(ActKind.DONE, element, pace, outcome, values=values)


def straight(*middle: str, ways: Sequence[str] = ()) -> bytes:
    return file_of('<bpmn:startEvent id="s"/>', *middle, '<bpmn:endEvent id="e" name="Xong"/>', *ways)


def choosing() -> bytes:
    return straight(
        *(task("a", "2 working_day"), task("b"), '<bpmn:exclusiveGateway id="x" default="f_x_e"/>'),
        ways=("s -> a", "a -> x", "x -> b ? so_tien > 5", "x -> e", "b -> e"),
    )


def usual(place: Place, document: Document) -> Act:
    process = next(process for process in document.processes.values() if place.element in process.nodes)
    outcome = normal_outcomes(process).get(place.element, "")
    return Act(ACTS[place.kind], place.element, Pace.DUE, outcome, place.item)


def to_the_end(document: Document, start: datetime) -> Rehearsal:
    acts: list[Act] = []
    while not (shown := case(document, *acts, start=start)).finished:
        assert shown.stop is None, shown.stop
        acts.append(usual(next(place for place in shown.places if place.host is None), document))
    return shown


@pytest.mark.parametrize("number", range(1, len(SAMPLES) + 1))
@pytest.mark.parametrize("start", [MONDAY, datetime(2026, 2, 13, 16, 20, tzinfo=ZONE)], ids=["monday", "before-tet"])
def test_every_step_at_its_due_goes_as_a_virtual_run(number: int, start: datetime) -> None:
    document = sample(number)

    shown = to_the_end(document, start)

    trace = play(document, start=start, choices={}, calendar=CALENDAR)
    finished = [(entry.node.id, entry.at) for entry in shown.entries if entry.kind == EntryKind.DONE and entry.node]
    assert sorted(finished) == sorted((step.node.id, step.completed_at) for step in trace.steps if step.completed_at)
    assert shown.end is not None
    assert (shown.end.id, shown.at) == (trace.end, trace.ended_at)


def test_a_step_back_is_a_list_without_its_last_act() -> None:
    acts = [done("a", so_tien=9), done("b")]

    before, after = case(choosing(), *acts[:1]), case(choosing(), *acts)

    assert before == case(choosing(), *acts[:1])
    assert [place.element for place in before.places] == ["b"]
    assert after.finished


def test_the_variables_that_the_next_gateway_reads_are_asked_for() -> None:
    shown = case(choosing())

    assert [(place.element, place.asks) for place in shown.places] == [("a", ("so_tien",))]


def test_a_variable_nobody_gave_stops_the_case_before_the_act() -> None:
    shown = case(choosing(), done("a"))

    assert shown.stop is not None
    assert (shown.stop.missing, shown.stop.act, shown.taken) == ("so_tien", 0, 0)
    assert [place.element for place in shown.places] == ["a"]


def test_the_first_gateway_of_all_asks_at_the_start() -> None:
    source = straight(
        *(task("a"), '<bpmn:exclusiveGateway id="x" default="f_x_e"/>'),
        ways=("s -> x", "x -> a ? so_tien > 5", "x -> e", "a -> e"),
    )

    asked = case(source)
    given = rehearse(read(source), MONDAY, [], CALENDAR, variables={"so_tien": 7})

    assert asked.asks == ("so_tien",)
    assert asked.stop is not None
    assert asked.stop.act is None
    assert [place.element for place in given.places] == ["a"]


def test_silence_decides_where_the_act_comes_too_late() -> None:
    source = straight(task("a", "5 working_day"), task("b"), SILENCE, ways=("s -> a", "a -> e", "quiet -> b", "b -> e"))

    shown = case(source, done("a"))

    assert [entry.kind for entry in shown.entries] == [
        *(EntryKind.STARTED, EntryKind.FIRED, EntryKind.WITHDRAWN, EntryKind.OVERTAKEN),
    ]
    assert [place.element for place in shown.places] == ["b"]
    assert shown.at >= MONDAY + timedelta(days=2)


def test_an_event_on_the_border_may_come_instead() -> None:
    source = straight(task("a", "5 working_day"), task("b"), SILENCE, ways=("s -> a", "a -> e", "quiet -> b", "b -> e"))

    shown = case(source, Act(ActKind.FIRED, "quiet"))

    assert {place.element: place.host for place in case(source).places} == {"a": None, "quiet": "a"}
    assert (shown.current, shown.at) == (["b"], MONDAY + timedelta(days=2))


def test_a_message_is_waited_for_and_comes_when_it_is_said_to() -> None:
    source = straight(WAIT, task("b"), ways=("s -> w", "w -> b", "b -> e"))

    shown = case(source, Act(ActKind.CAME, "w", Pace.DAY))

    assert [place.kind for place in case(source).places] == [PlaceKind.MESSAGE]
    assert shown.at == CALENDAR.add_minutes(MONDAY, 480)


def test_what_waits_elsewhere_is_waited_for_instead_of_refused() -> None:
    source = straight('<bpmn:callActivity id="c" calledElement="QT-KHAC"/>', ways=("s -> c", "c -> e"))

    shown = case(source, Act(ActKind.CAME, "c", Pace.NOW))

    assert [place.element for place in case(source).places] == ["c"]
    assert shown.finished


@pytest.mark.parametrize(
    ("pace", "late"),
    [(Pace.NOW, False), (Pace.HALF, False), (Pace.DUE, False), (Pace.LATE, True)],
)
def test_an_act_is_done_when_its_pace_says(pace: Pace, late: bool) -> None:
    source = straight(task("a", "2 working_day"), ways=("s -> a", "a -> e"))

    entry = case(source, done("a", pace=pace)).entries[1]

    budget = {Pace.NOW: 0, Pace.HALF: 480, Pace.DUE: 960, Pace.LATE: 1440}
    assert entry.at == CALENDAR.add_minutes(MONDAY, budget[pace])
    assert entry.late is late


@pytest.mark.parametrize(
    "act", [done("a", "không có"), done("nowhere"), Act(ActKind.CAME, "a"), Act(ActKind.DONE, "a", item=3)]
)
def test_what_does_not_wait_stops_the_case_where_it_stands(act: Act) -> None:
    shown = case(choosing(), act)

    assert shown.stop is not None
    assert (shown.stop.code, shown.taken) == ("gone", 0)


def test_a_loop_is_played_no_further_than_the_bound() -> None:
    source = straight(
        *(task("a"), '<bpmn:exclusiveGateway id="j"/>', '<bpmn:exclusiveGateway id="x" default="f_x_j"/>'),
        ways=("s -> j", "j -> a", "a -> x", "x -> j", 'x -> e ? ket_qua("a") == "xong"'),
    )

    shown = case(source, *[done("a")] * (MAX_ACTS + 5))

    assert shown.taken == MAX_ACTS
    assert shown.stop is not None
    assert shown.stop.code == "too-many-acts"


def test_what_the_engine_does_not_run_is_refused() -> None:
    source = straight(
        '<bpmn:scriptTask id="a"><bpmn:script>x</bpmn:script></bpmn:scriptTask>', ways=("s -> a", "a -> e")
    )

    with pytest.raises(Uncompilable):
        case(source)


@pytest.mark.parametrize("mode", ["pause", "restart"])
def test_the_limit_of_the_case_stands_still_while_it_waits_outside(mode: str) -> None:
    inside = f'<bpmn:extensionElements><namro:wait goto="wait_citizen" clock="{mode}"/></bpmn:extensionElements>'
    wait = f'<bpmn:receiveTask id="w" name="Chờ bổ sung">{inside}</bpmn:receiveTask>'
    head = (
        '<bpmn:extensionElements><namro:procedure><namro:statutoryLimit value="5" unit="working_day"/>'
        "</namro:procedure></bpmn:extensionElements>"
    )
    source = straight(head, wait, task("b"), ways=("s -> w", "w -> b", "b -> e"))

    waiting, after = case(source), case(source, Act(ActKind.CAME, "w", Pace.WEEK))

    assert waiting.paused
    assert not after.paused
    assert waiting.case.due_at is not None
    assert after.case.due_at is not None
    assert after.case.due_at > waiting.case.due_at
