"""Rõ người: a step lies in the lane of who does it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bpmn.elements import Lane
from bpmn.findings import Clear, Finding
from bpmn.fiveclear import Performer
from bpmn.folding import search_key
from bpmn.naming import telling_words
from bpmn.organisation import LEADERS, Organisation
from bpmn.rules.case import Case, Rule
from bpmn.rules.performers import owner
from bpmn.verdicts import warning

RANKS = frozenset(("can", "bo", "cong", "chuc", "chuyen", "vien", "can", "su", "nhan"))
"""Words of a position that say a rank and no work."""
ALIKE = 0.5
LEADING = re.compile(r"(lanh dao|thu truong|nguoi dung dau|truong|pho|chanh|chu tich|giam doc)\b")


def find(case: Case) -> Iterator[Finding]:
    meant = Meant(case.directory, owner(case))
    for node in case.people_tasks():
        lane = case.process.lanes.get(node.lane or "")
        performer = None if node.step is None else node.step.performer
        if lane is None or performer is None or not lane.name.strip() or agrees(lane, performer, meant):
            continue
        yield warning(
            "lane-performer-differs",
            clear=Clear.PERFORMER,
            element=node.id,
            line=node.line,
            name=node.name,
            lane=lane.name[:100],
            position=performer.position[:100],
            fitting=fitting.id if (fitting := lane_for(case, performer, meant)) is not None else "",
        )


@dataclass(frozen=True, slots=True)
class Meant:
    """Which position of the directory a text means, looked up once for each."""

    directory: Organisation | None
    owner: str | None
    known: dict[tuple[str, str | None], str | None] = field(default_factory=dict)

    def group(self, position: str, unit: str | None) -> str | None:
        key = (position, unit)
        if key not in self.known:
            found = self.directory.resolve(Performer(position, unit), self.owner) if self.directory else None
            self.known[key] = None if found is None else found.group
        return self.known[key]


def agrees(lane: Lane, performer: Performer, meant: Meant) -> bool:
    """Whether a lane may be that of a performer: alike by name, by unit, or the same position of the directory."""
    named, who = search_key(lane.name), search_key(performer.position)
    if who in named or (named in who and is_deputy(named) == is_deputy(who)):
        return True
    if alike(lane.name, performer) or (performer.unit and unit_of(lane.name, performer.unit)):
        return True
    group = meant.group(performer.position, performer.unit)
    return group is not None and group in (meant.group(lane.name, performer.unit), meant.group(lane.name, None))


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


def lane_for(case: Case, performer: Performer, meant: Meant) -> Lane | None:
    """The one lane that agrees with who does a step, None where none or several do."""
    fitting = [lane for lane in case.process.lanes.values() if lane.name and agrees(lane, performer, meant)]
    named = [lane for lane in fitting if search_key(lane.name) == search_key(performer.position)]
    best = named or fitting
    return best[0] if len(best) == 1 else None


RULE = Rule(("lane-performer-differs",), find)
