"""Playing procedures on a virtual clock, as `namro run` does."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bpmn.convert import read_yaml, table_to_bpmn
from bpmn.document import read_document
from engine.errors import UnknownChoice
from engine.spiff import StepLimit
from engine.virtual import Trace, play
from engine.worktime import WorkCalendar
from tests.bpmn.dmn.tables import definitions, table
from tests.engine.spiff.models import boundary, document, element, event, model, process, timer

SAMPLES = Path(__file__).parents[1] / "files/samples"
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
CALENDAR = WorkCalendar.shipped()
STEP = '<bpmn:extensionElements><namro:step no="{no}"{more}>{inner}</namro:step></bpmn:extensionElements>'


def played(source: bytes, choices: Mapping[str, Sequence[str]] | None = None, start: datetime = MONDAY) -> Trace:
    reading = read_document(source)
    assert reading.document is not None
    return play(reading.document, start=start, choices=choices or {}, calendar=CALENDAR)


def permit(choices: Mapping[str, Sequence[str]] | None = None) -> Trace:
    """The construction permit: a case of fifteen calendar days."""
    table = read_yaml((SAMPLES / "04_cap_phep_xay_dung_nha_o_rieng_le.yaml").read_bytes()).table
    assert table is not None
    return played(table_to_bpmn(table), choices)


def visits(trace: Trace) -> list[str]:
    return [step.node.id for step in trace.steps]


def work(name: str, hours: int | None = None, *, no: str = "", more: str = "", inner: str = "") -> str:
    time = "" if hours is None else f'<namro:time text="{hours} giờ" value="{hours}" unit="working_hour"/>'
    return f'<bpmn:userTask id="{name}">{STEP.format(no=no or name, more=more, inner=time)}{inner}</bpmn:userTask>'


def local(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(CALENDAR.zone).strftime("%d/%m %H:%M")


def test_a_permit_in_which_every_step_ends_at_its_due_ends_with_the_limit() -> None:
    trace = permit()

    assert visits(trace) == [f"step_{no}" for no in ("1", "2", "3", "4a", "4b", "4c", "5", "6", "7", "8", "9", "10")]
    assert local(trace.steps[-2].due_at) == "08/12 17:00"
    assert trace.steps[-1].due_at is None
    assert trace.steps[-1].completed_at == trace.steps[-1].opened_at == trace.ended_at
    assert trace.end == "end_1"


def test_the_first_step_opens_at_the_start_even_outside_hours() -> None:
    sunday_night = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
    trace = played(model("s1>a", "a>e1", nodes={"a": work("a", 8)}), start=sunday_night)

    assert trace.steps[0].opened_at == sunday_night
    assert local(trace.steps[0].due_at) == "23/11 17:00"


def test_a_chosen_outcome_sends_a_step_back_as_often_as_it_was_chosen() -> None:
    trace = permit({"6": ["không đồng ý", "KHÔNG ĐỒNG Ý"]})

    assert visits(trace).count("step_6") == 3
    assert [step.outcome for step in trace.steps if step.node.id == "step_6"] == [
        "không đồng ý",
        "không đồng ý",
        "tiếp tục",
    ]


def test_a_step_can_be_chosen_by_its_element() -> None:
    assert "step_4a" not in visits(permit({"step_3": ["không đủ điều kiện"]}))


def test_a_wait_for_the_citizen_is_no_step_and_ends_at_once() -> None:
    trace = permit({"1": ["thiếu thành phần"]})

    assert visits(trace)[:3] == ["step_1", "step_1", "step_2"]
    assert trace.steps[1].opened_at == trace.steps[0].completed_at


def test_silence_is_an_outcome_that_comes_at_the_due() -> None:
    spoken, silent = permit(), permit({"4b": ["Quá hạn không trả lời"]})
    answer = next(step for step in silent.steps if step.node.id == "step_4b")

    assert answer.outcome == "quá hạn không trả lời"
    assert answer.completed_at == answer.due_at
    assert visits(silent) == visits(spoken)


@pytest.mark.parametrize(
    ("choices", "facts"),
    [
        (
            {"99": ["x"]},
            {"step": "99", "known": ["1", "2", "3", "4a", "4b", "4c", "5", "6", "7", "8", "9", "10"]},
        ),
        ({"6": ["đồng ý"]}, {"step": "6", "outcome": "đồng ý", "known": ["không đồng ý", "tiếp tục"]}),
    ],
)
def test_an_unknown_choice_is_refused_with_what_is_known(
    choices: Mapping[str, Sequence[str]], facts: Mapping[str, object]
) -> None:
    with pytest.raises(UnknownChoice) as refused:
        permit(choices)

    assert refused.value.facts == facts


def test_the_trace_in_plain_values_carries_offsets() -> None:
    trace = played(model("s1>a", "a>e1", nodes={"a": work("a", 4, no="1")})).as_json()

    assert trace == {
        "steps": [
            {
                "element": "a",
                "name": "",
                "performer": "",
                "opened": "2026-11-23T08:00:00+07:00",
                "due": "2026-11-23T14:00:00+07:00",
                "completed": "2026-11-23T14:00:00+07:00",
                "outcome": "tiếp tục",
            }
        ],
        "end": "e1",
        "started": "2026-11-23T08:00:00+07:00",
        "ended": "2026-11-23T14:00:00+07:00",
    }


def test_the_performer_is_the_position_with_its_unit() -> None:
    assert permit().steps[1].performer == "Trưởng phòng, Phòng Quản lý đô thị"


def test_parallel_steps_run_beside_each_other() -> None:
    nodes = {"a": work("a", 8), "b": work("b", 2), "c": work("c")}
    trace = played(model("s1>p1", "p1>a", "p1>b", "a>p2", "b>p2", "p2>c", "c>e1", nodes=nodes))

    assert visits(trace) == ["a", "b", "c"]
    assert trace.steps[2].opened_at == trace.steps[0].completed_at


def test_without_choices_no_send_back_is_taken_even_by_default() -> None:
    source = model("s1>a", "a>x1", "x1>a[default]", 'x1>b[ket_qua("a") == "đạt"]', "b>e1")
    trace = played(source)

    assert [(step.node.id, step.outcome) for step in trace.steps] == [("a", "đạt"), ("b", "tiếp tục")]
    assert visits(played(source, {"a": ["tiếp tục"]})) == ["a", "a", "b"]


def test_conditions_on_variables_are_not_asked() -> None:
    source = model("s1>a", "a>x1", "x1>a[again]", "x1>b[amount > 5]", "x1>c[amount <= 5]", "b>e1", "c>e1")

    assert visits(played(source)) == ["a", "b"]


def test_a_step_of_several_instances_runs_once() -> None:
    count = "<bpmn:loopCardinality>len(units)</bpmn:loopCardinality>"
    loop = f"<bpmn:multiInstanceLoopCharacteristics>{count}</bpmn:multiInstanceLoopCharacteristics>"

    assert visits(played(model("s1>a", "a>e1", nodes={"a": work("a", inner=loop)}))) == ["a"]


def test_a_procedure_that_lies_elsewhere_is_passed() -> None:
    nodes = {"call": event("callActivity", "call", calledElement="elsewhere")}

    assert visits(played(model("s1>call", "call>a", "a>e1", nodes=nodes))) == ["a"]


def test_a_business_rule_is_passed_as_there_are_no_variables() -> None:
    inner = f"<bpmn:extensionElements>{definitions(table(['n'], ['v'], ['> 1', '2']))}</bpmn:extensionElements>"
    source = model("s1>r", "r>a", "a>e1", nodes={"r": f'<bpmn:businessRuleTask id="r">{inner}</bpmn:businessRuleTask>'})

    assert visits(played(source)) == ["a"]


def test_a_process_of_the_same_file_is_played_inside() -> None:
    nodes = {"call": event("callActivity", "call", calledElement="Q")}
    source = document(process("s1>call", "call>b", "b>e1", nodes=nodes), process("s2>a", "a>e2", name="Q"))

    assert visits(played(source)) == ["a", "b"]


def test_a_timer_on_the_way_holds_the_case_and_one_on_a_border_does_not_fire() -> None:
    nodes = {
        "wait": event("intermediateCatchEvent", "wait", timer("P1D")),
        "a": work("a", 40),
        "late": boundary("late", "a", timer("PT1H")),
    }
    trace = played(model("s1>wait", "wait>a", "a>e1", "late>b", "b>e1", nodes=nodes))

    assert visits(trace) == ["a"]
    assert local(trace.steps[0].opened_at) == "24/11 08:00"


def test_steps_of_a_shared_block_are_due_together() -> None:
    block = '<namro:time text="02 giờ (chung)" value="2" unit="working_hour" sharedBlock="chung"/>'
    nodes = {
        name: f'<bpmn:userTask id="{name}">{STEP.format(no=name, more="", inner=block)}</bpmn:userTask>'
        for name in ("a", "b")
    }
    trace = played(model("s1>a", "a>b", "b>e1", nodes=nodes))

    assert [local(step.due_at) for step in trace.steps] == ["23/11 10:00", "23/11 10:00"]


def test_a_step_that_is_not_counted_ends_when_it_opens() -> None:
    trace = played(model("s1>a", "a>e1", nodes={"a": work("a", 8, more=' counted="false"')}))

    assert trace.steps[0].due_at is None
    assert trace.ended_at == MONDAY


def test_a_step_that_another_way_withdrew_has_no_end() -> None:
    nodes = {
        "stop": event("endEvent", "stop", "<bpmn:terminateEventDefinition/>"),
        "a": work("a", 8),
        "b": work("b", 1),
    }
    trace = played(model("s1>p1", "p1>a", "p1>b", "a>e1", "b>stop", nodes=nodes))

    assert [(step.node.id, local(step.completed_at), step.outcome) for step in trace.steps] == [
        ("a", None, None),
        ("b", "23/11 09:00", "tiếp tục"),
    ]
    assert trace.end == "stop"


def test_a_process_without_an_end_is_stopped() -> None:
    with pytest.raises(StepLimit):
        played(model("s1>x1", "x1>a", "a>x1", nodes={"a": element("a")}))


# Sample 05 sends back straight into the AND split of a group, which with a second incoming flow is a join as well.
@pytest.mark.parametrize("sample", sorted(path.stem for path in SAMPLES.glob("0*.yaml")))
def test_every_sample_reaches_its_end(sample: str) -> None:
    table = read_yaml((SAMPLES / f"{sample}.yaml").read_bytes()).table
    assert table is not None
    trace = played(table_to_bpmn(table))

    assert trace.end == "end_1"
    assert len(trace.steps) == len(table.steps)


def test_after_a_supplement_the_path_begins_at_the_step_that_the_case_returns_to() -> None:
    trace = permit({"3": ["hồ sơ chưa đạt, bổ sung được (01 lần)", "tiếp tục"]})

    again = [step for step in trace.steps if step.node.id == "step_3"][1]
    started = again.opened_at
    assert again.due_at == CALENDAR.calendar_rule(started, again.node.step.duration.calendar_days)
