"""A link event has its other half."""

from collections.abc import Iterator

from bpmn.findings import Finding
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error

OTHER = {"intermediateThrowEvent": "intermediateCatchEvent", "intermediateCatchEvent": "intermediateThrowEvent"}


def find(case: Case) -> Iterator[Finding]:
    halves = {
        (node.tag, node.parent, event.name)
        for node in case.nodes.values()
        for event in node.events
        if event.kind == "link"
    }
    for node in case.nodes.values():
        for event in node.events:
            if event.kind == "link" and (OTHER.get(node.tag, ""), node.parent, event.name) not in halves:
                yield error(
                    "ref-missing",
                    element=node.id,
                    line=node.line,
                    attribute="linkEventDefinition",
                    ref=(event.name or "")[:255],
                )


RULE = Rule(("ref-missing",), find)
