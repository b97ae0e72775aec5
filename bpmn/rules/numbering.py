"""Step numbers: unique, without gaps in a section, and what a text refers to is there."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bpmn.dialect.heads import rule_of
from bpmn.elements import Node
from bpmn.findings import Clear, Finding
from bpmn.folding import normal
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error, warning

REFERENCE = re.compile(
    r"\bbước\s+(?:số\s+)?[Bb]?(\d{1,3}(?:\.\d{1,3})*[a-zđ]?)\b(?!\s*,?\s*(?:Điều|khoản))", re.IGNORECASE
)
NUMBER = re.compile(r"(?:(.*)\.)?[Bb]?(\d+)([a-zđ]?)", re.IGNORECASE)
CUTOFF = re.compile(r"\b15\s*(?:giờ|h|:\s*00|g)\b", re.IGNORECASE)


def find(case: Case) -> Iterator[Finding]:
    steps = [(node, node.step.step_no) for node in case.nodes.values() if node.step is not None and node.step.step_no]
    yield from repeated(steps)
    yield from gaps(case, steps)
    if steps:
        yield from dangling(case, {number.casefold() for _, number in steps})
        yield from loose(case, steps)
    yield from cutoffs(case)


def repeated(steps: Sequence[tuple[Node, str]]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for node, number in steps:
        if number.casefold() in seen:
            first = seen[number.casefold()]
            yield error("step-no-duplicate", element=node.id, line=node.line, step_no=number, first=first)
        seen.setdefault(number.casefold(), node.id)


def gaps(case: Case, steps: Sequence[tuple[Node, str]]) -> Iterator[Finding]:
    """A number left out between two of one section: a row may be missing."""
    sections: dict[str, dict[int, Node]] = {}
    for node, number in steps:
        match = NUMBER.fullmatch(number)
        if match is None:
            continue
        section, own = match[1] or "", int(match[2][:6])
        sections.setdefault(section, {}).setdefault(own, node)
        if section.isascii() and section.isdecimal():  # 4.1 stands for 4 where no row has that number
            sections.setdefault("", {}).setdefault(int(section[:6]), node)
    for section, numbers in sections.items():
        ordered = sorted(numbers)
        for before, after in pairwise(ordered):
            if after - before > 1:
                node = numbers[after]
                yield warning(
                    "step-no-gap", element=node.id, line=node.line, section=section, before=before, after=after
                )


def dangling(case: Case, numbers: set[str]) -> Iterator[Finding]:
    """`chuyển bước 9` where there is no step 9, in whatever a step or flow says."""
    sections = {number.rpartition(".")[2] for number in numbers} | {number.rstrip("abcdđefgh") for number in numbers}
    for element, line, text in texts(case):
        for reference in dict.fromkeys(match[1].casefold() for match in REFERENCE.finditer(normal(text))):
            if reference not in numbers | sections:
                yield warning("step-reference-dangling", element=element, line=line, step_no=reference)


def loose(case: Case, steps: Sequence[tuple[Node, str]]) -> Iterator[Finding]:
    """Branches that the table keeps without a flow, as the step they lead to is not there."""
    numbered = {number: node for node, number in reversed(steps)}
    for branch in case.process.head.branches if case.process.head is not None else ():
        node = numbered.get(branch.at)
        if node is not None and rule_of(branch.at, branch.goto, set(numbered)) == "looseBranch":
            yield error("branch-dangling", element=node.id, line=node.line, step_no=branch.goto)


def texts(case: Case) -> Iterator[tuple[str, int, str]]:
    for node in case.nodes.values():
        step = node.step
        parts = [node.name, node.documentation, *((step.note, step.responsibility, step.output) if step else ())]
        yield node.id, node.line, " ; ".join(part for part in parts if part)
    for flow in case.process.flows.values():
        yield flow.id, flow.line, flow.name


def cutoffs(case: Case) -> Iterator[Finding]:
    """The 15:00 rule hidden in a step's text, where no clock sees it."""
    limit = case.process.head.statutory_limit if case.process.head is not None else None
    if limit and limit.get("cutoff"):
        return
    for node in case.people_tasks():
        text = " ; ".join(part for part in (node.name, node.documentation, node.step and node.step.note) if part)
        if CUTOFF.search(text):
            yield warning("cutoff-in-text", clear=Clear.TIME, element=node.id, line=node.line, name=node.name)


RULE = Rule(("step-no-duplicate", "step-no-gap", "step-reference-dangling", "branch-dangling", "cutoff-in-text"), find)
