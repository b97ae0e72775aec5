"""Turns the flow of a document into that of another table, changing only what has to change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from bpmn.dialect.words import bpmn_tag
from bpmn.errors import BpmnError
from bpmn.table.diagram import Arrow, elements_of, is_silence
from bpmn.table.embed import Embedding
from bpmn.table.emit import finish_spot, write_spot
from bpmn.table.flows import Flows
from bpmn.table.graph import Graph, Spot, Way


class Unmapped(BpmnError):  # noqa: N818  # it names what the spot is
    """A spot that is needed lies nowhere in the document."""

    code = "unmapped"


@dataclass
class Rewiring:
    """`old` is placed in the document; `spots` and `ways` say what of `new` was there before,
    `wanted` which ids new spots would like to have.

    `strict` builds every way as the graph has it and takes out all other flow; otherwise what did not change is left
    as it was drawn.  Filled by `rewire`: `element` and `line` of the new graph (node and flow ids).
    """

    flows: Flows
    old: Embedding
    new: Graph
    spots: Mapping[str, str]
    ways: Mapping[str, Way]
    messages: Mapping[str, str]
    strict: bool = False
    wanted: dict[str, str] = field(default_factory=dict)
    element: dict[str, str] = field(default_factory=dict)
    line: dict[str, list[str]] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    displaced: dict[str, tuple[str, str]] = field(default_factory=dict)
    absorbed: set[str] = field(default_factory=set)


def rewire(change: Rewiring) -> None:
    """Change nodes and flows. Raises `Unmapped` where the document lacks what a changed way needs."""
    aside = beside_steps(change.flows, set(change.old.element.values()))
    place_spots(change)
    for way in change.new.ways:
        lay(change, way)
    if not change.strict:
        bridge(change)
    remove_ways(change)
    remove_spots(change)
    if change.strict:
        remove_foreign(change, aside & change.flows.nodes.keys())
    change.flows.collect(set(change.element.values()))
    check_kept(change)
    for way in change.new.ways:
        set_default(change, way)


def check_kept(change: Rewiring) -> None:
    """Raise `Unmapped` where something that the table needs went with what was removed."""
    nodes = [node for node in change.element.values() if node not in change.flows.nodes]
    flows = [flow for line in change.line.values() for flow in line if flow not in change.flows.flows]
    if nodes or flows:
        raise Unmapped(nodes=nodes, flows=flows)


def place_spots(change: Rewiring) -> None:
    """Give every new spot its node: the one it had, else a new one."""
    for spot in change.new.spots.values():
        before = change.spots.get(spot.id)
        node = change.old.element.get(before) if before else None
        if change.strict and before in change.old.collapsed:
            node = None
        if node is not None:
            change.element[spot.id] = node
            if change.strict:
                change.flows.lift(change.flows.nodes[node])
        elif before is None or change.strict:
            add_spot(change, spot)


def add_spot(change: Rewiring, spot: Spot) -> None:
    host = change.element[spot.attached_to] if spot.attached_to else None
    wanted = change.wanted.get(spot.id, spot.id)
    element = change.flows.add_node(spot.tag, wanted, spot.name, host or neighbour(change, spot))
    write_spot(element, spot, None, change.messages)
    finish_spot(element, spot)
    found = element.get("id", "")
    if host is not None:
        element.set("attachedToRef", host)
        for timer in element.iterchildren(bpmn_tag("timerEventDefinition")):
            timer.set("id", change.flows.ids.new(f"timer_{found}"))
    change.element[spot.id] = found
    change.fresh.add(spot.id)


def neighbour(change: Rewiring, spot: Spot) -> str | None:
    """A node in whose container a new one belongs: its step's, else that of the row before or after."""
    if change.strict:
        return None
    if spot.at is not None:
        return change.element.get(change.new.step_ids[spot.at])
    rows = list(change.new.step_ids.values())
    beside = [spot.id, *related(change.new, spot)]
    at = next((rows.index(row) for row in beside if row in rows), len(rows))
    nearest = [*reversed(rows[:at]), *rows[at:]]
    return next((change.element[row] for row in nearest if row in change.element), None)


def related(graph: Graph, spot: Spot) -> list[str]:
    """The steps next to a gateway or end."""
    ends = [way.source for way in graph.coming[spot.id]] + [way.target for way in graph.going[spot.id]]
    known = {gateway: step for step, gateway in graph.gateways.items()}
    return [known.get(end, end) for end in ends]


def lay(change: Rewiring, way: Way) -> None:
    """Lead a way of the new graph along flows: its old ones, or a new one."""
    before = change.ways.get(way.id)
    line = change.old.line.get(before.id) if before else None
    if before is not None and unchanged(change, way, before) and (not change.strict or change.old.whole(before)):
        reuse(change, way, line or ())
        return
    if before is not None and line and not change.strict and elsewhere(change, way, before):
        reuse(change, way, line)
        return
    source = change.element.get(way.source)
    target = aim(change, way, before)
    if source is None or target is None:
        raise Unmapped(source=way.source, target=way.target)
    if before is None or line is None or line[0].id not in change.flows.flows:
        change.line[way.id] = [change.flows.connect(source, target)]
    else:
        if way.target in change.new.gateways.values():  # the gateway has to follow its task at once
            change.absorbed.add(before.id)
            line = line[:1]
        if way.target in change.fresh:
            change.displaced[way.target] = (before.target, line[-1].target)
        reuse(change, way, line)
        change.flows.lead(line[-1].id, target)
        change.flows.leave(line[0].id, source)
    replaced = change.displaced.get(way.source)
    if replaced is not None and way.target in change.fresh:
        change.displaced.setdefault(way.target, replaced)


def reuse(change: Rewiring, way: Way, line: Sequence[Arrow]) -> None:
    change.line[way.id] = [arrow.id for arrow in line]
    if change.strict:
        for arrow in line:
            change.flows.lift(arrow.element)
        for arrow in line[:-1]:
            change.flows.lift(change.flows.nodes[arrow.target])


def unchanged(change: Rewiring, way: Way, before: Way) -> bool:
    return change.spots.get(way.source) == before.source and change.spots.get(way.target) == before.target


def elsewhere(change: Rewiring, way: Way, before: Way) -> bool:
    """Whether the document never led to the old target this way, so that nothing changes when that is no more."""
    drawn = change.old.element.get(before.target)
    gone = before.target not in change.spots.values() and way.target not in change.fresh
    return gone and before.id in change.old.line and change.old.line[before.id][-1].target != drawn


def bridge(change: Rewiring) -> None:
    """Lead what still comes to a removed step, from beside the table, to where the step led."""
    for spot, node in change.old.element.items():
        if change.old.graph.spots[spot].tag != "userTask" or spot in change.spots.values():
            continue
        leave = change.old.graph.gateways.get(spot, spot)
        onward = next((way for way in change.old.graph.going[leave] if not way.branch), None)
        if onward is None or onward.id not in change.old.line:
            continue
        target = change.old.line[onward.id][0].target
        for flow in change.flows.coming(node):
            if change.flows.nodes[target].getparent() is change.flows.flows[flow].getparent():
                change.absorbed.add(onward.id)
                change.flows.lead(flow, target)


def aim(change: Rewiring, way: Way, before: Way | None) -> str | None:
    """The node at which a changed way ends: where the way that it replaces led to, else its target."""
    wanted = change.spots.get(way.target)
    if change.strict or wanted is None:
        return change.element.get(way.target)
    replaced = change.displaced.get(way.source)
    if before is not None and before.target not in change.spots.values():
        replaced = before.target, ""
    found = behind_removed(change, *replaced, wanted) if replaced else None
    return found or change.element.get(way.target)


def behind_removed(change: Rewiring, spot: str, node: str, wanted: str) -> str | None:
    """Where the normal way leads from a spot that is no more; events on its last stretch stay on it."""
    kept = set(change.spots.values())
    passed = None
    for _ in change.old.graph.ways:
        if spot == wanted:
            change.absorbed |= {passed} if passed else set()
            return node
        if spot in kept:
            return None
        ways = [way for way in change.old.graph.going[spot] if not way.branch]
        onward = next((way for way in ways if way.target == wanted), ways[0] if ways else None)
        line = change.old.line.get(onward.id) if onward else None
        if onward is None or line is None:
            return None
        passed, spot, node = onward.id, onward.target, line[0].target
    return None


def remove_ways(change: Rewiring) -> None:
    """Take out the flows of ways that are no more, with the events on them."""
    kept = {flow for line in change.line.values() for flow in line}
    for way, line in change.old.line.items():
        gone = line[:1] if way in change.absorbed else line
        for arrow in gone:
            if arrow.id in change.flows.flows and arrow.id not in kept:
                change.flows.drop_flow(arrow.id)
        for arrow in gone[:-1]:
            if not change.flows.coming(arrow.target):
                change.flows.drop_node(arrow.target)


def remove_spots(change: Rewiring) -> None:
    kept = set(change.element.values())
    for spot, node in change.old.element.items():
        if spot not in change.spots.values() and spot not in change.old.collapsed and node not in kept:
            change.flows.drop_node(node)


def remove_foreign(change: Rewiring, aside: set[str]) -> None:
    """Take out all flow that is no part of the graph, but for what starts at an event beside a step."""
    flows = change.flows
    kept = set(change.element.values())
    kept |= {flows.flows[flow].get("targetRef", "") for line in change.line.values() for flow in line}
    lines = {flow for line in change.line.values() for flow in line}
    for flow in list(flows.flows):
        element = flows.flows.get(flow)
        if element is not None and flow not in lines and element.get("sourceRef") not in aside:
            flows.drop_flow(flow)
    for node in [node for node in aside if not enclosed(flows, node, aside)]:
        flows.lift(flows.nodes[node])
        for flow in flows.going(node):
            flows.lift(flows.flows[flow])
    for node in list(flows.nodes):
        if node not in kept | aside:
            flows.drop_node(node)


def enclosed(flows: Flows, node: str, parts: set[str]) -> bool:
    """Whether a node lies in a sub-process that stays with all it holds."""
    return any(part.get("id") in parts for part in flows.nodes[node].iterancestors())


def beside_steps(flows: Flows, kept: set[str]) -> set[str]:
    """Boundary events that the table does not show, and what follows them alone."""
    found: set[str] = set()
    hosted = [node for node, element in flows.nodes.items() if element.get("attachedToRef") in kept]
    waiting = [node for node in hosted if not is_silence(flows.nodes[node])]
    waiting += [node for node in flows.nodes if not flows.coming(node) and not flows.going(node)]
    while waiting:
        node = waiting.pop()
        element = flows.nodes[node]
        if node in kept or node in found or any(is_work(inner) for inner in element.iter("*")):
            continue
        found |= {node, *(inner.get("id", "") for inner in elements_of(element))}
        waiting += [flows.flows[flow].get("targetRef", "") for flow in flows.going(node)]
    return found


def is_work(element: etree._Element) -> bool:
    tag = str(etree.QName(element).localname)
    return tag == "task" or tag.endswith("Task") or tag == "callActivity"


def set_default(change: Rewiring, way: Way) -> None:
    """Name the normal way of a gateway whose ways were changed."""
    source, line = change.element.get(way.source), change.line[way.id]
    if not way.default or source is None or not line or source not in change.flows.touched:
        return
    if change.flows.nodes[source].tag == bpmn_tag("eventBasedGateway"):  # takes what happens first, by the schema
        return
    flow = change.flows.flows[line[0]]
    if flow.find(bpmn_tag("conditionExpression")) is None and flow.get("sourceRef") == source:
        change.flows.nodes[source].set("default", line[0])
