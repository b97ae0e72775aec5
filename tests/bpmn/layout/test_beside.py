"""Where what an edit adds finds its place when everything near is taken: names, and events on a border."""

from lxml import etree

from bpmn.layout import place_missing
from tests.bpmn.layout.drawn import BPMN, DC, DI, Drawn, drawn, meet

TIMED = "Quá 05 ngày làm việc mà đơn vị phối hợp không có ý kiến thì coi như đồng ý"


def crowded(*, gap: int = 40, nearer: int = 0) -> etree._Element:
    """A step with a timer that has no place yet, in the middle of a wall of steps.

    Below its row the gap is `nearer` smaller than the others.
    """
    root = etree.Element(BPMN + "definitions")
    process = etree.SubElement(root, BPMN + "process", id="p")
    plane = etree.SubElement(etree.SubElement(root, DI + "BPMNDiagram"), DI + "BPMNPlane", bpmnElement="p")
    for row in range(5):
        for column in range(5):
            name = f"step_{row}_{column}"
            etree.SubElement(process, BPMN + "task", id=name)
            shape = etree.SubElement(plane, DI + "BPMNShape", bpmnElement=name)
            y = row * (80 + gap) - nearer * (row > 2)
            at = {"x": str(column * (100 + gap)), "y": str(y), "width": "100", "height": "80"}
            etree.SubElement(shape, DC + "Bounds", at)
    etree.SubElement(process, BPMN + "boundaryEvent", id="silence", attachedToRef="step_2_2", name=TIMED)
    flow = {"sourceRef": "silence", "targetRef": "step_2_4", "name": TIMED}
    etree.SubElement(process, BPMN + "sequenceFlow", id="flow", **flow)
    return root


def placed(root: etree._Element) -> Drawn:
    before = drawn(root).boxes
    place_missing(root)
    found = drawn(root)
    assert {name: found.boxes[name] for name in before} == before
    return found


def test_a_name_without_room_beside_its_event_stands_further_away() -> None:
    found = placed(crowded())

    assert found.labels.keys() == {"silence", "flow"}
    for label in found.labels.values():
        assert not any(meet(label, box) for box in found.boxes.values())
    assert not meet(*found.labels.values())


def test_a_name_stands_as_near_as_there_is_room() -> None:
    found = placed(crowded(gap=160))

    event, label = found.boxes["silence"], found.labels["silence"]
    assert 0 < label[1] - event[3] < 10
    assert label[0] < event[0] < event[2] < label[2]


def test_an_event_sits_on_the_side_of_its_step_where_nothing_lies_near() -> None:
    found = placed(crowded(nearer=30))

    event, host = found.boxes["silence"], found.boxes["step_2_2"]
    assert event[1] < host[1] < event[3]
    assert not any(meet(event, box) for name, box in found.boxes.items() if name not in ("silence", "step_2_2"))
    assert found.ways["flow"][0] == ((event[0] + event[2]) / 2, event[1])
