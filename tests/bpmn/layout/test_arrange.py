"""How a diagram is written into a document, on hand-made ones."""

from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from bpmn.layout import add_diagram
from bpmn.layout.text import wrap
from tests.bpmn.layout.drawn import BPMN, DI, drawn, meet, nodes_of, own, through

FILES = Path(__file__).parents[2] / "files" / "layout"
EVERY = FILES / "every_shape.bpmn"
PERMIT = FILES / "building_permit.bpmn"
SHOWN = ("Task", "Event", "Gateway", "Process", "Activity", "Reference", "Annotation", "Flow", "ociation")


def root_of(file: Path) -> etree._Element:
    return etree.parse(file).getroot()


def canonical(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n", exclusive=True, with_tail=False)


def chain(steps: int, *, lanes: int = 0) -> etree._Element:
    """Return a procedure of `steps` tasks one after the other, which wander through the lanes."""
    root = etree.Element(BPMN + "definitions", nsmap={"bpmn": BPMN[1:-1]})
    process = etree.SubElement(root, BPMN + "process", id="p")
    lane_set = etree.SubElement(process, BPMN + "laneSet", id="ls") if lanes else None
    for index in range(lanes):
        assert lane_set is not None
        lane = etree.SubElement(lane_set, BPMN + "lane", id=f"lane{index}", name=f"Vị trí {index}")
        for step in range(index, steps, lanes):
            etree.SubElement(lane, BPMN + "flowNodeRef").text = f"t{step}"
    for step in range(steps):
        etree.SubElement(process, BPMN + "userTask", id=f"t{step}", name=f"Bước {step}: kiểm tra hồ sơ trình ký")
        if step:
            ends = {"sourceRef": f"t{step - 1}", "targetRef": f"t{step}"}
            etree.SubElement(process, BPMN + "sequenceFlow", {"id": f"f{step}", **ends})
        if step > 4 and step % 7 == 0:
            ends = {"sourceRef": f"t{step}", "targetRef": f"t{step - 4}"}
            etree.SubElement(process, BPMN + "sequenceFlow", {"id": f"b{step}", **ends})
    return root


@pytest.mark.parametrize("file", [EVERY, PERMIT], ids=lambda file: file.stem)
def test_everything_with_an_id_is_drawn_once(file: Path) -> None:
    root = root_of(file)
    wanted = {
        element.get("id")
        for element in root.iter(f"{BPMN}*")
        if element.get("id") and (element.tag.endswith(SHOWN) or element.tag in {BPMN + "lane", BPMN + "participant"})
        if not element.tag.endswith(("}process", "Definition"))
    }
    wanted |= {element.get("id") for element in root.iter(BPMN + "task", BPMN + "transaction")}

    add_diagram(root)

    found = drawn(root)
    assert wanted == found.boxes.keys() | found.ways.keys()
    assert root.find(f".//{DI}BPMNPlane").get("bpmnElement") == "collaboration_1"


def test_what_stood_in_the_document_stays() -> None:
    root = root_of(EVERY)
    before, prefixes = [canonical(child) for child in root], dict(root.nsmap)

    add_diagram(root)

    assert [canonical(child) for child in root][:-1] == before
    assert prefixes.items() <= root.nsmap.items()


def test_the_namespaces_of_diagrams_are_declared_on_the_root_under_free_prefixes() -> None:
    root = root_of(EVERY)

    add_diagram(root)
    again = etree.fromstring(etree.tostring(root))

    assert again.nsmap["di"] == "urn:example:not-the-diagram"
    assert {BPMN[1:-1], DI[1:-1], "http://www.omg.org/spec/DD/20100524/DI"} <= set(again.nsmap.values())
    assert all(element.nsmap == again.nsmap for element in again.iter(f"{DI}*"))


def test_an_old_diagram_is_replaced() -> None:
    root = root_of(PERMIT)
    add_diagram(root)
    for bounds in root.iter("{http://www.omg.org/spec/DD/20100524/DC}Bounds"):
        bounds.set("x", "NaN")

    add_diagram(root)

    assert len(root.findall(f"{DI}BPMNDiagram")) == 1
    assert "NaN" not in etree.tostring(root, encoding="unicode")


def test_ids_of_the_diagram_are_free_in_the_document() -> None:
    root = chain(2)
    root[0].set("id", "t0_di")

    add_diagram(root)

    identities = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(identities) == len(set(identities))


def test_a_document_without_a_process_gets_no_diagram() -> None:
    root = etree.Element(BPMN + "definitions")

    add_diagram(root)

    assert len(root) == 0


def test_a_loop_enters_its_step_from_above_or_below() -> None:
    root = root_of(PERMIT)

    add_diagram(root)

    found = drawn(root)
    for flow, step in (("flow_24", "step_5"), ("flow_28", "step_5"), ("flow_5", "step_1")):
        (x1, _), (x2, y2) = found.ways[flow][-2:]
        assert x1 == x2
        assert y2 in {found.boxes[step][1], found.boxes[step][3]}


def test_the_ordinary_way_leaves_its_gateway_to_the_right_and_alone() -> None:
    root = root_of(PERMIT)

    add_diagram(root)

    found = drawn(root)
    for gateway in root.iter(BPMN + "exclusiveGateway"):
        identity, ordinary = gateway.get("id", ""), gateway.get("default", "")
        leaving = [flow.get("id", "") for flow in root.iter(BPMN + "sequenceFlow") if flow.get("sourceRef") == identity]
        starts = {flow: found.ways[flow][0] for flow in leaving}
        assert starts[ordinary][0] == found.boxes[identity][2]
        assert len(set(starts.values())) == len(leaving)


def test_boundary_events_sit_on_the_lower_border_and_their_flow_leaves_below() -> None:
    root = root_of(PERMIT)

    add_diagram(root)

    found = drawn(root)
    for timer, host, flow in (("silence_4b", "step_4b", "flow_18"), ("silence_4c", "step_4c", "flow_19")):
        _, top, _, bottom = found.boxes[timer]
        assert abs((top + bottom) / 2 - found.boxes[host][3]) < 0.2
        assert found.ways[flow][0][1] == pytest.approx(bottom, abs=0.2)


def test_a_step_that_repeats_itself_has_a_visible_loop() -> None:
    root = root_of(EVERY)

    add_diagram(root)

    way = drawn(root).ways["tf_14"]
    assert len(set(way)) == len(way) >= 4


def test_the_citizen_stands_above_and_his_messages_reach_the_pool() -> None:
    root = root_of(PERMIT)

    add_diagram(root)

    found = drawn(root)
    assert found.boxes["citizen"][3] < found.boxes["office"][1]
    for message in ("m1", "m2", "m3", "m4", "m5"):
        ends = found.ways[message][0], found.ways[message][-1]
        assert any(y == found.boxes["citizen"][3] for _, y in ends)


def test_child_lanes_tile_their_parent() -> None:
    root = root_of(EVERY)

    add_diagram(root)

    found = drawn(root).boxes
    assert found["hall"][1] == found["desk"][1]
    assert found["desk"][3] == pytest.approx(found["stamp"][1], abs=0.2)
    assert found["stamp"][3] == pytest.approx(found["hall"][3], abs=0.2)
    assert found["hall"][0] < found["desk"][0] == found["stamp"][0]


def test_a_long_procedure_wraps() -> None:
    root = chain(60)

    add_diagram(root)

    boxes = [drawn(root).boxes[f"t{step}"] for step in range(60)]
    assert len({box[1] for box in boxes}) == 3
    assert all(right[0] > left[2] for left, right in pairwise(boxes[:20]))
    assert boxes[20][0] == boxes[0][0]


def test_a_hundred_steps_in_eight_lanes_keep_every_promise() -> None:
    root = chain(100, lanes=8)

    add_diagram(root)

    nodes, found = nodes_of(root), drawn(root)
    assert len(nodes) == 100
    boxes = [found.boxes[name] for name in nodes]
    assert not any(meet(one, other) for index, one in enumerate(boxes) for other in boxes[:index])
    for edge in root.iter(BPMN + "sequenceFlow"):
        ends = own(nodes, edge.get("sourceRef", "")) | own(nodes, edge.get("targetRef", ""))
        way = found.ways[edge.get("id", "")]
        assert not any(through(way, found.boxes[name]) for name in nodes.keys() - ends)


def test_a_name_of_ninety_characters_fits_its_task() -> None:
    root = chain(1)
    name = "Thẩm định hồ sơ, kiểm tra thực địa, lập biên bản và dự thảo tờ trình lãnh đạo phòng duyệt"
    root[0][0].set("name", name)

    add_diagram(root)

    left, top, right, bottom = drawn(root).boxes["t0"]
    assert len(name) == 89
    assert right - left == 160
    assert 80 <= bottom - top <= 120


def test_a_lane_is_high_enough_for_its_name_on_two_lines() -> None:
    root = chain(2, lanes=2)
    name = "Phó Chủ tịch UBND thị xã phụ trách văn hóa - xã hội (Văn phòng HĐND và UBND thị xã)"
    root[0][0][1].set("name", name)

    add_diagram(root)

    _, top, _, bottom = drawn(root).boxes["lane1"]
    assert len(wrap(name, width=bottom - top, size=12)) == 2


def test_broken_references_are_left_out() -> None:
    root = chain(3)
    process = root[0]
    etree.SubElement(process, BPMN + "sequenceFlow", id="nowhere", sourceRef="t0", targetRef="missing")
    etree.SubElement(process, BPMN + "sequenceFlow", id="endless", sourceRef="t0")
    etree.SubElement(process, BPMN + "boundaryEvent", id="loose", attachedToRef="missing")
    etree.SubElement(process, BPMN + "boundaryEvent", id="circular", attachedToRef="circular")
    etree.SubElement(process, BPMN + "userTask", name="no id")
    etree.SubElement(process, BPMN + "userTask", id="t1", name="a second t1")

    add_diagram(root)

    found = drawn(root)
    assert found.ways.keys() == {"f1", "f2"}
    assert found.boxes.keys() == {"t0", "t1", "t2", "loose", "circular"}


def test_sub_processes_in_each_other_are_opened_only_to_a_depth() -> None:
    root = chain(1)
    holder = root[0]
    for depth in range(60):
        holder = etree.SubElement(holder, BPMN + "subProcess", id=f"s{depth}", name="Bên trong")

    add_diagram(root)

    shapes = {shape.get("bpmnElement"): shape.get("isExpanded") for shape in root.iter(DI + "BPMNShape")}
    assert shapes["s0"] == "true"
    assert "s30" not in shapes
