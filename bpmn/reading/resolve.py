"""Clauses of drafts as branches of the table: numbers looked up, the normal way left out, dangling ones reported."""

import re
from collections.abc import Iterator, Sequence

from bpmn.findings import Finding, Severity
from bpmn.fiveclear import Branch
from bpmn.folding import search_key
from bpmn.office.places import spotted
from bpmn.reading.branches import Clause, positive
from bpmn.reading.lines import tidy
from bpmn.reading.references import STEP_REF, is_step
from bpmn.reading.steps import Draft, place

REFERENCE = re.compile(rf"\b{STEP_REF}", re.IGNORECASE)


def resolve(drafts: Sequence[Draft], sections: Sequence[str]) -> tuple[list[Branch], list[Finding]]:
    """The branches of all drafts in order, and what is wrong with them."""
    branches: list[Branch] = []
    findings: list[Finding] = []
    for at, draft in enumerate(drafts):
        for clause in draft.clauses:
            branch = branch_of(drafts, at, clause, sections)
            if branch is None:
                continue
            branches.append(branch)
            if clause.goto != "next" and is_step(clause.goto):
                findings += dangling(drafts, draft, branch)
    findings += [finding for at in range(len(drafts)) for finding in references(drafts, at, sections)]
    return without_doubles(branches), findings


def branch_of(drafts: Sequence[Draft], at: int, clause: Clause, sections: Sequence[str]) -> Branch | None:
    """The branch of a clause, or None where it only says the normal way."""
    step = drafts[at].step
    following = next_number(drafts, at)
    goto = following if clause.goto == "next" else clause.goto
    if clause.goto == "previous":
        goto = drafts[max(at - 1, 0)].step.step_no
    if is_step(clause.goto):
        goto = found_number(drafts, at, tidy(clause.goto), sections) or tidy(clause.goto)
    if positive(clause) and goto == following:
        return None
    form = clause.form if clause.note != "silent_consent" else None
    note = None if clause.note == form else clause.note
    return Branch(step.step_no, clause.condition, goto, clock=clause.clock, form=form, note=note)


def next_number(drafts: Sequence[Draft], at: int) -> str:
    """The number of the step after this one, or after its parallel group; the end where there is none."""
    group = drafts[at].step.parallel_group
    for draft in drafts[at + 1 :]:
        if group is None or draft.step.parallel_group != group:
            return draft.step.step_no
    return "end_1"


def found_number(drafts: Sequence[Draft], at: int, wanted: str, sections: Sequence[str]) -> str | None:
    """The step that a text means by a number: of the same section first, else the first of a group of that number."""
    section = drafts[at].row.section
    label = f"{sections[section]}.{wanted}" if section is not None and section < len(sections) else wanted
    numbers = [draft.step.step_no for draft in drafts]
    alike = {number.lower(): number for number in numbers}
    for number in (label.lower(), wanted.lower()):
        if number in alike:
            return alike[number]
    group = (draft.step.step_no for draft in drafts if draft.row.group == wanted and draft.row.section == section)
    children = (number for number in numbers if re.fullmatch(rf"{re.escape(wanted)}(?:\.\d+|[a-zđ])", number))
    return next(group, None) or next(children, None)


def dangling(drafts: Sequence[Draft], draft: Draft, branch: Branch) -> Iterator[Finding]:
    if all(other.step.step_no != branch.goto for other in drafts):
        where, severity = place(draft.row, "name"), Severity.ERROR
        yield spotted("branch-dangling", where, element=branch.at, severity=severity, step_no=branch.goto)


def references(drafts: Sequence[Draft], at: int, sections: Sequence[str]) -> Iterator[Finding]:
    """Steps that a text names without making a branch, and that are not there."""
    draft = drafts[at]
    clauses = {tidy(clause.goto) for clause in draft.clauses if is_step(clause.goto)}
    for name in ("name", "note", "branch"):
        for match in REFERENCE.finditer(draft.row.text(name)):
            number = tidy(match["step"])
            if number not in clauses and found_number(drafts, at, number, sections) is None:
                where = place(draft.row, name)
                yield spotted("step-reference-missing", where, element=draft.step.step_no, step_no=number)


def without_doubles(branches: Sequence[Branch]) -> list[Branch]:
    """Each branch once: a rule that stands both in the task and beside it."""
    seen: set[tuple[str, str, str]] = set()
    found = []
    for branch in branches:
        key = (branch.at, search_key(branch.condition), branch.goto)
        if key not in seen:
            seen.add(key)
            found.append(branch)
    return found
