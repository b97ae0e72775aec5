"""Rõ trách nhiệm: each result has who signs it, and work that goes to another unit leaves a record of it."""

import re
from collections.abc import Iterator

from bpmn.dialect.words import tag
from bpmn.elements import Node
from bpmn.findings import Clear, Finding
from bpmn.folding import search_key
from bpmn.rules.case import PEOPLE, Case, Rule
from bpmn.rules.performers import performer_of
from bpmn.source import line_number
from bpmn.verdicts import warning

SIGNING = re.compile(r"\bky\b(?! (tat|nhay))|\b(phe duyet|duyet|ban hanh|cong nhan|quyet dinh|phe chuan)\b")
RECORD = re.compile(
    r"ban giao|giao nhan|phieu|bien ban|\bso (theo doi|giao|van ban|dang ky)|to trinh|cong van|van ban|bao cao"
    r"|giay tiep nhan|quyet dinh|mau (so )?0?[56]\b"
)
SLIP = re.compile(r"phieu kiem soat|ban giao|mau (so )?0?[56]\b")
"""A control slip goes with the dossier through all steps."""


def signed(case: Case) -> Iterator[Finding]:
    head = case.process.head
    if head is None or any(signs(node) for node in case.people_tasks()):
        return
    elements = list(case.elements[case.process.id].iter(tag("output")))
    for place, output in enumerate(head.outputs):
        if not str(output.get("signatory") or "").strip():
            line = line_number(elements[place]) if len(elements) == len(head.outputs) else case.process.line
            name = str(output.get("name") or "")[:100]
            yield warning(
                "signatory-missing",
                clear=Clear.RESPONSIBILITY,
                element=case.process.id,
                line=line,
                output=name,
                ref=name,
            )


def signs(node: Node) -> bool:
    step = node.step
    return SIGNING.search(search_key(node.name)) is not None or (step is not None and step.act == "recognise")


def handed(case: Case) -> Iterator[Finding]:
    steps = list(case.people_tasks())
    if any(SLIP.search(texts(node)) for node in steps):
        return
    for node in steps:
        unit = unit_of(case, node)
        receivers = {other for target in following(case, node) if (other := unit_of(case, target))}
        others = sorted(receivers - {unit})
        if unit and others and not RECORD.search(texts(node)):
            yield warning(
                "handover-missing",
                clear=Clear.RESPONSIBILITY,
                element=node.id,
                line=node.line,
                name=node.name,
                unit=unit,
                receiver=others[0],
            )


def texts(node: Node) -> str:
    """What a step says of the papers that it makes and uses."""
    step = node.step
    parts = [node.name, *((step.output, step.product, step.note, *step.forms) if step is not None else ())]
    return search_key(" ; ".join(part for part in parts if part))


def unit_of(case: Case, node: Node) -> str:
    performer = performer_of(case, node)
    return (performer.unit or "") if performer is not None else ""


def following(case: Case, node: Node) -> Iterator[Node]:
    """The people's tasks that come next, whatever gateways and events lie between."""
    scope = case.scopes[node.parent]
    waiting, seen = list(scope.after.get(node.id, ())), {node.id}
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if case.nodes[name].tag in PEOPLE:
            yield case.nodes[name]
        else:
            waiting.extend(scope.after.get(name, ()))


SIGNED = Rule(("signatory-missing",), signed)
HANDED = Rule(("handover-missing",), handed)
