"""A step that decides or waits has a way for each answer; a citizen's procedure says what happens to a bad dossier."""

import re
from collections.abc import Iterator

from bpmn.elements import Node
from bpmn.findings import Clear, Finding
from bpmn.folding import search_key
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import warning

SUPPLEMENT = re.compile(r"bo sung|thieu|chua (du|dat|day du|hop le)|khong (du|day du|hop le)|hoan thien ho so")
REFUSAL = re.compile(r"tu choi|khong (dong y|du dieu kien|dap ung|hop le|cong nhan|giai quyet)|tra lai|rejected|bac")


def find(case: Case) -> Iterator[Finding]:
    for node in case.people_tasks():
        kind = None if node.step is None else node.step.type
        if kind in ("decision", "wait") and not branches(case, node):
            code = "decision-without-branch" if kind == "decision" else "wait-without-branch"
            yield warning(code, element=node.id, line=node.line, name=node.name)
    head = case.process.head
    if head is not None and head.kind == "tthc":
        yield from dossier(case)


def branches(case: Case, node: Node) -> bool:
    """Whether the step's outcome leads somewhere: a decision right behind it, or an event on it."""
    if any(other.attached_to == node.id for other in case.nodes.values()):
        return True
    targets = [case.nodes[case.process.flows[name].target] for name in node.outgoing]
    return len(targets) > 1 or any(target.tag.endswith("Gateway") and len(target.outgoing) > 1 for target in targets)


def dossier(case: Case) -> Iterator[Finding]:
    """Said of texts that branches have: flow names, waits, endings."""
    names = [flow.name for flow in case.process.flows.values()]
    names += [f"{node.id} {node.name}" for node in case.nodes.values() if node.tag in ("endEvent", "receiveTask")]
    folded = [search_key(name) for name in names]
    for code, pattern in (("supplement-missing", SUPPLEMENT), ("refusal-missing", REFUSAL)):
        if not any(pattern.search(name) for name in folded):
            yield warning(code, clear=Clear.PROCESS, element=case.process.id, line=case.process.line)


RULE = Rule(("decision-without-branch", "wait-without-branch", "supplement-missing", "refusal-missing"), find)
