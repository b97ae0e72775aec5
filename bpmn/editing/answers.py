"""What a drawing says of decisions by names alone, written as the conditions that names stand for in the table."""

from lxml import etree

from bpmn.dialect.words import bpmn_tag
from bpmn.fiveclear import Branch
from bpmn.table.diagram import Arrow, Diagram, diagram_of
from bpmn.table.emit import expression, outcome_test

DECISIONS = ("exclusiveGateway", "inclusiveGateway")


def name_answers(root: etree._Element, before: etree._Element) -> None:
    """Write a condition for each way out of a step's decision that was named since `before`.

    A condition of another kind than an answer stays. Of a decision whose other ways have conditions now, the last one
    is the normal way.
    """
    known = {flow.get("id", ""): flow for flow in before.iter(bpmn_tag("sequenceFlow"))}
    for process in root.iterchildren(bpmn_tag("process")):
        diagram = diagram_of(process)
        for gateway, step in decisions(diagram):
            written = [answer(way, known.get(way.id), step) for way in ways(diagram, gateway)]
            if any(written):
                choose_normal(diagram, gateway)


def decisions(diagram: Diagram) -> list[tuple[str, str]]:
    """The gateways that ask for the answer of one step, with it."""
    return [
        (gateway, coming[0].source)
        for gateway, coming in diagram.coming.items()
        if diagram.kind(gateway) in DECISIONS
        and len(coming) == 1
        and diagram.is_step(coming[0].source)
        and len(diagram.going.get(gateway, ())) > 1
    ]


def ways(diagram: Diagram, gateway: str) -> list[Arrow]:
    """The ways that need a condition."""
    return [way for way in diagram.going[gateway] if way.id != diagram.default(gateway)]


def answer(way: Arrow, before: etree._Element | None, step: str) -> bool:
    """Write what the way's name stands for, if it was named since; return whether that was done."""
    name = way.element.get("name", "").strip()
    earlier = "" if before is None else before.get("name", "").strip()
    written = way.element.find(bpmn_tag("conditionExpression"))
    said = "" if written is None else (written.text or "").strip()
    if not name or name == earlier or said not in ("", test_of(step, earlier)):
        return False
    if written is None:
        expression(way.element, "conditionExpression", test_of(step, name))
    else:
        written.text = test_of(step, name)
    return True


def test_of(step: str, answer: str) -> str:
    return outcome_test(step, Branch(step, answer, ""))


def choose_normal(diagram: Diagram, gateway: str) -> None:
    open_ways = [way for way in ways(diagram, gateway) if way.element.find(bpmn_tag("conditionExpression")) is None]
    if diagram.default(gateway) is None and len(open_ways) == 1:
        diagram.nodes[gateway].set("default", open_ways[0].id)
