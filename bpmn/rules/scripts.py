"""No file brings code that would run: no script task, no script before or after a task."""

from collections.abc import Iterator

from lxml import etree

from bpmn.document.identity import nearest_id
from bpmn.document.names import local, q
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
    places = {case.process.id} | ({""} if case.process.id == first(case) else set())
    for element in hooks(case.document.root):
        if process_of(element) in places:
            yield error(
                "script-forbidden", element=carrier(element), line=line_number(element), attribute=local(element)
            )


def hooks(root: etree._Element) -> Iterator[etree._Element]:
    """Scripts that the stepping library would run, wherever they hide."""
    return (element for element in root.iter(f"{{{SPIFF}}}*") if local(element) in HOOKS)


def carrier(hook: etree._Element) -> str | None:
    """The id of the element that carries a script; the script's own id is none."""
    parent = hook.getparent()
    return None if parent is None else nearest_id(parent)


def process_of(hook: etree._Element) -> str:
    """The process that a script lies in, empty where it lies in none."""
    return next((str(above.get("id", "")) for above in hook.iterancestors(q("process"))), "")


def first(case: Case) -> str:
    return next(iter(case.document.processes))


RULE = Rule(("script-forbidden",), find)
