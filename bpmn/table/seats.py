"""Lanes of a document while a table is merged into it: each changed step lies in its performer's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from bpmn.dialect.words import bpmn_tag
from bpmn.document.names import reference
from bpmn.table.emit import add, lane_name
from bpmn.table.flows import Flows
from bpmn.table.graph import Graph, LaneKey
from bpmn.table.identifiers import slug


@dataclass
class Seats:
    """`before` gives the performer of each node that stays, `after` that of each node of the new table."""

    flows: Flows
    before: Mapping[str, LaneKey]
    after: Mapping[str, LaneKey]
    lane: dict[str, etree._Element] = field(default_factory=dict)  # of each node: the innermost that lists it
    of: dict[LaneKey, etree._Element] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)


def seat(flows: Flows, before: Mapping[str, LaneKey], after: Mapping[str, LaneKey], *, drawn: bool) -> set[str]:
    """Put new nodes, and those whose performer changed, into their lanes; return the nodes that moved.

    Documents without lanes stay so, unless nobody has drawn them (`drawn` is false).
    """
    seats = Seats(flows, before, after)
    lanes = [lane for lane in flows.process.iter(bpmn_tag("lane")) if lane.find(bpmn_tag("childLaneSet")) is None]
    if not lanes and drawn:
        return set()
    for lane in lanes:
        for listed in lane.iterchildren(bpmn_tag("flowNodeRef")):
            seats.lane.setdefault(reference(listed.text) or "", lane)
    for lane in lanes:
        follow(seats, lane)
    for node, key in before.items():
        if node in seats.lane and after.get(node) == key:
            seats.of.setdefault(key, seats.lane[node])
    for node, key in after.items():
        if node not in before or before[node] != key or (not lanes and node in flows.nodes):
            sit(seats, node, key)
    if not drawn:
        clear(seats, lanes)
    return seats.moved


def follow(seats: Seats, lane: etree._Element) -> None:
    """Rename a lane when all of its steps have got the same new performer, who has no lane yet."""
    mine = [node for node, its_lane in seats.lane.items() if its_lane is lane and node in seats.before]
    old = {seats.before[node] for node in mine}
    new = {seats.after[node] for node in mine if node in seats.after}
    if len(old) != 1 or len(new) != 1 or old == new:
        return
    key, was = next(iter(new)), next(iter(old))
    elsewhere = [node for node, other in seats.before.items() if seats.lane.get(node) is not lane]
    taken = {seats.before[node] for node in elsewhere} | {lane_name(key, ())}
    named = lane.get("name") in (was[0], lane_name(was, (was, (was[0], ""))))
    if named and key not in taken and lane_called(seats, key[0]) is None:
        lane.set("name", lane_name(key, set(seats.after.values())))
        seats.of[key] = lane


def lane_called(seats: Seats, name: str) -> etree._Element | None:
    return next((lane for lane in lanes_in(seats) if lane.get("name") == name), None)


def lanes_in(seats: Seats) -> Iterable[etree._Element]:
    lanes = seats.flows.process.iter(bpmn_tag("lane"))
    return (lane for lane in lanes if lane.find(bpmn_tag("childLaneSet")) is None)


def sit(seats: Seats, node: str, key: LaneKey) -> None:
    wanted = seats.of.get(key)
    if wanted is None:
        name = lane_name(key, set(seats.after.values()))
        wanted = lane_called(seats, name)
        seats.of[key] = wanted = new_lane(seats, key, name) if wanted is None else wanted
    now = seats.lane.get(node)
    if now is wanted:
        return
    if now is not None:
        seats.moved.add(node)
        unlist(seats.flows.process, node)
    etree.SubElement(wanted, bpmn_tag("flowNodeRef")).text = node
    seats.lane[node] = wanted
    for guest, element in seats.flows.nodes.items():
        if element.get("attachedToRef") == node and guest in seats.lane and guest not in seats.after:
            sit_with(seats, guest, wanted)


def sit_with(seats: Seats, guest: str, lane: etree._Element) -> None:
    """A boundary event that the table does not show goes where its host goes."""
    unlist(seats.flows.process, guest)
    etree.SubElement(lane, bpmn_tag("flowNodeRef")).text = guest
    seats.lane[guest] = lane
    seats.moved.add(guest)


def unlist(process: etree._Element, node: str) -> None:
    for listed in [found for found in process.iter(bpmn_tag("flowNodeRef")) if reference(found.text) == node]:
        parent = listed.getparent()
        if parent is not None:
            parent.remove(listed)


def new_lane(seats: Seats, key: LaneKey, name: str) -> etree._Element:
    flows = seats.flows
    lanes = flows.process.find(bpmn_tag("laneSet"))
    if lanes is None:
        lanes = add(flows.process, "laneSet", flows.ids.new("lanes_1"))
        head = (bpmn_tag("documentation"), bpmn_tag("extensionElements"))
        flows.process.insert(sum(1 for child in flows.process if child.tag in head), lanes)
    return add(lanes, "lane", flows.ids.new(f"lane_{slug(key[0]) or 'x'}"), name)


def clear(seats: Seats, lanes: Iterable[etree._Element]) -> None:
    """Take out lanes that the table emptied and that say nothing else."""
    for lane in lanes:
        parent = lane.getparent()
        if not len(lane) and set(lane.attrib) <= {"id", "name"} and parent is not None:
            seats.flows.removed.add(lane.get("id", ""))
            parent.remove(lane)


def keys_by_node(graph: Graph, element: Mapping[str, str]) -> dict[str, LaneKey]:
    """The performer of each placed spot of a graph."""
    return {element[spot]: key for spot, key in graph.lane_of.items() if spot in element}
