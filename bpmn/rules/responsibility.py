"""Rõ trách nhiệm: every performer of a step answers for something. One finding a step."""

from collections.abc import Iterator

from bpmn.findings import Clear, Finding
from bpmn.rules.case import Case, Rule
from bpmn.rules.performers import performer_of
from bpmn.verdicts import error, warning


def find(case: Case) -> Iterator[Finding]:
    for node in case.people_tasks():
        step = node.step
        lead = step is not None and (step.responsibility or (step.performer and step.performer.responsibility))
        silent = [other.position for other in (step.co_performers if step else ()) if not other.responsibility]
        performer = performer_of(case, node)
        position = performer.position[:100] if performer is not None and step is not None else ""
        number = step.step_no if step else ""
        facts = {"name": node.name, "step_no": number, "supporters": silent, "position": position}
        if not lead:
            yield error("responsibility-missing", clear=Clear.RESPONSIBILITY, element=node.id, line=node.line, **facts)
        elif silent:
            yield warning(
                "supporter-responsibility-missing",
                clear=Clear.RESPONSIBILITY,
                element=node.id,
                line=node.line,
                **facts,
            )


RULE = Rule(("responsibility-missing", "supporter-responsibility-missing"), find)
