"""Rõ người: every step says which position of which unit does it."""

from collections.abc import Iterator

from lxml import etree

from bpmn.document.names import content, local, q
from bpmn.elements import Node
from bpmn.findings import Clear, Finding
from bpmn.fiveclear import Performer
from bpmn.rules.case import PEOPLE, Case, Rule
from bpmn.verdicts import error, warning

FOREIGN = frozenset({"assignee", "candidateGroups", "candidateUsers"})


def find(case: Case) -> Iterator[Finding]:
    for node in case.people_tasks():
        performer = performer_of(case, node)
        facts = {"name": node.name, "step_no": node.step.step_no if node.step else ""}
        if performer is None or not performer.position.strip():
            yield error("performer-missing", clear=Clear.PERFORMER, element=node.id, line=node.line, **facts)
        elif not performer.unit and not owner(case):
            yield warning(
                "performer-unit-missing",
                clear=Clear.PERFORMER,
                element=node.id,
                line=node.line,
                position=performer.position,
                **facts,
            )


def performer_of(case: Case, node: Node) -> Performer | None:
    """The step's own performer, else what BPMN says: the lane, a potential owner, another tool's assignee."""
    if node.step is not None and node.step.performer is not None:
        return node.step.performer
    if lane_says(case, node):
        return Performer(case.process.lanes[node.lane or ""].name)
    for key, value in node.attributes.items():
        if etree.QName(key).namespace and etree.QName(key).localname in FOREIGN and value.strip():
            return Performer(value.strip())
    return potential_owner(case, node)


def lane_says(case: Case, node: Node) -> bool:
    """Whether a task's performer is said by its lane: not for a step beside others that name theirs themselves."""
    lane = case.process.lanes.get(node.lane or "")
    if lane is None or not lane.name or node.tag not in PEOPLE:
        return False
    if node.step is None:
        return True
    return not any(other.step is not None and other.step.performer is not None for other in case.nodes.values())


def potential_owner(case: Case, node: Node) -> Performer | None:
    """A performer in standard BPMN, or Camunda 8's assignment."""
    element = case.elements[node.id]
    for child in element.iter(q("potentialOwner"), q("humanPerformer"), q("performer")):
        text = content(child)
        if text:
            return Performer(text)
    for child in element.iterfind(f"{q('extensionElements')}/*"):
        if isinstance(child.tag, str) and local(child) == "assignmentDefinition":
            text = next((child.get(key) for key in FOREIGN if child.get(key)), None)
            return Performer(text) if text else None
    return None


def owner(case: Case) -> str | None:
    """The code of the procedure's own unit."""
    return case.process.head.unit_code if case.process.head is not None else None


RULE = Rule(("performer-missing", "performer-unit-missing"), find)
