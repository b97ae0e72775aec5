"""A table is edited after somebody moved its diagram about: what was placed stays, what is new finds its place."""

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from bpmn.convert import bpmn_to_table, merge_table, table_to_bpmn
from bpmn.fiveclear import FiveClear
from bpmn.layout import is_drawn
from tests.bpmn.layout.drawn import BPMN, DC, WAY, Drawn, drawn, meet
from tests.bpmn.layout.hands import crossed, flows_in, lane_of, move, moves, nodes_in
from tests.bpmn.table.merging import opened
from tests.bpmn.table.tables import edits, tables
from tests.factories import LEAVE

SETTINGS = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


Change = tuple[etree._Element, etree._Element]


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """A diagram that was moved by hand, and the same after an edit of its table."""
    document = opened(table_to_bpmn(draw(tables())))
    draw(moves(document.root))
    table: FiveClear = draw(edits(bpmn_to_table(document)))
    return document.root, etree.fromstring(merge_table(document, table))


def kept_nodes(change: Change) -> set[str]:
    """The nodes of both documents that lie in the same lane in both."""
    before, after = change
    here, there = lane_of(before), lane_of(after)
    return {name for name in nodes_in(before).keys() & nodes_in(after).keys() if here.get(name) == there.get(name)}


def own_ends(root: etree._Element, flow: str) -> set[str]:
    nodes = nodes_in(root)
    ends = set(flows_in(root)[flow])
    return ends | {nodes[end].get("attachedToRef", end) for end in ends & nodes.keys()}


@SETTINGS
@given(changes())
def test_what_was_placed_by_hand_stays_where_it_is(change: Change) -> None:
    before, after = change
    if not is_drawn(before):
        return

    old, new = drawn(before), drawn(after)
    kept = kept_nodes(change)
    assert {name: new.boxes[name] for name in kept} == {name: old.boxes[name] for name in kept}
    here, there = flows_in(before), flows_in(after)
    for flow in here.keys() & there.keys():
        if (
            here[flow] == there[flow]
            and set(here[flow]) - {"pool_citizen"} <= kept | new.boxes.keys() - nodes_in(after).keys()
        ):
            assert new.ways[flow] == old.ways[flow], flow


@SETTINGS
@given(changes())
def test_everything_is_drawn_once_and_nothing_that_is_no_more(change: Change) -> None:
    _, after = change

    found = drawn(after)
    wanted = nodes_in(after).keys() | {lane.get("id", "") for lane in after.iter(BPMN + "lane")}
    wanted |= {pool.get("id", "") for pool in after.iter(BPMN + "participant")}
    assert found.boxes.keys() == wanted
    assert found.ways.keys() == flows_in(after).keys()


@SETTINGS
@given(changes())
def test_no_two_nodes_overlap(change: Change) -> None:
    _, after = change

    nodes, found = nodes_in(after), drawn(after)
    for one, other in combinations(nodes, 2):
        if nodes[one].get("attachedToRef") != other and nodes[other].get("attachedToRef") != one:
            assert not meet(found.boxes[one], found.boxes[other]), (one, other)


@SETTINGS
@given(changes())
def test_nodes_lie_in_their_lane_and_lanes_tile_the_pool(change: Change) -> None:
    _, after = change

    found, nodes = drawn(after), nodes_in(after)
    for name, lane in lane_of(after).items():
        if nodes[name].get("attachedToRef") is None:
            box, room = found.boxes[name], found.boxes[lane]
            assert room[0] <= box[0] and room[1] <= box[1] and box[2] <= room[2] and box[3] <= room[3], name
    lanes = sorted(found.boxes[lane.get("id", "")] for lane in after.iter(BPMN + "lane"))
    lanes.sort(key=lambda box: box[1])
    for upper, lower in pairwise(lanes):
        assert abs(upper[3] - lower[1]) < 0.25
        assert (upper[0], upper[2]) == (lower[0], lower[2])
    pools = [found.boxes[pool.get("id", "")] for pool in after.iter(BPMN + "participant")]
    assert not any(meet(one, other) for one, other in combinations(pools, 2))


@SETTINGS
@given(changes())
def test_new_edges_run_through_no_node(change: Change) -> None:
    before, after = change

    nodes, found, old = nodes_in(after), drawn(after), drawn(before)
    for flow, way in found.ways.items():
        if old.ways.get(flow) != way:
            for name in nodes.keys() - own_ends(after, flow):
                assert not crossed(way, found.boxes[name]), (flow, name)


@SETTINGS
@given(changes())
def test_new_names_lie_on_no_node(change: Change) -> None:
    before, after = change

    nodes, found = nodes_in(after), drawn(after)
    for owner, label in found.labels.items():
        if owner not in labels_of(before):
            assert not any(meet(label, found.boxes[name]) for name in nodes), owner


@pytest.mark.full
@settings(SETTINGS, max_examples=1500)
@given(changes())
def test_many_edits_keep_every_promise(change: Change) -> None:
    for promise in PROMISES:
        promise(change)


PROMISES = [
    check.hypothesis.inner_test
    for check in (
        test_what_was_placed_by_hand_stays_where_it_is,
        test_everything_is_drawn_once_and_nothing_that_is_no_more,
        test_no_two_nodes_overlap,
        test_nodes_lie_in_their_lane_and_lanes_tile_the_pool,
        test_new_edges_run_through_no_node,
        test_new_names_lie_on_no_node,
    )
]


def labels_of(root: etree._Element) -> set[str]:
    found: Drawn = drawn(root)
    return set(found.labels)


def test_a_diagram_that_a_tool_has_rounded_is_not_drawn_by_hand() -> None:
    root = etree.fromstring(table_to_bpmn(LEAVE))
    for place in root.iter(DC + "Bounds", WAY):
        place.attrib.update({key: str(round(float(value))) for key, value in place.attrib.items()})

    rounded = is_drawn(root)
    move(root, "step_2", (0.0, 3.0))

    assert (rounded, is_drawn(root)) == (False, True)


def test_what_nobody_has_drawn_is_laid_out_anew() -> None:
    document = opened(table_to_bpmn(LEAVE))
    table = bpmn_to_table(document)
    longer = replace(table, steps=(*table.steps, replace(table.steps[0], step_no="4", id=None, name="Lưu hồ sơ")))

    found = etree.fromstring(merge_table(document, longer))

    assert not is_drawn(found)
