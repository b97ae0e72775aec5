"""Code out of the file; a process that is meant to run says so."""

from lxml import etree

from bpmn.document import Document
from bpmn.document.names import local, q
from bpmn.findings import Finding
from bpmn.fixes.mending import Fix, by_id, put_out
from bpmn.rules.scripts import HOOKS, carrier, hooks

SCRIPT_TASK = "scriptTask"


def is_script(finding: Finding) -> bool:
    """Scripts beside the flow can go; an expression cannot, since nobody knows what it should have said."""
    return finding.facts.get("attribute") in {SCRIPT_TASK, *HOOKS}


def without_script(root: etree._Element, document: Document, finding: Finding) -> bool:
    """A script task becomes a person's step; scripts before and after a task go."""
    attribute = finding.facts.get("attribute")
    if attribute == SCRIPT_TASK:
        return as_user_task(by_id(root, finding.element))
    found = [hook for hook in hooks(root) if local(hook) == attribute and carrier(hook) == finding.element]
    for element in found:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return bool(found)


def as_user_task(element: etree._Element | None) -> bool:
    if element is None or local(element) != SCRIPT_TASK:
        return False
    element.tag = q("userTask")
    element.attrib.pop("scriptFormat", "")
    put_out(element, "script")
    return True


def executable(root: etree._Element, document: Document, finding: Finding) -> bool:
    process = by_id(root, finding.element)
    if process is None or process.get("isExecutable") == "true":
        return False
    process.set("isExecutable", "true")
    return True


FIXES = {"script-forbidden": Fix(without_script, is_script), "not-executable": Fix(executable)}
