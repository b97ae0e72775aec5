"""Table → BPMN: structure of the file."""

from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import etree

from bpmn.convert import read_yaml, table_to_bpmn
from bpmn.dialect.words import bpmn_tag
from bpmn.fiveclear import Branch, Duration, FiveClear, Performer, Step, TimeUnit

SAMPLES = sorted(Path("tests/files/samples").glob("*.yaml"))
BPMN_XSD = etree.XMLSchema(etree.parse(str(files("SpiffWorkflow.bpmn.parser.schema") / "BPMN20.xsd")))
DIALECT_XSD = etree.XMLSchema(etree.parse("bpmn/schema/namro.xsd"))


def sample(number: str) -> FiveClear:
    path = next(path for path in SAMPLES if path.name.startswith(number))
    table = read_yaml(path.read_bytes()).table
    assert table is not None
    return table


def drawn(table: FiveClear) -> etree._Element:
    return etree.fromstring(table_to_bpmn(table))


def by_id(root: etree._Element, wanted: str) -> etree._Element:
    return next(element for element in root.iter() if element.get("id") == wanted)


def flow(root: etree._Element, source: str, target: str) -> etree._Element:
    flows = root.iter(bpmn_tag("sequenceFlow"))
    return next(flow for flow in flows if (flow.get("sourceRef"), flow.get("targetRef")) == (source, target))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:2])
def test_the_file_is_valid_bpmn_and_valid_dialect(path: Path) -> None:
    root = drawn(sample(path.stem[:2]))

    BPMN_XSD.assertValid(root)
    words = [word for place in root.iter(bpmn_tag("extensionElements")) for word in place]
    assert words
    for word in words:
        DIALECT_XSD.assertValid(etree.ElementTree(etree.fromstring(etree.tostring(word))))


def test_the_same_table_gives_the_same_bytes() -> None:
    assert table_to_bpmn(sample("04")) == table_to_bpmn(sample("04"))


def test_a_branch_is_a_conditional_flow_beside_the_default() -> None:
    root = drawn(sample("04"))

    way = flow(root, "branch_6", "step_5")

    assert way.get("name") == "không đồng ý"
    assert way.findtext(bpmn_tag("conditionExpression")) == 'ket_qua("step_6") == "không đồng ý"'
    assert by_id(root, "branch_6").get("default") == flow(root, "branch_6", "step_7").get("id")


def test_gotos_into_a_parallel_group_meet_before_its_split_which_would_wait_for_all_of_them() -> None:
    root = drawn(sample("05"))

    assert flow(root, "branch_7", "again_xu_ly").get("name") == "chưa đạt"
    assert flow(root, "again_xu_ly", "split_xu_ly") is not None
    assert by_id(root, "again_xu_ly").tag == bpmn_tag("exclusiveGateway")


def test_silence_is_an_interrupting_timer_that_ends_the_member() -> None:
    root = drawn(sample("04"))

    timer = by_id(root, "silence_4b")

    assert (timer.get("attachedToRef"), timer.get("cancelActivity")) == ("step_4b", "true")
    assert timer.findtext(f"{bpmn_tag('timerEventDefinition')}/{bpmn_tag('timeDuration')}") == "P6D"
    assert flow(root, "silence_4b", "merge_4b").get("name") == "quá hạn không trả lời"
    assert flow(root, "merge_4b", "join_lay_y_kien") is not None


def test_silence_in_working_time_is_a_five_clear_value() -> None:
    timer = by_id(drawn(sample("01")), "silence_3b")

    time = timer.find(f"{bpmn_tag('timerEventDefinition')}/{bpmn_tag('extensionElements')}")[0]

    assert (time.get("value"), time.get("unit")) == ("5", "working_day")


def test_every_way_into_a_join_is_the_only_one_of_its_member() -> None:
    root = drawn(sample("04"))

    sources = [flow.get("sourceRef") for flow in root.iter(bpmn_tag("sequenceFlow")) if flow.get("targetRef") == JOIN]

    assert sources == ["step_4a", "merge_4b", "merge_4c"]


JOIN = "join_lay_y_kien"


def test_a_wait_returns_to_its_step_and_is_fed_by_the_citizen() -> None:
    root = drawn(sample("04"))

    assert by_id(root, "wait_1_1").tag == bpmn_tag("receiveTask")
    assert flow(root, "wait_1_1", "step_1") is not None
    feeding = [way.get("sourceRef") for way in root.iter(bpmn_tag("messageFlow")) if way.get("targetRef") == "wait_1_1"]
    assert feeding == ["participant_citizen"]


def test_endings_and_calls_get_their_elements() -> None:
    root = drawn(sample("08"))

    assert flow(root, "branch_3", "end_rejected").get("name") == "không đủ điều kiện"
    assert by_id(root, "call_4_1").tag == bpmn_tag("callActivity")


def test_every_node_lies_in_exactly_one_lane() -> None:
    root = drawn(sample("05"))

    listed = [reference.text for reference in root.iter(bpmn_tag("flowNodeRef"))]
    nodes = [element.get("id") for element in root.iter() if element.find(bpmn_tag("outgoing")) is not None]

    assert len(listed) == len(set(listed))
    assert set(nodes) <= set(listed)


def test_equal_positions_of_two_units_have_two_lanes() -> None:
    names = [lane.get("name") for lane in drawn(sample("05")).iter(bpmn_tag("lane"))]

    assert {"Công chức được giao - đơn vị chủ trì", "Công chức được giao - đơn vị phối hợp"} <= set(names)


def test_ids_are_kept_unless_they_cannot_be() -> None:
    steps = (
        Step("1", "a", id="root"),
        Step("2", "b", id="Việc 2"),
        Step("3", "c", id="task_c"),
        Step("4", "d", id="TASK_C"),
    )

    tasks = [task.get("id") for task in drawn(FiveClear("t", steps)).iter(bpmn_tag("userTask"))]

    assert tasks == ["step_1", "step_2", "task_c", "step_4"]


def test_part_days_are_written_in_hours() -> None:
    duration = Duration("1,5 ngày", TimeUnit.CALENDAR_DAY, value=Fraction(3, 2))
    steps = (
        Step("1a", "a", performer=Performer("p"), duration=duration, parallel_group="g"),
        Step("1b", "b", parallel_group="g"),
    )
    branches = (Branch("1a", "im lặng", "end_1", note="silent_consent"),)

    root = drawn(FiveClear("t", steps, branches))

    assert next(root.iter(bpmn_tag("timeDuration"))).text == "P1DT12H"
