"""Each element of BPMN that takes time or decides, in a simulation."""

from dataclasses import replace
from datetime import datetime
from fractions import Fraction

import pytest

from bpmn.fiveclear import Branch
from engine.errors import BadScenario, BeyondCalendar, UnknownChoice
from engine.simulation import Absence, Arrivals, Measure, Result, Scenario, Spell
from engine.spiff import StepFailed, StepLimit, Uncompilable
from engine.worktime import ZONE
from factories import days, step, table
from tests.engine.simulation.procedures import ALONE, MONDAY, busy, by_element, drawn, hours, run, sample
from tests.engine.spiff.models import boundary, document, event, model, process, timer

MANY = replace(ALONE, cases=200, traced=200)
TIME = '<namro:step no=""><namro:time value="{}" unit="{}"/></namro:step>'
STEP = f"<bpmn:extensionElements>{TIME}</bpmn:extensionElements>"
SEVERAL = (
    '<bpmn:multiInstanceLoopCharacteristics isSequential="{}"><bpmn:loopCardinality>{}</bpmn:loopCardinality>'
    "{}</bpmn:multiInstanceLoopCharacteristics>"
)


def task(name: str, value: int = 8, unit: str = "working_hour", inner: str = "") -> str:
    return f'<bpmn:userTask id="{name}">{STEP.format(value, unit)}{inner}</bpmn:userTask>'


def visits(result: Result) -> list[str]:
    return [visit.element for visit in result.visits]


def ended(result: Result) -> str:
    return result.ended.strftime("%d/%m %H:%M")


def test_an_interrupting_timer_ends_work_that_takes_longer() -> None:
    nodes = {"a": task("a"), "late": boundary("late", "a", timer("PT3H"))}
    result = run(model("s1>a", "a>e1", "late>b", "b>e2", nodes=nodes))

    assert result.ends == {"e2": 1}
    assert by_element(result)["a"].withdrawn == 1
    assert ended(result) == "23/11 11:00"


def test_a_timer_that_does_not_interrupt_starts_work_beside() -> None:
    nodes = {"a": task("a"), "b": task("b", 40), "late": boundary("late", "a", timer("PT3H"), interrupting=False)}
    result = run(model("s1>a", "a>e1", "late>b", "b>e2", nodes=nodes))

    assert [(visit.element, visit.opened.hour) for visit in result.visits] == [("a", 8), ("b", 11)]
    assert by_element(result)["late"].visits == 1


def test_a_cycle_beside_a_task_goes_on_until_the_task_is_done() -> None:
    nodes = {"a": task("a"), "nag": boundary("nag", "a", timer("R/PT2H", "timeCycle"), interrupting=False)}
    result = run(model("s1>a", "a>e1", "nag>e2", nodes=nodes))

    assert ended(result) == "25/11 08:00"  # two days later: what is done in the same second is done in time
    assert by_element(result)["nag"].visits == 23


@pytest.mark.parametrize(("sequential", "hours_taken"), [("true", 6), ("false", 2)])
def test_instances_follow_each_other_or_run_side_by_side(sequential: str, hours_taken: int) -> None:
    nodes = {"a": task("a", 2, inner=SEVERAL.format(sequential, 3, ""))}
    result = run(model("s1>a", "a>e1", nodes=nodes))

    assert visits(result) == ["a"] * 3
    assert result.lead is not None
    assert result.lead.mean == hours_taken * 60


def test_enough_instances_end_the_others() -> None:
    done = "<bpmn:completionCondition>numberOfCompletedInstances >= 2</bpmn:completionCondition>"
    nodes = {"a": task("a", 2, inner=SEVERAL.format("true", 5, done))}

    assert visits(run(model("s1>a", "a>e1", nodes=nodes))) == ["a"] * 2


def test_a_count_that_the_file_leaves_open_comes_from_the_scenario() -> None:
    nodes = {"a": task("a", 2, inner=SEVERAL.format("false", "len(units)", ""))}
    source = model("s1>a", "a>e1", nodes=nodes)

    assert visits(run(source)) == ["a"]
    assert visits(run(source, replace(ALONE, instances={"a": 4}))) == ["a"] * 4


def test_the_first_event_after_a_gateway_decides() -> None:
    nodes = {
        "m": event("receiveTask", "m"),
        "t": event("intermediateCatchEvent", "t", timer("P2D")),
    }
    source = model("s1>g1", "g1>m", "g1>t", "m>a", "t>b", "a>e1", "b>e2", nodes=nodes)
    day = Spell(86_400, 86_400, 86_400, Measure.CALENDAR)

    assert run(source, replace(ALONE, delays={"m": day})).ends == {"e1": 1}
    late = run(source, replace(ALONE, delays={"m": Spell(3 * 86_400, 3 * 86_400, 3 * 86_400, Measure.CALENDAR)}))
    assert late.ends == {"e2": 1}
    assert ended(late) == "25/11 08:00"


def test_chance_takes_the_flows_of_gateways_in_their_shares() -> None:
    source = model("s1>x1", "x1>a[v > 1]", "x1>b[default]", "a>e1", "b>e2")
    ends = run(source, replace(MANY, shares={"x1": {"P_f1": Fraction(1, 4)}})).ends

    assert set(ends) == {"e1", "e2"}
    assert ends["e1"] == pytest.approx(50, abs=20)
    assert run(source, MANY).ends == {"e2": 200}


def test_an_inclusive_gateway_takes_each_flow_by_its_own_share() -> None:
    flows = ("s1>o1", "o1>a[v > 1]", "o1>b[v > 2]", "o1>c[default]", "a>o2", "b>o2", "c>o2", "o2>d", "d>e1")
    half = {"P_f1": Fraction(1, 2), "P_f2": Fraction(1, 2)}
    result = by_element(run(model(*flows), replace(MANY, shares={"o1": half})))

    assert result["d"].visits == 200
    assert result["a"].visits + result["b"].visits + result["c"].visits > 230
    assert result["c"].visits == pytest.approx(50, abs=20)


def test_a_sub_process_and_a_called_process_are_gone_through() -> None:
    nodes = {"call": event("callActivity", "call", calledElement="Q")}
    source = document(
        process("s1>call", "call>b", "b>e1", nodes=nodes),
        process("s2>a", "a>e2", name="Q", nodes={"a": task("a", 2)}),
    )

    assert visits(run(source)) == ["a", "b"]


def test_a_terminate_end_ends_what_runs_beside() -> None:
    end = '<bpmn:endEvent id="stop"><bpmn:terminateEventDefinition/></bpmn:endEvent>'
    nodes = {"a": task("a", 2), "b": task("b", 80), "stop": end}
    result = run(model("s1>p1", "p1>a", "p1>b", "a>stop", "b>e1", nodes=nodes))

    assert result.ends == {"stop": 1}
    assert by_element(result)["b"].withdrawn == 1
    assert ended(result) == "23/11 10:00"


def test_a_wait_for_the_citizen_does_not_make_a_case_late_where_the_limit_starts_again() -> None:
    waiting = {"1": {"thiếu thành phần": Fraction(1, 2)}}
    month = Spell(30 * 86_400, 30 * 86_400, 30 * 86_400, Measure.CALENDAR)
    result = run(sample(4), replace(MANY, officers=None, shares=waiting, delays={"wait_1_1": month}))

    assert by_element(result)["wait_1_1"].visits > 50
    assert result.late == 0


def test_a_send_back_that_may_happen_once_happens_once() -> None:
    once = "hồ sơ chưa đạt, bổ sung được (01 lần)"
    result = by_element(run(sample(4), replace(MANY, shares={"3": {once: Fraction(1)}})))

    assert result["wait_3_1"].per_case == 1
    assert result["step_3"].per_case == 2


def test_nobody_queues_for_those_outside_the_office() -> None:
    outside = drawn(table(step("1"), step("2", "Nộp lệ phí", "Công dân", type="external"), step("3")))
    result = run(outside, busy(100, 20, work=hours(4)))

    assert [position.position for position in result.positions] == ["clerk, A"]
    assert by_element(result)["step_2"].waiting is not None
    assert by_element(result)["step_2"].waiting.longest == 0


def test_an_absence_lets_work_wait() -> None:
    procedure = drawn(table(step("1")))
    day = datetime(2026, 11, 25, tzinfo=ZONE).date()
    scenario = Scenario(MONDAY, cases=3, arrivals=Arrivals(), work=hours(1), traced=3)

    assert run(procedure, scenario).queued.longest < 120
    away = run(procedure, replace(scenario, absences=(Absence("clerk", MONDAY.date(), day),)))
    assert min(visit.begun for visit in away.visits if visit.begun) == datetime(2026, 11, 26, 7, 0, tzinfo=ZONE)


def test_a_step_past_its_limit_is_late_and_a_case_past_the_statutory_one() -> None:
    limit = {"text": "05 ngày", "value": 5, "unit": "calendar_day"}
    procedure = drawn(table(step("1", duration=days(2)), step("2", duration=days(3)), statutory_limit=limit))
    result = run(procedure, replace(MANY, work=hours(48)))

    assert [each.late for each in result.steps] == [1, 1]
    assert result.late == 1
    assert run(procedure, MANY).late == 0


def test_the_bottleneck_is_who_makes_cases_wait() -> None:
    procedure = drawn(table(step("1", position="a"), step("2", position="b"), step("3", position="c")))
    slow = run(procedure, busy(300, 6, works={"2": hours(1.2)}))
    flooded = run(procedure, busy(300, 30))
    idle = run(procedure, busy(50, 1, works={"3": hours(3)}, officers=None))

    assert slow.bottleneck is not None and (slow.bottleneck.kind, slow.bottleneck.position) == ("queue", "b, A")
    assert flooded.bottleneck is not None and flooded.bottleneck.kind == "overload"
    assert max(position.enough for position in flooded.positions) in (4, 5)
    assert idle.bottleneck is not None and (idle.bottleneck.kind, idle.bottleneck.element) == ("step", "step_3")


@pytest.mark.parametrize(
    ("rest", "known"),
    [
        ({"shares": {"9": {"x": Fraction(1)}}}, "1"),
        ({"shares": {"2": {"x": Fraction(1)}}}, "không đồng ý"),
        ({"works": {"9": hours(1)}}, "1"),
        ({"delays": {"1": hours(1)}}, None),
        ({"instances": {"1": 2}}, None),
        ({"capacity": {"giám đốc": 2}}, "clerk, A"),
        ({"away": {"giám đốc": Fraction(1, 2)}}, "clerk, A"),
    ],
)
def test_what_the_procedure_does_not_have_is_refused_with_what_it_has(
    rest: dict[str, object], known: str | None
) -> None:
    procedure = drawn(table(step("1"), step("2"), branches=[Branch("2", "không đồng ý", "1")]))

    with pytest.raises(UnknownChoice) as refused:
        run(procedure, replace(ALONE, **rest))
    assert known is None or known in refused.value.facts["known"]


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        ({"cases": 0}, "cases"),
        ({"shares": {"1": {"a": Fraction(2, 3), "b": Fraction(2, 3)}}}, "shares"),
        ({"shares": {"1": {"a": Fraction(-1, 3)}}}, "shares"),
        ({"officers": 0}, "capacity"),
        ({"capacity": {"a": -1}}, "capacity"),
        ({"instances": {"1": 201}}, "instances"),
        ({"away": {"a": Fraction(1)}}, "away"),
        ({"until": MONDAY}, "until"),
        ({"absences": (Absence("a", MONDAY.date(), MONDAY.date(), 0),)}, "absence"),
    ],
)
def test_numbers_that_do_not_fit_are_refused(rest: dict[str, object], reason: str) -> None:
    with pytest.raises(BadScenario) as refused:
        replace(ALONE, **rest)
    assert refused.value.facts["reason"] == reason


def test_lengths_and_rates_that_do_not_fit_are_refused() -> None:
    with pytest.raises(BadScenario):
        Spell(3, 2, 4)
    with pytest.raises(BadScenario):
        Arrivals(Fraction(0))


def test_what_the_engine_does_not_run_is_refused_with_its_reason() -> None:
    nodes = {"t": '<bpmn:scriptTask id="t"/>'}

    with pytest.raises(Uncompilable) as refused:
        run(model("s1>t", "t>e1", nodes=nodes))
    assert (refused.value.code, refused.value.element) == ("element-unsupported", "t")


@pytest.mark.parametrize("text", ["P9000D", "P1200M"])
def test_a_timer_behind_the_calendar_is_a_refusal(text: str) -> None:
    flows = ["s1>w0", *(f"w{number}>w{number + 1}" for number in range(9)), "w9>e1"]
    nodes = {f"w{number}": event("intermediateCatchEvent", f"w{number}", timer(text)) for number in range(10)}

    with pytest.raises((BeyondCalendar, StepFailed)):
        run(model(*flows, nodes=nodes))


def test_a_case_that_never_ends_is_stopped() -> None:
    with pytest.raises(StepLimit) as stopped:
        run(sample(4), replace(ALONE, shares={"6": {"không đồng ý": Fraction(1)}}))
    assert stopped.value.code == "too-many-steps"
