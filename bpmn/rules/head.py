"""What a procedure says of itself: legal basis, what comes in, what comes out."""

from collections.abc import Iterator

from bpmn.findings import Clear, Finding
from bpmn.fiveclear import FiveClear
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import warning


def find(case: Case) -> Iterator[Finding]:
    if not any(case.people_tasks()):
        return
    head = case.process.head or FiveClear(title=case.process.name, steps=())
    wanted = {
        "legal-basis-missing": head.legal_basis,
        "inputs-missing": head.inputs,
        "outputs-missing": head.outputs,
    }
    for code, given in wanted.items():
        if not given:
            yield warning(code, clear=Clear.TASK, element=case.process.id, line=case.process.line)


RULE = Rule(("legal-basis-missing", "inputs-missing", "outputs-missing"), find)
