"""Parallel groups without a heading: steps that say so themselves, or whose times fit the total only together."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from bpmn.fiveclear import MINUTES, Duration, TimeUnit
from bpmn.folding import search_key
from bpmn.reading.rows import PARALLEL
from bpmn.reading.steps import Draft
from bpmn.reading.tasks import heading
from bpmn.table.identifiers import slug

SIBLING = re.compile(r"^(?P<stem>.*\d)(?:\.\d{1,2}|[a-zđ])$")


def with_parallel(drafts: list[Draft], total: Duration | None) -> list[Draft]:
    """Make siblings (4a, 4b) parallel that say so, or where that alone makes the steps add up to the stated total.

    Steps that say so and stand together are parallel too, whatever their numbers.
    """
    spoken = [
        group for group in siblings(drafts) + neighbours(drafts) if any(says_so(drafts, number) for number in group)
    ]
    drafts = [named(draft, spoken) for draft in drafts]
    groups = siblings(drafts)
    if total is None or not groups:
        return drafts
    together = {number for group in groups for number in group}
    if length(drafts, frozenset()) != size(total) and length(drafts, frozenset(together)) == size(total):
        return [named(draft, groups) for draft in drafts]
    return drafts


def says_so(drafts: Sequence[Draft], number: str) -> bool:
    """Whether a step's own cell says that it runs beside others."""
    return any(
        PARALLEL.search(search_key(draft.row.text("name"))) is not None
        for draft in drafts
        if draft.step.step_no == number
    )


def neighbours(drafts: Sequence[Draft]) -> list[list[str]]:
    """Steps next to each other that each say they run in parallel."""
    found: list[list[str]] = [[]]
    for draft in drafts:
        if draft.step.parallel_group is None and says_so([draft], draft.step.step_no):
            found[-1].append(draft.step.step_no)
        elif found[-1]:
            found.append([])
    return [numbers for numbers in found if len(numbers) > 1]


def siblings(drafts: Sequence[Draft]) -> list[list[str]]:
    """Numbers of sub-steps that stand together and are in no group yet."""
    found: dict[str, list[str]] = {}
    for draft in drafts:
        match = SIBLING.match(draft.step.step_no)
        if match is not None and draft.step.parallel_group is None:
            found.setdefault(match["stem"], []).append(draft.step.step_no)
    return [numbers for numbers in found.values() if len(numbers) > 1]


def size(duration: Duration) -> Fraction:
    """A time in minutes of working time; calendar days as if they were working days."""
    return duration.value * MINUTES.get(duration.unit, MINUTES[TimeUnit.WORKING_DAY])


def length(drafts: Sequence[Draft], together: frozenset[str]) -> Fraction:
    """The longest path when these siblings, and the groups that are named, run in parallel."""
    sums: dict[str, Fraction] = {}
    for at, draft in enumerate(drafts):
        duration = draft.step.duration
        if duration is None or not draft.step.counted:
            continue
        key = draft.step.parallel_group or f"step {at}"
        if draft.step.step_no in together:
            match = SIBLING.match(draft.step.step_no)
            key = f"siblings {match['stem']}" if match else key
        if duration.shared_block is not None:
            key = f"block {duration.shared_block}"
        sums[key] = max(sums.get(key, Fraction(0)), size(duration))
    return sum(sums.values(), Fraction(0))


def named(draft: Draft, groups: Sequence[Sequence[str]]) -> Draft:
    group = next((group for group in groups if draft.step.step_no in group), None)
    if group is None or draft.step.parallel_group is not None:
        return draft
    name = slug(heading(draft.row.label)) or f"nhom_{slug(group[0])}"
    return replace(draft, step=replace(draft.step, parallel_group=name))
