"""Rõ người: a step lies in the lane of who does it."""

import re
from collections.abc import Iterator

from bpmn.elements import Lane
from bpmn.findings import Clear, Finding
from bpmn.fiveclear import Performer
from bpmn.folding import search_key
from bpmn.naming import telling_words
from bpmn.organisation import LEADERS
from bpmn.rules.case import Case, Rule
from bpmn.rules.performers import owner
from bpmn.verdicts import warning

RANKS = frozenset(("can", "bo", "cong", "chuc", "chuyen", "vien", "can", "su", "nhan"))
"""Words of a position that say a rank and no work."""
ALIKE = 0.5
LEADING = re.compile(r"(lanh dao|thu truong|nguoi dung dau|truong|pho|chanh|chu tich|giam doc)\b")


def find(case: Case) -> Iterator[Finding]:
    for node in case.people_tasks():
        lane = case.process.lanes.get(node.lane or "")
        performer = None if node.step is None else node.step.performer
        if lane is None or performer is None or not lane.name.strip() or agrees(case, lane, performer):
            continue
        yield warning(
            "lane-performer-differs",
            clear=Clear.PERFORMER,
            element=node.id,
            line=node.line,
            name=node.name,
            lane=lane.name[:100],
            position=performer.position[:100],
            fitting=fitting.id if (fitting := lane_for(case, performer)) is not None else "",
        )


def agrees(case: Case, lane: Lane, performer: Performer) -> bool:
    """Whether a lane may be that of a performer: alike by name, by unit, or the same position of the directory."""
    named, who = search_key(lane.name), search_key(performer.position)
    if who in named or (named in who and is_deputy(named) == is_deputy(who)):
        return True
    if alike(lane.name, performer) or (performer.unit and unit_of(lane.name, performer.unit)):
        return True
    if case.directory is None:
        return False
    unit = performer.unit or owner(case)
    meant = case.directory.resolve(performer, owner(case))
    lanes = (
        case.directory.resolve(Performer(lane.name, unit), None),
        case.directory.resolve(Performer(lane.name), unit),
    )
    return meant is not None and any(place is not None and place.group == meant.group for place in lanes)


def alike(lane: str, performer: Performer) -> bool:
    """Half of the words that say the work are the same, and neither names a deputy of the other."""
    keys = (search_key(lane), search_key(performer.position))
    if any(leader in key for key in keys for leader in LEADERS) and all(LEADING.match(key) for key in keys):
        return True
    one, other = telling_words(lane), telling_words(performer.position)
    if is_deputy(search_key(lane)) != is_deputy(search_key(performer.position)) or not one & other:
        return False
    work, asked = one - RANKS, other - RANKS
    return not work or not asked or len(work & asked) >= ALIKE * min(len(work), len(asked))


def unit_of(lane: str, unit: str) -> bool:
    """Whether the lane is the unit itself."""
    words = telling_words(lane)
    return bool(words) and (words <= telling_words(unit) or telling_words(unit) <= words)


def is_deputy(folded: str) -> bool:
    return "pho" in folded.split()


def lane_for(case: Case, performer: Performer) -> Lane | None:
    """The one lane that agrees with who does a step, None where none or several do."""
    fitting = [lane for lane in case.process.lanes.values() if lane.name and agrees(case, lane, performer)]
    named = [lane for lane in fitting if search_key(lane.name) == search_key(performer.position)]
    best = named or fitting
    return best[0] if len(best) == 1 else None


RULE = Rule(("lane-performer-differs",), find)
