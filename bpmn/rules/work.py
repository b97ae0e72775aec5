"""Rõ việc: each step has a name that begins with what is done, and an output."""

from collections.abc import Iterator
from importlib.resources import files

from bpmn.elements import Node
from bpmn.findings import Clear, Finding
from bpmn.folding import normal
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error, warning

VERBS = frozenset((files("bpmn") / "data" / "verbs_vi.txt").read_text("utf-8").split("\n")) - {""}
"""First words of what officials do. A name that begins otherwise is asked to be looked at."""


def find(case: Case) -> Iterator[Finding]:
    for node in case.people_tasks():
        if not node.name:
            yield error("step-name-missing", clear=Clear.TASK, element=node.id, line=node.line)
        elif not begins_with_verb(node.name):
            yield warning("name-not-verb", clear=Clear.TASK, element=node.id, line=node.line, name=node.name)
        yield from output(node)


def begins_with_verb(name: str) -> bool:
    words = normal(name).casefold().replace(",", " ").replace(";", " ").split()
    return any(" ".join(words[:count]) in VERBS for count in (1, 2, 3))


def output(node: Node) -> Iterator[Finding]:
    step = node.step
    if step is None or not (step.output or step.product):
        yield warning("output-missing", clear=Clear.TASK, element=node.id, line=node.line, name=node.name)


RULE = Rule(("step-name-missing", "name-not-verb", "output-missing"), find)
