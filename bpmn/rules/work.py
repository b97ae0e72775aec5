"""Rõ việc: each step has a name that begins with what is done, is described, and names what it makes on which form."""

from collections.abc import Callable, Iterator

from bpmn.elements import Node
from bpmn.findings import Clear, Finding
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error, info, warning
from bpmn.wording import EXAMPLE, begins_with_verb, suggestion


def find(case: Case) -> Iterator[Finding]:
    for node in case.people_tasks():
        if not node.name:
            yield error("step-name-missing", clear=Clear.TASK, element=node.id, line=node.line)
        elif not begins_with_verb(node.name):
            better = suggestion(node.name)
            facts = {"name": node.name, "example": better or EXAMPLE} | ({"suggestion": better} if better else {})
            yield warning("name-not-verb", clear=Clear.TASK, element=node.id, line=node.line, **facts)
        if node.step is None or not (node.step.output or node.step.product):
            yield warning("output-missing", clear=Clear.TASK, element=node.id, line=node.line, name=node.name)
    yield from lacking(case, "form-missing", lambda node: bool(node.step is not None and node.step.forms))
    yield from lacking(case, "description-missing", described)


def described(node: Node) -> bool:
    return bool(node.documentation or (node.step is not None and node.step.note))


def lacking(case: Case, code: str, says: Callable[[Node], bool]) -> Iterator[Finding]:
    """Each step that does not say what others say; where none says it, that is told once."""
    steps = list(case.people_tasks())
    silent = [node for node in steps if not says(node)]
    process = case.process
    if steps and len(silent) == len(steps):
        yield info(code, clear=Clear.TASK, element=process.id, line=process.line, name=process.name, count=len(steps))
        return
    for node in silent:
        yield info(code, clear=Clear.TASK, element=node.id, line=node.line, name=node.name, count=1)


RULE = Rule(("step-name-missing", "name-not-verb", "output-missing", "form-missing", "description-missing"), find)
