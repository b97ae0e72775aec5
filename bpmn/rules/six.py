"""The two clears that the six have beside the five: product and authority. The profile says whether they are asked."""

from collections.abc import Iterator

from bpmn.findings import Clear, Finding
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import warning


def find(case: Case) -> Iterator[Finding]:
    for node in case.people_tasks():
        step = node.step
        if step is None or not (step.product or step.output):
            yield warning("product-missing", clear=Clear.TASK, element=node.id, line=node.line, name=node.name)
        if step is None or not step.authority:
            yield warning(
                "authority-missing", clear=Clear.RESPONSIBILITY, element=node.id, line=node.line, name=node.name
            )


RULE = Rule(("product-missing", "authority-missing"), find)
