"""The graph of a table as BPMN 2.0 XML, child elements in the order of the BPMN schema."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from lxml import etree

from bpmn.dialect import NAMESPACE, PREFIX, write_branch, write_head, write_step
from bpmn.dialect.steps import write_duration
from bpmn.dialect.values import write_extension
from bpmn.dialect.words import BPMN, bpmn_tag
from bpmn.fiveclear import Branch, Duration, FiveClear, Step, TimeUnit
from bpmn.table.graph import Graph, LaneKey, Spot, Way
from bpmn.table.identifiers import slug
from bpmn.table.ways import graph_of

XSI = "http://www.w3.org/2001/XMLSchema-instance"
NAMESPACES = {
    "bpmn": BPMN,
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "xsi": XSI,
    PREFIX: NAMESPACE,
}
CITIZEN = "Công dân, tổ chức"
RESULT = "Kết quả"
MESSAGES = {"wait_citizen": "Hồ sơ bổ sung", "wait_unit": "Văn bản bổ sung của đơn vị"}


def definitions_of(table: FiveClear) -> etree._Element:
    """The bpmn:definitions of a table, without a diagram."""
    graph = graph_of(table)
    root = etree.Element(bpmn_tag("definitions"), nsmap=NAMESPACES)
    root.set("id", graph.ids.new("definitions_1"))
    root.set("targetNamespace", NAMESPACE)
    root.set("exporter", "Năm Rõ")
    messages = add_messages(root, graph)
    add_collaboration(root, graph)
    process = add(root, "process", graph.process)
    process.set("isExecutable", "true")
    write_head(process, table)
    add_lanes(process, graph)
    for spot in graph.spots.values():
        add_spot(process, graph, spot, messages)
    for way in graph.ways:
        add_way(process, way)
    return root


def add(parent: etree._Element, kind: str, wanted: str, name: str = "") -> etree._Element:
    element = etree.SubElement(parent, bpmn_tag(kind))
    element.set("id", wanted)
    if name:
        element.set("name", name)
    return element


def add_messages(root: etree._Element, graph: Graph) -> dict[str, str]:
    """The messages that waits wait for: by ending."""
    wanted = sorted({spot.goto for spot in graph.spots.values() if spot.tag == "receiveTask" and spot.goto})
    messages = {goto: graph.ids.new(f"message_{goto}") for goto in wanted}
    for goto, message in messages.items():
        add(root, "message", message, MESSAGES[goto])
    return messages


def add_collaboration(root: etree._Element, graph: Graph) -> None:
    """The unit's pool; for a procedure of citizens also their black box with the message flows."""
    collaboration = add(root, "collaboration", graph.ids.new("collaboration_1"))
    unit = add(collaboration, "participant", graph.ids.new("participant_unit"))
    unit.set("name", graph.table.unit_name or graph.table.title)
    unit.set("processRef", graph.process)
    if graph.table.kind != "tthc":
        return
    citizen = add(collaboration, "participant", graph.ids.new("participant_citizen"), CITIZEN).get("id", "")
    spots = list(graph.spots)
    flows = [(citizen, spots[0], "Hồ sơ")]
    flows += [(citizen, spot.id, MESSAGES["wait_citizen"]) for spot in graph.spots.values() if spot.goto == WAITING]
    if graph.runs:
        flows.append((graph.runs[-1].steps[-1].id or "", citizen, RESULT))
    for source, target, name in flows:
        flow = add(collaboration, "messageFlow", graph.ids.new(f"message_flow_{source}_{target}"), name)
        flow.set("sourceRef", source)
        flow.set("targetRef", target)


WAITING = "wait_citizen"


def add_lanes(process: etree._Element, graph: Graph) -> None:
    """A lane for each position of a unit, in the order in which they first act."""
    members: dict[LaneKey, list[str]] = {}
    for spot in graph.spots:
        if spot in graph.lane_of:
            members.setdefault(graph.lane_of[spot], []).append(spot)
    if not members:
        return
    lane_set = add(process, "laneSet", graph.ids.new("lanes_1"))
    for key, spots in members.items():
        lane = add(lane_set, "lane", graph.ids.new(f"lane_{slug(key[0]) or 'x'}"))
        lane.set("name", lane_name(key, members))
        for spot in spots:
            etree.SubElement(lane, bpmn_tag("flowNodeRef")).text = spot


def lane_name(key: LaneKey, lanes: Iterable[LaneKey]) -> str:
    """The position, with its unit where two units have the same position."""
    position, unit = key
    shared = sum(1 for other, _ in lanes if other == position) > 1
    return f"{position} - {unit}" if shared and unit else position


def add_spot(process: etree._Element, graph: Graph, spot: Spot, messages: dict[str, str]) -> None:
    element = add(process, spot.tag, spot.id, spot.name)
    write_spot(element, spot, clock_at(graph, spot), messages)
    add_ends_of_ways(element, graph, spot)
    finish_spot(element, spot)


def write_spot(element: etree._Element, spot: Spot, clock: str | None, messages: Mapping[str, str]) -> None:
    """Write what stands before the ends of the flows: words, and what a wait or call refers to."""
    if spot.tag == "userTask" and spot.step is not None:
        write_step(element, spot.step)
    if spot.tag == "receiveTask" and spot.goto is not None:
        element.set("messageRef", messages[spot.goto])
    if spot.tag == "callActivity" and spot.called is not None:
        element.set("calledElement", spot.called)
    if spot.tag in ("receiveTask", "callActivity"):
        write_mark(element, spot, clock)


def finish_spot(element: etree._Element, spot: Spot) -> None:
    """Write what stands behind the ends of the flows: timers and loops."""
    if spot.attached_to is not None and spot.step is not None:
        add_timer(element, spot)
    if spot.tag == "userTask" and spot.step is not None:
        add_loop(element, spot.step)


def clock_at(graph: Graph, spot: Spot) -> str | None:
    """What the clock does while a case is at a wait or call: what its branch says."""
    return next((way.branch.clock for way in graph.coming[spot.id] if way.branch), None)


def write_mark(element: etree._Element, spot: Spot, clock: str | None) -> None:
    """Say what a wait or call stands for in the table, and what the clock does meanwhile."""
    mark = write_extension(element, "wait" if spot.tag == "receiveTask" else "call")
    mark.set("goto", spot.goto or "")
    mark.set("at", spot.at or "")
    if clock is not None:
        mark.set("clock", clock)


def add_ends_of_ways(element: etree._Element, graph: Graph, spot: Spot) -> None:
    for way in graph.coming[spot.id]:
        etree.SubElement(element, bpmn_tag("incoming")).text = way.id
    for way in graph.going[spot.id]:
        etree.SubElement(element, bpmn_tag("outgoing")).text = way.id
        if way.default:
            element.set("default", way.id)


def add_timer(element: etree._Element, spot: Spot) -> None:
    """An interrupting timer with the step's own time."""
    element.set("attachedToRef", spot.attached_to or "")
    element.set("cancelActivity", "true")
    timer = add(element, "timerEventDefinition", f"timer_{spot.id}")
    duration = spot.step.duration if spot.step else None
    if duration is not None:
        write_time(timer, duration)


def write_time(timer: etree._Element, duration: Duration) -> None:
    """Write a time as a five-clear value, calendar days in ISO 8601 too, for other tools."""
    write_duration(write_extension(timer, "time"), Duration(duration.text, duration.unit, duration.value))
    if duration.unit is TimeUnit.CALENDAR_DAY:
        expression(timer, "timeDuration", iso_days(duration.value))


def iso_days(days: Fraction) -> str:
    """Calendar days in ISO 8601; a part of a day in hours and minutes."""
    whole, rest = divmod(days, 1)
    hours, part = divmod(rest * 24, 1)
    minutes = round(part * 60)
    date = f"{int(whole)}D" if whole else ""
    time = (f"{int(hours)}H" if hours else "") + (f"{minutes}M" if minutes else "")
    return f"P{date}T{time}" if time else f"P{date or '0D'}"


def expression(parent: etree._Element, kind: str, text: str) -> None:
    element = etree.SubElement(parent, bpmn_tag(kind))
    prefix = next((known for known, space in parent.nsmap.items() if space == BPMN), None)
    element.set(f"{{{XSI}}}type", f"{prefix}:tFormalExpression" if prefix else "tFormalExpression")
    element.text = text


def add_loop(element: etree._Element, step: Step) -> None:
    """A multi-instance step runs once until somebody says how often: the table names only over what."""
    if step.multi_instance is None:
        return
    loop = etree.SubElement(element, bpmn_tag("multiInstanceLoopCharacteristics"))
    loop.set("isSequential", "true" if step.multi_instance.get("mode") == "sequential" else "false")
    expression(loop, "loopCardinality", "1")


def add_way(process: etree._Element, way: Way) -> None:
    flow = add(process, "sequenceFlow", way.id)
    flow.set("sourceRef", way.source)
    flow.set("targetRef", way.target)
    if way.branch is None:
        return
    flow.set("name", way.branch.condition)
    write_branch(flow, way.branch, goto=way.goto)
    if way.tested is not None:
        expression(flow, "conditionExpression", outcome_test(way.tested, way.branch))


def outcome_test(element: str, branch: Branch) -> str:
    """The condition of a branch: the last outcome of its step is the branch's own text."""
    text = branch.condition.strip().replace("\\", "\\\\").replace('"', '\\"')
    text = text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return f'ket_qua("{element}") == "{text}"'
