"""The words of a table on the elements of a document: written only where the document says something else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from bpmn.dialect import read_rules, rule_of, write_branch, write_head, write_step
from bpmn.dialect.steps import read_duration
from bpmn.dialect.values import extension, write_extension
from bpmn.dialect.words import bpmn_tag, tag
from bpmn.fiveclear import FiveClear, Step
from bpmn.table.diagram import TESTED, Diagram
from bpmn.table.emit import add_loop, expression, outcome_test, write_mark, write_time
from bpmn.table.graph import Way
from bpmn.table.project import Projection, goto_text, projection
from bpmn.table.rewire import Rewiring

ROUNDS = 3  # a number that was written can free another


@dataclass(frozen=True)
class Words:
    """`steps` are the node ids of the edited rows, in their order; `before` the old rows by node id."""

    change: Rewiring
    edited: FiveClear
    steps: Sequence[str]
    before: Mapping[str, Step]


def settle(words: Words) -> bool:
    """Make the document say the table; return whether it does. Flow and lanes are done before."""
    for _ in range(ROUNDS):
        now = projection(words.change.flows.root)
        if now is not None and not in_order(words, now):
            order_flows(words.change)
            now = projection(words.change.flows.root)
        if now is None or same(now.table, words.edited):
            return now is not None
        write_rows(words, now)
        write_ways(words, now)
        write_process(words, now)
    now = projection(words.change.flows.root)
    return now is not None and same(now.table, words.edited)


def in_order(words: Words, now: Projection) -> bool:
    """Whether rows and branches stand in the order of the table."""
    lines = (words.change.line.get(way.id) for way in words.change.new.ways if way.branch)
    wanted = [line[0] for line in lines if line]
    return list(now.steps) == list(words.steps) and [arrow.id for arrow, _ in now.ways] == wanted


def same(one: FiveClear, other: FiveClear) -> bool:
    return nameless(one) == nameless(other)


def nameless(table: FiveClear) -> FiveClear:
    """The table without ids."""
    return replace(table, steps=tuple(replace(step, id=None) for step in table.steps))


def write_rows(words: Words, now: Projection) -> None:
    for node, step in zip(words.steps, words.edited.steps, strict=True):
        said = now.steps.get(node)
        wanted = replace(step, id=node)
        if said is None or replace(said, id=node) != wanted:
            element = words.change.flows.nodes[node]
            write_step(element, wanted)
            settle_loop(element, step, said)


def settle_loop(element: etree._Element, step: Step, said: Step | None) -> None:
    """A loop of the table appears, changes its mode and goes with the row's word; any other loop stays."""
    loop = element.find(bpmn_tag("multiInstanceLoopCharacteristics"))
    if loop is None:
        add_loop(element, step)
    elif step.multi_instance is not None and "mode" in step.multi_instance:
        loop.set("isSequential", "true" if step.multi_instance["mode"] == "sequential" else "false")
    elif step.multi_instance is None and said is not None and said.multi_instance is not None:
        element.remove(loop)


def write_ways(words: Words, now: Projection) -> None:
    """Write names, conditions and words of the flows that are branches."""
    said = {arrow.id: branch for arrow, branch in now.ways}
    for way in words.change.new.ways:
        line = words.change.line.get(way.id)
        if way.branch is not None and line:
            flow = words.change.flows.flows[line[0]]
            if said.get(line[0]) != way.branch:
                write_flow(words, now.diagram, way, flow)
            if line[0] not in said or said[line[0]].condition != way.branch.condition:
                write_condition(words, way, flow)


def write_flow(words: Words, diagram: Diagram, way: Way, flow: etree._Element) -> None:
    branch = way.branch
    if branch is None:
        return
    flow.set("name", branch.condition)
    named = dict(zip(words.steps, words.edited.steps, strict=True))
    target = flow.get("targetRef", "")
    plain = goto_text(diagram, target, named) if target in diagram.nodes else None
    clear_word(flow, "branch")
    write_branch(flow, branch, goto=None if plain == branch.goto else branch.goto)


def clear_word(element: etree._Element, name: str) -> None:
    """Take out a word, but for what others wrote into it."""
    if extension(element, name) is None:
        return
    left = write_extension(element, name)
    place = left.getparent()
    if place is not None and not len(left) and not left.attrib:
        place.remove(left)
        if not len(place):
            element.remove(place)


def write_condition(words: Words, way: Way, flow: etree._Element) -> None:
    """Test the branch's outcome, unless somebody wrote a condition of another kind."""
    written = flow.find(bpmn_tag("conditionExpression"))
    if way.tested is None or way.branch is None:
        return
    text = outcome_test(words.change.element[way.tested], way.branch)
    if written is None:
        expression(flow, "conditionExpression", text)
    elif TESTED.match(written.text or ""):
        written.text = text


def write_process(words: Words, now: Projection) -> None:
    """Write the head where it or the branches without a flow changed."""
    table, process = words.edited, now.diagram.process
    numbers = {step.step_no for step in table.steps}
    rules = [
        (order, branch)
        for order, branch in enumerate(table.branches)
        if rule_of(branch.at, branch.goto, numbers) is not None
    ]
    bare = {"steps": (), "branches": ()}
    if replace(now.table, **bare) != replace(table, **bare) or read_rules(process) != rules:  # type: ignore[arg-type]  # fields of FiveClear
        rename_pool(words, now)
        write_head(process, table)


def rename_pool(words: Words, now: Projection) -> None:
    """A pool that was named like the unit, or without one like the procedure, follows it."""
    before, after = (table.unit_name or table.title for table in (now.table, words.edited))
    for pool in words.change.flows.root.iter(bpmn_tag("participant")):
        if pool.get("processRef") == now.diagram.process.get("id") and pool.get("name") == before:
            pool.set("name", after)


def order_flows(change: Rewiring) -> None:
    """Bring the flows of the table into its order, in the places that they have."""
    wanted = [change.flows.flows[line[0]] for way in change.new.ways if (line := change.line.get(way.id))]
    for parent in {id(flow.getparent()): flow.getparent() for flow in wanted}.values():
        if parent is None:
            continue
        mine = [flow for flow in wanted if flow.getparent() is parent]
        children = list(parent)
        places = sorted(children.index(flow) for flow in mine)
        for place, flow in zip(places, mine, strict=True):
            children[place] = flow
        parent[:] = children


def settle_spots(words: Words) -> None:
    """Let timers follow their step's time, waits and calls their branch."""
    change = words.change
    for spot in change.new.spots.values():
        node = change.element.get(spot.id)
        if node is None or spot.id in change.fresh:
            continue
        element = change.flows.nodes[node]
        if spot.attached_to is not None and spot.step is not None:
            settle_timer(element, spot.step, words.before.get(change.element.get(spot.attached_to, "")))
        mark = extension(element, "wait" if spot.tag == "receiveTask" else "call")
        if spot.goto is not None and mark is not None:
            clock = next((way.branch.clock for way in change.new.coming[spot.id] if way.branch), mark.get("clock"))
            if (mark.get("goto"), mark.get("at"), mark.get("clock")) != (spot.goto, spot.at, clock):
                write_mark(element, spot, clock)


def settle_timer(element: etree._Element, step: Step, before: Step | None) -> None:
    """Set a timer that had its step's time to the new one."""
    timer = element.find(bpmn_tag("timerEventDefinition"))
    if timer is None or before is None or before.duration is None or step.duration is None:
        return
    old, new = before.duration, step.duration
    said = read_duration(timer.find(f"{bpmn_tag('extensionElements')}/{tag('time')}"))
    if (
        said is None
        or (said.value, said.unit) != (old.value, old.unit)
        or (old.value, old.unit) == (new.value, new.unit)
    ):
        return
    for written in timer.findall(bpmn_tag("timeDuration")):
        timer.remove(written)
    write_time(timer, new)
