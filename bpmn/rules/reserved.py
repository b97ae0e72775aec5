"""Names that mean something else to the engine, and processes that are drawn but never started."""

import re
from collections.abc import Iterator

from bpmn.document.names import q
from bpmn.expression.parse import FUNCTIONS
from bpmn.findings import Finding
from bpmn.rules.case import Case, Rule
from bpmn.source import line_number
from bpmn.verdicts import error, warning

IDS = re.compile(r"Start|End|Root|.*\.(?:EndJoin|BoundaryEventSplit|BoundaryEventJoin)")
"""Ids that the stepping library gives to elements of its own."""
RESERVED = FUNCTIONS | frozenset(
    {"True", "False", "None", "all", "any", "dict", "eval", "exec", "filter", "float", "getattr", "int", "list", "map"}
    | {"open", "print", "range", "set", "sorted", "str", "sum", "type"}
)
"""Functions of our language, and words that a person who knows Python would take for its functions."""
DATA = ("dataObject", "dataObjectReference", "dataStoreReference", "property", "dataInput", "dataOutput")


def find(case: Case) -> Iterator[Finding]:
    if not case.process.executable:
        yield warning("not-executable", element=case.process.id, line=case.process.line, name=case.process.name)
    for node in case.nodes.values():
        if IDS.fullmatch(node.id):
            yield error("id-reserved", element=node.id, line=node.line)
    if case.process.id != next(iter(case.document.processes)):
        return
    for element in case.document.root.iter(*(q(tag) for tag in DATA)):
        identifier = element.get("id", "")
        if identifier in RESERVED:
            yield warning("variable-reserved", element=identifier, line=line_number(element))


RULE = Rule(("not-executable", "id-reserved", "variable-reserved"), find)
