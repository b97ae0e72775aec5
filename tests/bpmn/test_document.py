"""A file becomes processes, nodes, flows and lanes, each resolved; what does not resolve is refused with its place."""

import pytest

from bpmn.document import Document, read_document
from bpmn.elements import EventDefinition, Loop, TimerText
from tests.bpmn.models import END, HEAD, START, file_of, process_of, task


def document(data: bytes) -> Document:
    reading = read_document(data)
    assert reading.document is not None, reading.findings
    return reading.document


def refusal(data: bytes) -> tuple[str, str | None]:
    reading = read_document(data)
    assert reading.document is None
    rejected = [finding for finding in reading.findings if finding.reject]
    return rejected[0].code, rejected[0].element


def test_nodes_know_their_flows_lane_and_container() -> None:
    process = process_of(
        '<bpmn:laneSet id="ls"><bpmn:lane id="outer" name="Phòng"><bpmn:flowNodeRef>a</bpmn:flowNodeRef>'
        '<bpmn:childLaneSet id="cls"><bpmn:lane id="inner" name="Trưởng phòng"><bpmn:flowNodeRef>a</bpmn:flowNodeRef>'
        "</bpmn:lane></bpmn:childLaneSet></bpmn:lane></bpmn:laneSet>",
        *(START, END, task("a"), "s -> a", "a -> e ? n > 1"),
        '<bpmn:subProcess id="sp"><bpmn:userTask id="i"/></bpmn:subProcess>',
    )

    node = process.nodes["a"]
    assert (node.incoming, node.outgoing, node.lane, node.parent) == (("f_s_a",), ("f_a_e",), "inner", "P")
    assert process.nodes["i"].parent == "sp"
    assert process.lanes["inner"].parent == "outer"
    assert process.flows["f_a_e"].condition == "n > 1"
    assert node.step is not None
    assert node.step.step_no == "a"


def test_events_timers_and_loops_are_read_as_written() -> None:
    process = process_of(
        *(START, END),
        '<bpmn:userTask id="a"><bpmn:multiInstanceLoopCharacteristics isSequential="true">'
        "<bpmn:loopCardinality> 3 </bpmn:loopCardinality><bpmn:completionCondition>n &gt; 1</bpmn:completionCondition>"
        "</bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>",
        '<bpmn:boundaryEvent id="b" attachedToRef="a" cancelActivity="false"><bpmn:timerEventDefinition>'
        "<bpmn:timeCycle>R3/PT1H</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:boundaryEvent>",
        '<bpmn:boundaryEvent id="c" attachedToRef="a"><bpmn:timerEventDefinition><bpmn:extensionElements>'
        '<namro:time value="3" unit="working_day"/></bpmn:extensionElements><bpmn:timeDuration>P3D</bpmn:timeDuration>'
        "</bpmn:timerEventDefinition></bpmn:boundaryEvent>",
        '<bpmn:receiveTask id="d" messageRef="m"/>',
        '<bpmn:intermediateCatchEvent id="g"><bpmn:messageEventDefinition messageRef="m"/>'
        "</bpmn:intermediateCatchEvent>",
        rest='<bpmn:message id="m" name="Bổ sung"/>',
    )

    assert process.nodes["a"].loop == Loop("sequential", cardinality="3", completion="n > 1")
    assert process.nodes["b"].events == (EventDefinition("timer", TimerText("cycle", "R3/PT1H")),)
    assert not process.nodes["b"].interrupting
    assert process.nodes["c"].events[0].timer == TimerText("working", "3 working_day")
    assert process.nodes["d"].message == "m"
    assert process.nodes["g"].events == (EventDefinition("message", ref="m", name="Bổ sung"),)


def test_pools_and_message_flows_are_read() -> None:
    rest = (
        '<bpmn:collaboration id="c"><bpmn:participant id="p1" name="Thị xã" processRef="P"/>'
        '<bpmn:participant id="p2" name="Công dân"/>'
        '<bpmn:messageFlow id="mf" sourceRef="p2" targetRef="s" name="Hồ sơ"/></bpmn:collaboration>'
    )

    found = document(file_of(START, END, "s -> e", rest=rest))

    assert [(pool.name, pool.process) for pool in found.participants.values()] == [("Thị xã", "P"), ("Công dân", None)]
    assert (found.message_flows["mf"].source, found.message_flows["mf"].target) == ("p2", "s")


def test_a_name_is_one_line_of_nfc_without_direction_marks() -> None:
    process = process_of(START, END, '<bpmn:userTask id="a" name="Kie\u0302\u0309m&#13;&#10;tra\u202e"/>')

    assert process.nodes["a"].name == "Kiểm tra"


def test_the_canonical_form_is_stable_and_bound_to_the_content() -> None:
    one = document(file_of('<bpmn:userTask id="a" name="x"/>', "<!-- ghi chú -->"))
    same = document(file_of('<bpmn:userTask   name="x" id="a"></bpmn:userTask>', "<?pi?>"))
    other = document(file_of('<bpmn:userTask id="a" name="y"/>', ""))

    assert one.canonical() == same.canonical()
    assert one.sha256 == same.sha256 != other.sha256
    assert document(one.canonical()).sha256 == one.sha256
    assert document(one.serialised()).sha256 == one.sha256


SPLIT = (
    '<bpmn:subProcess id="sp"><bpmn:userTask id="i"/></bpmn:subProcess>',
    '<bpmn:userTask id="a"/>',
)


@pytest.mark.parametrize(
    ("lines", "code", "element"),
    [
        (("<bpmn:userTask/>",), "id-missing", "P"),
        (('<bpmn:userTask id="1 a"/>',), "id-syntax", "1 a"),
        (('<bpmn:userTask id=""/>',), "id-syntax", ""),
        ((f'<bpmn:userTask id="{"a" * 256}"/>',), "limit-text", "a" * 255),
        ((f'<bpmn:userTask id="a" name="{"x" * 256}"/>',), "limit-text", "a"),
        (
            (f'<bpmn:userTask id="a"><bpmn:documentation>{"x" * 20_001}</bpmn:documentation></bpmn:userTask>',),
            "limit-text",
            "a",
        ),
        (('<bpmn:userTask id="a"/>', '<bpmn:manualTask id="a"/>'), "id-duplicate", "a"),
        ((START, "s -> nope"), "ref-missing", "f_s_nope"),
        ((START, '<bpmn:sequenceFlow id="f" sourceRef="s"/>'), "ref-missing", "f"),
        ((START, '<bpmn:dataObject id="d"/>', "s -> d"), "ref-type", "f_s_d"),
        (('<bpmn:boundaryEvent id="b"/>',), "ref-missing", "b"),
        (('<bpmn:receiveTask id="a" messageRef="m"/>',), "ref-missing", "a"),
        (('<bpmn:endEvent id="a"><bpmn:errorEventDefinition errorRef="m"/></bpmn:endEvent>',), "ref-missing", "a"),
        ((*SPLIT, "a -> i"), "flow-crosses-border", "f_a_i"),
        ((*SPLIT, "i -> a"), "flow-crosses-border", "f_i_a"),
        (('<bpmn:exclusiveGateway id="x" default="nope"/>',), "ref-missing", "x"),
        (('<bpmn:exclusiveGateway id="x" default="a"/>', '<bpmn:userTask id="a"/>'), "ref-type", "x"),
        (('<bpmn:callActivity id="c" calledElement="../P"/>',), "id-syntax", "c"),
        (tuple(f'<bpmn:userTask id="a{number}"/>' for number in range(1001)), "limit-elements", None),
    ],
)
def test_what_does_not_resolve_makes_the_file_unusable(lines: tuple[str, ...], code: str, element: str | None) -> None:
    assert refusal(file_of(*lines)) == (code, element)


@pytest.mark.parametrize("depth", [20, 21])
def test_sub_processes_nest_twenty_deep_and_no_deeper(depth: int) -> None:
    opening = "".join(f'<bpmn:subProcess id="sp{level}">' for level in range(1, depth + 1))
    reading = read_document(file_of(opening + "</bpmn:subProcess>" * depth))

    assert [(found.code, found.element) for found in reading.findings] == [("limit-depth", "sp21")] * (depth - 20)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<process xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'/>", "bpmn-root"),
        (b"<html/>", "bpmn-root"),
        (b"<definitions xmlns='http://schema.omg.org/spec/BPMN/2.0'/>", "bpmn-namespace"),
        (f"{HEAD}</bpmn:definitions>".encode(), "bpmn-no-process"),
        (f"{HEAD}<bpmn:choreography id='ch'/></bpmn:definitions>".encode(), "element-unsupported"),
    ],
)
def test_what_is_no_procedure_is_named(data: bytes, code: str) -> None:
    assert refusal(data)[0] == code


def test_findings_of_one_code_are_bounded() -> None:
    reading = read_document(file_of(*("<bpmn:userTask/>" for _ in range(500))))

    assert len(reading.findings) == 100
