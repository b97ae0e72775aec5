"""Inputs of sub-processes and calls, and lists to go through, are of our language."""

from collections.abc import Iterator

from bpmn.findings import Finding
from bpmn.rules.case import Case, Rule
from bpmn.rules.expressions import of_text


def find(case: Case) -> Iterator[Finding]:
    for node in case.nodes.values():
        for name, value in node.inputs:
            yield from of_text(case, node, "name", text=name)
            yield from of_text(case, node, "value", text=value)
        if node.loop is not None:
            yield from of_text(case, node, "loopDataInputRef", text=node.loop.collection)


RULE = Rule(("script-forbidden", "expression-syntax", "expression-limit", "outcome-unknown"), find)
