"""What must become of a table that two people changed: nothing that one of them wrote goes in silence."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bpmn.editing import FIELDS, HEAD_FIELDS, field_text, head_text
from bpmn.fiveclear import FiveClear
from bpmn.threeway import Conflict

Place = tuple[str, str]
"""A row's id, or nothing for the head, and a word."""


@dataclass(frozen=True, slots=True)
class Work:
    """One change: the table that was seen, what the change makes of it, today's, what was saved, and what was told."""

    base: FiveClear
    mine: FiveClear
    theirs: FiveClear
    result: FiveClear
    conflicts: Sequence[Conflict]


def said(table: FiveClear) -> Mapping[Place, str]:
    """All that a table says, by place; a row's own place says that it is there."""
    found = {("", name): head_text(table, name) for name in HEAD_FIELDS}
    for step in table.steps:
        row = step.id or ""
        found[row, "row"] = "x"
        found |= {(row, name): field_text(step, name) for name in FIELDS if name != "performer"}
    return found


def broken(work: Work) -> list[str]:
    """What is lost, overridden in silence, doubled or made up."""
    base, mine, theirs, result = map(said, (work.base, work.mine, work.theirs, work.result))
    told = {conflict.element or "" for conflict in work.conflicts}
    faults = [f"row {row} stands twice" for row, n in Counter(s.id for s in work.result.steps).items() if n > 1]
    faults += [f"number {no} stands twice" for no, n in Counter(s.step_no for s in work.result.steps).items() if n > 1]
    for place in {*base, *mine, *theirs, *result}:
        row, name = place
        was, wanted, today, got = (side.get(place) for side in (base, mine, theirs, result))
        wish = today if wanted == was else wanted
        if row in told or (got == wish and (wish == today or today == was)):
            continue
        known = {text for (_row, other), text in theirs.items() if other == name and text}
        moved = wanted != was and (carried(name, today, result) or borrowed(name, wanted, base, theirs))
        if got in known or moved:
            continue  # a new row begins with, and one put together holds, what a colleague wrote meanwhile
        faults.append(f"{row or 'head'} {name}: {was!r}, mine {wanted!r}, theirs {today!r}, got {got!r}")
    return faults + lost_ways(work, told)


def carried(name: str, text: str | None, result: Mapping[Place, str]) -> bool:
    """Whether a cell's text, if it has any, stands within that of another row."""
    return not text or any(text in whole for (_row, other), whole in result.items() if other == name)


def borrowed(name: str, text: str | None, base: Mapping[Place, str], theirs: Mapping[Place, str]) -> bool:
    """Whether a text was taken from a cell that a colleague wrote meanwhile."""
    return any(
        other == name and said and said in (text or "") and theirs.get((row, other)) != said
        for (row, other), said in base.items()
    )


def lost_ways(work: Work, told: set[str]) -> list[str]:
    sides = [ways(table) for table in (work.base, work.mine, work.theirs, work.result)]
    base, mine, theirs, result = sides
    rows = [{step.id for step in table.steps} for table in (work.base, work.mine, work.theirs, work.result)]
    faults = []
    for row, condition in {*base, *mine, *theirs, *result}:
        if row in told:
            continue
        was, wanted, today, got = (side.get((row, condition)) for side in sides)
        wish = today if wanted == was else wanted
        if got == wish:
            continue
        known = set().union(*rows)
        if (was in known and was not in rows[1] & rows[2]) or {today, wanted} & known - rows[3]:
            continue  # it led to a row that is gone
        faults.append(f"way {row} {condition}: {was!r}, mine {wanted!r}, theirs {today!r}, got {got!r}")
    return faults


def ways(table: FiveClear) -> Mapping[Place, str]:
    ids = {step.step_no: step.id or "" for step in reversed(table.steps)}
    return {(ids.get(way.at, way.at), way.condition): ids.get(way.goto, way.goto) for way in table.branches}
