"""What is drawn by a program that knows no table is saved as the table has it."""

from copy import deepcopy

import pytest
from lxml import etree

from bpmn.convert import table_to_bpmn
from bpmn.document import Document, read_document
from bpmn.editing import as_meant
from bpmn.fiveclear import Branch, FiveClear, Step
from bpmn.table.project import project

TABLE = FiveClear(
    title="Trả lời đơn",
    steps=(Step("1", "Nhận đơn"), Step("2", "Ký trả lời"), Step("3", "Gửi trả lời")),
    branches=(Branch("2", "không đồng ý", "1"),),
)
CONDITION = 'ket_qua("step_2") == "không đồng ý"'


def opened(source: bytes) -> Document:
    found = read_document(source).document
    assert found is not None
    return found


@pytest.fixture
def before() -> Document:
    return opened(table_to_bpmn(TABLE))


def drawn(document: Document, *changes: tuple[str, str]) -> Document:
    text = document.serialised().decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return opened(text.encode())


def with_documentation(document: Document, step: str, written: str) -> Document:
    root = etree.fromstring(document.serialised())
    element = next(each for each in root.iter() if each.get("id") == step)
    holder = etree.fromstring(f'<x xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL">{written}</x>')
    element.insert(0, holder[0])
    return opened(etree.tostring(root))


def conditions(source: bytes) -> dict[str, str | None]:
    """What the ways out of the decision ask for; `else` is the normal way."""
    process = next(iter(opened(source).processes.values()))
    gateway = next(node for node in process.nodes.values() if node.tag == "exclusiveGateway")
    flows = [process.flows[name] for name in gateway.outgoing]
    return {"else" if flow.id == gateway.default else flow.name: flow.condition for flow in flows}


def test_a_way_that_is_named_anew_asks_for_its_new_name(before: Document) -> None:
    renamed = drawn(before, ('name="không đồng ý"', 'name="trả lại &quot;để sửa&quot;"'))

    found = conditions(as_meant(renamed, before))

    assert found == {"else": None, 'trả lại "để sửa"': 'ket_qua("step_2") == "trả lại \\"để sửa\\""'}


def test_a_new_way_that_is_named_gets_a_condition_and_the_other_is_the_normal_one(before: Document) -> None:
    flow = f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{CONDITION}</bpmn:conditionExpression>'
    bare = drawn(before, (flow, ""), (' default="flow_branch_2_step_3"', ""), (' name="không đồng ý"', ""))
    named = drawn(bare, ('id="flow_branch_2_step_1"', 'id="flow_branch_2_step_1" name="không đồng ý"'))

    assert conditions(as_meant(named, bare)) == {"else": None, "không đồng ý": CONDITION}


def test_what_somebody_wrote_or_did_not_touch_stays(before: Document) -> None:
    own = drawn(before, (CONDITION, "so_ngay > 3"), ('name="không đồng ý"', 'name="quá hạn"'))
    other = drawn(before, ('"không đồng ý"</bpmn', '"trả lại"</bpmn'))

    assert conditions(as_meant(own, before)) == {"else": None, "quá hạn": "so_ngay > 3"}
    assert as_meant(other, other) == as_meant(other, before) == other.serialised()


def test_a_copied_step_has_a_number_of_its_own(before: Document) -> None:
    root = etree.fromstring(before.serialised())
    original = next(each for each in root.iter() if each.get("id") == "step_2")
    copy = deepcopy(original)
    copy.set("id", "Activity_1")
    original.addnext(copy)

    steps = project(opened(as_meant(opened(etree.tostring(root)), before)).root).steps

    assert {step.id: step.step_no for step in steps} == {"step_1": "1", "step_2": "2", "step_3": "3", "Activity_1": "4"}


def test_what_another_tool_wrote_into_a_documentation_stays(before: Document) -> None:
    note = '<bpmn:documentation>Kiểm<t:note xmlns:t="urn:t">mật</t:note></bpmn:documentation>'
    noted = with_documentation(before, "step_2", note)
    bare = with_documentation(before, "step_2", "<bpmn:documentation>Kiểm tra</bpmn:documentation>")

    saved = opened(as_meant(bare, noted))

    documentation = next(saved.root.iter("{*}documentation"))
    assert documentation.text == "Kiểm tra"
    assert [child.text for child in documentation] == ["mật"]


def test_a_timer_that_is_named_like_a_time_has_it(before: Document) -> None:
    bpmn = "http://www.omg.org/spec/BPMN/20100524/MODEL"
    root = etree.fromstring(before.serialised())
    process = next(root.iter(f"{{{bpmn}}}process"))
    for name, text in (("Event_1", "sau 3 ngày làm việc"), ("Event_2", "nhắc việc")):
        event = etree.SubElement(process, f"{{{bpmn}}}boundaryEvent", id=name, name=text, attachedToRef="step_2")
        etree.SubElement(event, f"{{{bpmn}}}timerEventDefinition")

    saved = opened(as_meant(opened(etree.tostring(root)), before))

    times = {time.getparent().getparent().getparent().get("id"): time.attrib for time in saved.root.iter("{*}time")}
    assert times == {"Event_1": {"text": "sau 3 ngày làm việc", "value": "3", "unit": "working_day"}}
