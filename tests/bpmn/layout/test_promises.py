"""What the layout promises, on random structured procedures."""

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from lxml import etree

from bpmn.layout import add_diagram
from tests.bpmn.layout.drawn import BPMN, along, drawn, meet, nodes_of, own, through
from tests.bpmn.layout.procedures import procedures

SETTINGS = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@SETTINGS
@given(procedures())
def test_no_node_lies_over_another(root: etree._Element) -> None:
    add_diagram(root)

    nodes, found = nodes_of(root), drawn(root)
    boxes = [(name, found.boxes[name]) for name in nodes]
    for index, (name, box) in enumerate(boxes):
        for other, its_box in boxes[:index]:
            attached = name in own(nodes, other) or other in own(nodes, name)
            assert attached or not meet(box, its_box), (name, other)


@SETTINGS
@given(procedures())
def test_no_edge_runs_through_a_node_that_is_not_its_end(root: etree._Element) -> None:
    add_diagram(root)

    nodes, found = nodes_of(root), drawn(root)
    for edge in (*root.iterfind(f"{BPMN}process/{BPMN}sequenceFlow"), *root.iter(BPMN + "messageFlow")):
        ends = own(nodes, edge.get("sourceRef", "")) | own(nodes, edge.get("targetRef", ""))
        way = found.ways[edge.get("id", "")]
        for name in nodes.keys() - ends:
            guest = nodes[name].get("attachedToRef") in ends
            assert guest or not through(way, found.boxes[name]), (edge.attrib, name)


@SETTINGS
@given(procedures())
def test_edges_run_over_each_other_only_where_they_share_an_end(root: etree._Element) -> None:
    add_diagram(root)

    found = drawn(root)
    edges = [*root.iterfind(f"{BPMN}process/{BPMN}sequenceFlow"), *root.iter(BPMN + "messageFlow")]
    for index, edge in enumerate(edges):
        for other in edges[:index]:
            ends = {edge.get("sourceRef"), edge.get("targetRef")} & {other.get("sourceRef"), other.get("targetRef")}
            shared = along(found.ways[edge.get("id", "")], found.ways[other.get("id", "")])
            assert ends or not shared, (edge.attrib, other.attrib)


@SETTINGS
@given(procedures())
def test_edges_touch_the_border_of_their_ends(root: etree._Element) -> None:
    add_diagram(root)

    found = drawn(root)
    for edge in root.iter(BPMN + "sequenceFlow", BPMN + "messageFlow"):
        way = found.ways[edge.get("id", "")]
        for (x, y), end in ((way[0], edge.get("sourceRef", "")), (way[-1], edge.get("targetRef", ""))):
            left, top, right, bottom = found.boxes[end]
            assert left - 0.3 <= x <= right + 0.3, (edge.attrib, end)
            assert top - 0.3 <= y <= bottom + 0.3, (edge.attrib, end)
        assert not through(way[1:-1], found.boxes[edge.get("sourceRef", "")])
        assert not through(way[1:-1], found.boxes[edge.get("targetRef", "")])


@SETTINGS
@given(procedures())
def test_nodes_lie_in_their_lane_and_lanes_tile_their_pool(root: etree._Element) -> None:
    add_diagram(root)

    found = drawn(root)
    nodes = nodes_of(root)
    lanes = [found.boxes[lane.get("id", "")] for lane in root.iter(BPMN + "lane")]
    for lane in root.iter(BPMN + "lane"):
        left, top, right, bottom = found.boxes[lane.get("id", "")]
        for reference in lane.iter(BPMN + "flowNodeRef"):
            box = found.boxes[reference.text or ""]
            if "attachedToRef" not in nodes[reference.text or ""].attrib:
                assert left <= box[0], lane.attrib
                assert top <= box[1] and box[2] <= right and box[3] <= bottom, reference.text
    for upper, lower in pairwise(lanes):
        assert abs(upper[3] - lower[1]) < 0.25
        assert (upper[0], upper[2]) == (lower[0], lower[2])
    if lanes and "office" in found.boxes:
        pool = found.boxes["office"]
        assert abs(lanes[0][1] - pool[1]) < 0.25 and abs(lanes[-1][3] - pool[3]) < 0.25
        assert lanes[0][2] == pool[2]


@SETTINGS
@given(procedures())
def test_labels_lie_over_no_node_and_no_other_label(root: etree._Element) -> None:
    add_diagram(root)

    nodes, found = nodes_of(root), drawn(root)
    named = [element for element in root.iter() if element.get("name") and element.get("id") in found.ways]
    assert {element.get("id") for element in named} <= found.labels.keys()
    labels = list(found.labels.items())
    for index, (owner, label) in enumerate(labels):
        for name in nodes:
            assert not meet(label, found.boxes[name]), (owner, name)
        for other, its_label in labels[:index]:
            assert not meet(label, its_label), (owner, other)


@SETTINGS
@given(procedures())
def test_the_same_document_gives_the_same_diagram(root: etree._Element) -> None:
    add_diagram(root)
    once = etree.tostring(root)

    add_diagram(root)

    assert etree.tostring(root) == once


@SETTINGS
@given(procedures())
def test_what_a_sub_process_holds_lies_inside_it(root: etree._Element) -> None:
    add_diagram(root)

    found = drawn(root)
    for part in root.iter(BPMN + "subProcess"):
        left, top, right, bottom = found.boxes[part.get("id", "")]
        inner = [found.boxes[task.get("id", "")] for task in part.iter(BPMN + "userTask")]
        assert all(left < b[0] and top < b[1] and b[2] < right and b[3] < bottom for b in inner)
        assert all(not meet(one, other) for index, one in enumerate(inner) for other in inner[:index])
