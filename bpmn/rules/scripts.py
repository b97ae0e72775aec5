"""No file brings code that would run: no script task, no script before or after a task."""

from collections.abc import Iterator

from bpmn.document.identity import nearest_id
from bpmn.document.names import local, namespace
from bpmn.findings import Finding
from bpmn.rules.case import Case, Rule
from bpmn.source import line_number
from bpmn.verdicts import error

SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
HOOKS = frozenset({"preScript", "postScript", "serviceTaskOperator", "messagePayload", "payloadExpression"})


def find(case: Case) -> Iterator[Finding]:
    for node in case.nodes.values():
        if node.tag == "scriptTask":
            yield error("script-forbidden", element=node.id, line=node.line, attribute="scriptTask", name=node.name)
    for element in case.document.root.iter(f"{{{SPIFF}}}*"):
        owner = nearest_id(element)
        if local(element) in HOOKS and namespace(element) == SPIFF and owner in case.nodes:
            yield error("script-forbidden", element=owner, line=line_number(element), attribute=local(element))


RULE = Rule(("script-forbidden",), find)
