"""A BPMN document as a five-clear table: the projection, back from `bpmn.table.emit`.

The diagram is the only source: names, ways, order. What it does not say stands in the dialect's words. A document that
knows nothing of the dialect gives a table too: tasks are steps, lanes performers, gateways' ways branches.
"""

from dataclasses import dataclass, replace

from lxml import etree

from bpmn.dialect import read_branch, read_head, read_rules, read_step, written_goto
from bpmn.dialect.steps import read_documentation
from bpmn.dialect.values import extension
from bpmn.dialect.words import bpmn_tag
from bpmn.fiveclear import Branch, FiveClear, Performer, Step
from bpmn.table.diagram import BRANCHING, Arrow, Diagram, diagram_of, flow_order
from bpmn.table.identifiers import slug

MAX_HOPS = 1000


@dataclass(frozen=True, slots=True)
class Projection:
    """A table with what it was read from. `ways`: the flow of each branch that has one, in the order of the table."""

    table: FiveClear
    diagram: Diagram
    steps: dict[str, Step]
    ways: tuple[tuple[Arrow, Branch], ...]


def project(root: etree._Element) -> FiveClear:
    """The table of the first process with a procedure, else of the first with nodes."""
    found = projection(root)
    return FiveClear(title=root.get("name", ""), steps=()) if found is None else found.table


def projection(root: etree._Element) -> Projection | None:
    """The table of a document with the elements that it stands for; None where there is no process."""
    diagrams = [diagram_of(process) for process in root.iterchildren(bpmn_tag("process"))]
    ranked = sorted(diagrams, key=lambda diagram: (extension(diagram.process, "procedure") is None, not diagram.nodes))
    if not ranked:
        return None
    diagram = ranked[0]
    steps = steps_of(diagram)
    ways = branches_of(diagram, steps)
    branches = [branch for _, branch in ways]
    for order, rule in read_rules(diagram.process):
        branches.insert(len(branches) if order is None else order, rule)
    head = read_head(diagram.process) or foreign_head(diagram.process, root)
    table = replace(head, steps=tuple(steps.values()), branches=tuple(branches))
    return Projection(table, diagram, steps, tuple(ways))


def foreign_head(process: etree._Element, root: etree._Element) -> FiveClear:
    participants = root.iterfind(f"{bpmn_tag('collaboration')}/{bpmn_tag('participant')}")
    pool = next((found.get("name") for found in participants if found.get("processRef") == process.get("id")), None)
    return FiveClear(title=process.get("name") or pool or process.get("id") or "", steps=(), unit_name=pool)


def steps_of(diagram: Diagram) -> dict[str, Step]:
    """The steps by element id, in the order of the table; each with a number of its own."""
    steps: dict[str, Step] = {}
    taken: set[str] = set()
    for node in flow_order(diagram):
        if not diagram.is_step(node) or inside_step(diagram, node):
            continue
        step = read_step(diagram.nodes[node]) or foreign_step(diagram, node)
        before = next(reversed(steps.values())).step_no if steps else None
        number = numbered(step.step_no, taken, before=before)
        taken.add(number)
        steps[node] = replace(step, step_no=number)
    return steps


def inside_step(diagram: Diagram, node: str) -> bool:
    """Whether a node lies in a sub-process that is a step as a whole."""
    ancestors = diagram.nodes[node].iterancestors(bpmn_tag("subProcess"))
    return any(extension(ancestor, "step") is not None for ancestor in ancestors)


def numbered(wanted: str, taken: set[str], *, before: str | None) -> str:
    """The number of a step: its own while it is free, else the next whole number, or one below the step before."""
    if wanted and wanted not in taken:
        return wanted
    if before is None:
        return "1"
    following = str(int(before) + 1) if before.isascii() and before.isdigit() else f"{before}.1"
    if wanted or following in taken:
        return next(f"{before}.{at}" for at in range(1, len(taken) + 2) if f"{before}.{at}" not in taken)
    return following


def foreign_step(diagram: Diagram, node: str) -> Step:
    """A task of a document that does not know the dialect."""
    element = diagram.nodes[node]
    lane = next((lane for lane in diagram.process.iter(bpmn_tag("lane")) if lists(lane, node)), None)
    split = next((arrow.source for arrow in diagram.coming.get(node, []) if is_split(diagram, arrow.source)), None)
    gateway = next((arrow.target for arrow in diagram.going.get(node, []) if decides(diagram, arrow.target)), None)
    return Step(
        step_no="",
        name=element.get("name", ""),
        id=node,
        performer=Performer(lane.get("name") or lane.get("id") or "") if lane is not None else None,
        type="decision" if gateway else "external" if diagram.kind(node) == "callActivity" else None,
        parallel_group=split,
        description=read_documentation(element),
    )


def lists(lane: etree._Element, node: str) -> bool:
    """Whether a lane itself, not one inside it, lists a node."""
    return any((reference.text or "").strip() == node for reference in lane.iterchildren(bpmn_tag("flowNodeRef"))) and (
        lane.find(bpmn_tag("childLaneSet")) is None
    )


def is_split(diagram: Diagram, node: str) -> bool:
    return diagram.kind(node) == "parallelGateway" and len(diagram.going.get(node, [])) > 1


def decides(diagram: Diagram, node: str) -> bool:
    return diagram.kind(node) in BRANCHING and len(diagram.going.get(node, [])) > 1


def branches_of(diagram: Diagram, steps: dict[str, Step]) -> list[tuple[Arrow, Branch]]:
    """The branches that have a flow, with it, in document order, which is the order of the table."""
    found = {way[0].id: way for node, step in steps.items() for way in ways_of(diagram, node, step, steps)}
    ordered = [flow.get("id", "") for flow in diagram.process.iter(bpmn_tag("sequenceFlow"))]
    return [found[way] for way in ordered if way in found]


def ways_of(diagram: Diagram, node: str, step: Step, steps: dict[str, Step]) -> list[tuple[Arrow, Branch]]:
    """The branches of one step, each with its flow."""
    found = []
    for arrow in leaving(diagram, node):
        goto = goto_of(diagram, arrow, node, steps)
        branch = read_branch(arrow.element, at=step.step_no, condition=arrow.condition, goto=goto)
        found.append((arrow, branch))
    for timer in diagram.timers.get(node, []):
        for arrow in diagram.going.get(timer, []):
            goto = goto_of(diagram, arrow, node, steps)
            condition = arrow.condition or diagram.nodes[timer].get("name", "")
            branch = read_branch(arrow.element, at=step.step_no, condition=condition, goto=goto)
            found.append((arrow, replace(branch, note=branch.note or "silent_consent")))
    return found


def leaving(diagram: Diagram, node: str) -> list[Arrow]:
    """The ways that leave a step other than by going on."""
    arrows = diagram.going.get(node, [])
    if len(arrows) == 1 and decides(diagram, arrows[0].target):
        gateway = arrows[0].target
        ways = diagram.going[gateway]
        normal = diagram.default(gateway) or unconditional(ways)
        return [way for way in ways if way.id != normal]
    default = diagram.default(node)
    return [arrow for arrow in arrows if arrow.id != default and is_conditional(arrow)]


def is_conditional(arrow: Arrow) -> bool:
    return arrow.element.find(bpmn_tag("conditionExpression")) is not None


def unconditional(ways: list[Arrow]) -> str | None:
    """The normal way where no default is named: the first without condition, else without name, else the first."""
    plain = [way for way in ways if not is_conditional(way)]
    nameless = [way for way in plain if not way.element.get("name")]
    return (nameless or plain or ways)[0].id


def goto_of(diagram: Diagram, arrow: Arrow, node: str, steps: dict[str, Step]) -> str:
    """Where a branch leads, in the words of the table."""
    written = written_goto(arrow.element)
    if written is not None and still_true(diagram, arrow, written, steps):
        return written
    return goto_text(diagram, arrow.target, steps)


def still_true(diagram: Diagram, arrow: Arrow, written: str, steps: dict[str, Step]) -> bool:
    """Whether a written goto fits the flow: it ends at a join, at the split before the step, or at such an end."""
    if diagram.kind(arrow.target) == "endEvent":
        return arrow.target.startswith(slug(written)) or (written == "end_1" and is_ordinary_end(diagram, arrow.target))
    target = arrow.target
    if diagram.kind(target) == "exclusiveGateway":
        target = next((way.target for way in diagram.going.get(target, [])), target)
    if diagram.kind(target) != "parallelGateway":
        return False
    if not is_split(diagram, target):
        return True
    behind = {way.target for way in diagram.going[target]}
    return any(steps[node].step_no == written for node in behind if node in steps)


def is_ordinary_end(diagram: Diagram, end: str) -> bool:
    """Whether an end event that is named by another tool is one in which the normal way ends."""
    ways = diagram.coming.get(end, [])
    normal = [way for way in ways if diagram.kind(way.source) not in BRANCHING or diagram.default(way.source) == way.id]
    return not end.startswith("end_") and bool(normal)


def goto_text(diagram: Diagram, target: str, steps: dict[str, Step]) -> str:
    """The goto that a node stands for; through gateways and foreign events along the normal way."""
    for _ in range(MAX_HOPS):
        if target in steps:
            return steps[target].step_no
        element = diagram.nodes[target]
        marks = [found for kind in ("wait", "call") if (found := extension(element, kind)) is not None]
        if marks:
            return marks[0].get("goto", "")
        ways = diagram.going.get(target, [])
        if diagram.kind(target) == "endEvent" or not ways:
            return end_name(element)
        normal = diagram.default(target)
        target = next((way.target for way in ways if way.id == normal), ways[0].target)
    return target


def end_name(element: etree._Element) -> str:
    """The ending that an end event is: its id where that is one, else made of its name."""
    wanted = element.get("id", "")
    return wanted if wanted.startswith("end_") else f"end_{slug(element.get('name', '')) or slug(wanted)}"
