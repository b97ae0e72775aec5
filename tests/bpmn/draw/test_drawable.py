"""A document is shown whole, and what somebody placed stays where it is."""

from lxml import etree

from bpmn.convert import table_to_bpmn
from bpmn.draw import drawable
from bpmn.fiveclear import FiveClear, Step

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
TABLE = FiveClear(title="Trả lời đơn", steps=(Step("1", "Nhận đơn"), Step("2", "Ký trả lời")))


def places(root: etree._Element) -> dict[str, bytes]:
    return {
        shape.get("bpmnElement", ""): etree.tostring(shape) for shape in root.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge")
    }


def test_what_has_no_place_gets_one_in_a_copy() -> None:
    whole = etree.fromstring(table_to_bpmn(TABLE))
    partly, bare = etree.fromstring(table_to_bpmn(TABLE)), etree.fromstring(table_to_bpmn(TABLE))
    lost = next(shape for shape in partly.iter(f"{DI}BPMNShape") if shape.get("bpmnElement") == "step_2")
    lost.getparent().remove(lost)
    for diagram in [*bare.iter(f"{DI}BPMNDiagram")]:
        bare.remove(diagram)

    assert drawable(whole) is whole
    assert places(drawable(bare)).keys() == places(whole).keys()
    assert not places(bare)
    again = places(drawable(partly))
    assert again.keys() == places(whole).keys()
    assert again["step_1"] == places(partly)["step_1"]
