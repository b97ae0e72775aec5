"""Two tables side by side: for each step the five clears of the old and the new version, with what differs marked."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from bpmn.compare import Change, Numbers, Version, numbers_of
from bpmn.editing import HEAD_FIELDS, head_text
from bpmn.examine import main_process
from bpmn.findings import Clear
from bpmn.fiveclear import Performer, Step
from bpmn.folding import normal
from web.languages import _, _l, language
from web.looks import CLEARS
from web.present.changes import Speaker
from web.present.ways import Way, ways_on
from web.words import leads_to, limit

WITHIN = frozenset(
    {
        *("step_no", "name", "output", "forms", "description", "product", "performer", "co_performers"),
        *("time", "time_text", "responsibility", "performer_responsibility"),
    }
)
"""Fields that the five clears show; a change of any other is told in words of its own."""

ALIKE = 0.5
"""Texts of which less is the same are marked as a whole."""

SAME = Numbers({})

HEADS: Mapping[str, object] = {
    "title": _l("Tên quy trình"),
    "field_of_work": _l("Lĩnh vực"),
    "trigger": _l("Bắt đầu khi"),
    "statutory_limit": _l("Thời hạn giải quyết"),
    "stated_total": _l("Tổng thời gian ghi trong bảng"),
    "legal_basis": _l("Căn cứ pháp lý"),
    "inputs": _l("Đầu vào"),
    "outputs": _l("Đầu ra"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `other` where the other version says something else there."""

    text: str
    other: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """What both versions say of one thing. `mark`: added | removed | changed, empty where it is the same."""

    label: object
    old: Sequence[Piece]
    new: Sequence[Piece]
    mark: str


@dataclass(frozen=True, slots=True)
class Block:
    """A step, or the heading (`step` empty). `mark` as in `Marks`; `rows` are all five clears, `notes` what else."""

    step: str
    name: str
    mark: str
    old_no: str
    moved: bool
    rows: Sequence[Pair]
    notes: Sequence[str] = ()


def blocks(old: Version, new: Version, changes: Sequence[Change], *, partners: Mapping[str, str]) -> list[Block]:
    """The heading where it changed, then all steps in the new order, each removed one where it stood."""
    told: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        told[change.element or ""].append(change)
    both = Both(Side.of(old, partners), Side.of(new, {}), numbers_of(old, new))
    before, after = both.old, both.new
    found = list(head_block(old, new, changes))
    back = {other: one for one, other in partners.items()}
    waiting = list(old.table.steps)
    for step in new.table.steps:
        partner = before.steps.get(back.get(step.id or "", ""))
        while waiting and waiting[0].id not in partners:
            found.append(gone(before, waiting.pop(0)))
        if partner is None:
            found.append(Block(step.step_no, step.name, "added", "", moved=False, rows=pairs(None, after.texts(step))))
            continue
        waiting = [each for each in waiting if each is not partner]
        found.append(kept(both, (partner, step), told[step.id or ""]))
    return found + [gone(before, each) for each in waiting if each.id not in partners]


@dataclass(frozen=True, slots=True)
class Side:
    """One version's steps and ways. `partners` are the new ids that ways are compared by, `following` the step after
    each in the table."""

    steps: Mapping[str, Step]
    ways: Mapping[str, Sequence[Way]]
    partners: Mapping[str, str]
    following: Mapping[str, str]

    @classmethod
    def of(cls, version: Version, partners: Mapping[str, str]) -> "Side":
        process = main_process(version.document)
        steps = {step.id: step for step in version.table.steps if step.id}
        ways = {name: ways_on(process, name) for name in steps if name in process.nodes}
        return cls(steps, ways, partners, dict(pairwise(steps)))

    def goals(self, step: Step) -> list[tuple[str, str]]:
        """Conditions and where they lead, comparable between versions.

        A step's new number alone changes none, nor does another step that follows now.
        """
        found, following = self.ways.get(step.id or "", ()), self.following.get(step.id or "")
        return [
            (normal(way.condition).casefold(), "next" if way.node.id == following else self.goal(way)) for way in found
        ]

    def goal(self, way: Way) -> str:
        node = way.node
        return self.partners.get(node.id, node.id) if node.step else normal(node.name) or node.tag

    def texts(self, step: Step) -> Mapping[Clear, str]:
        """The five clears of a step."""
        lead = step.performer
        more = [*([_("Kết quả: %(output)s", output=step.output)] if step.output else []), *step.forms]
        return {
            Clear.TASK: "\n".join([step.name, *([step.description] if step.description else []), *more]),
            Clear.PROCESS: "\n".join(spoken(way) for way in self.ways.get(step.id or "", ())),
            Clear.PERFORMER: "\n".join([*([seat(lead)] if lead else []), *map(seat, step.co_performers)]),
            Clear.TIME: time_of(step),
            Clear.RESPONSIBILITY: step.responsibility or (lead.responsibility if lead else "") or "",
        }


@dataclass(frozen=True, slots=True)
class Both:
    """Both versions, and the new numbers of steps that stand in both."""

    old: Side
    new: Side
    numbers: Numbers


def kept(both: Both, steps: tuple[Step, Step], changes: Sequence[Change]) -> Block:
    """A step that stands in both versions."""
    old, new = steps
    same_ways = both.old.goals(old) == both.new.goals(new)
    rows = pairs(both.old.texts(old), both.new.texts(new), same_ways=same_ways, numbers=both.numbers)
    speaker = Speaker(language())
    notes = [speaker.changed(each) for each in changes if each.kind == "step-changed" and each.field not in WITHIN]
    moved = any(each.kind == "step-moved" for each in changes)
    mark = "changed" if notes or any(row.mark for row in rows) else "moved" if moved else ""
    number = old.step_no if normal(old.step_no) != normal(new.step_no) else ""
    return Block(new.step_no, new.name, mark, number, moved=moved, rows=rows, notes=notes)


def gone(side: Side, step: Step) -> Block:
    return Block(step.step_no, step.name, "removed", "", moved=False, rows=pairs(side.texts(step), None))


def head_block(old: Version, new: Version, changes: Sequence[Change]) -> Iterator[Block]:
    """What of the heading changed."""
    rows = [
        pair(HEADS[name], head_text(old.table, name), head_text(new.table, name))
        for name in HEAD_FIELDS
        if head_text(old.table, name) != head_text(new.table, name)
    ]
    if rows:
        yield Block("", _("Thông tin chung"), "changed", "", moved=False, rows=rows)


def pairs(
    old: Mapping[Clear, str] | None,
    new: Mapping[Clear, str] | None,
    *,
    same_ways: bool = False,
    numbers: Numbers = SAME,
) -> list[Pair]:
    """The five clears beside one another. Ways that lead to the same steps are the same, whatever their numbers."""
    found = []
    for clear in (Clear.TASK, Clear.PROCESS, Clear.PERFORMER, Clear.TIME, Clear.RESPONSIBILITY):
        one, other = (old or {}).get(clear, ""), (new or {}).get(clear, "")
        if clear is Clear.PROCESS and same_ways:
            found.append(Pair(CLEARS[clear], [Piece(one, other=False)], [Piece(other, other=False)], ""))
        elif old is None or new is None:
            mark = "added" if old is None else "removed"
            found.append(Pair(CLEARS[clear], [Piece(one, other=False)], [Piece(other, other=False)], mark))
        else:
            found.append(pair(CLEARS[clear], one, other, numbers=numbers))
    return found


def pair(label: object, old: str, new: str, *, numbers: Numbers = SAME) -> Pair:
    if numbers.same(old, new):
        return Pair(label, [Piece(old, other=False)], [Piece(new, other=False)], "")
    one, other = pieces(old, new)
    return Pair(label, one, other, "changed" if old and new else "added" if new else "removed")


def pieces(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in parts, word by word; texts with little in common are one part each."""
    words = re.findall(r"\s+|[^\s]+", old), re.findall(r"\s+|[^\s]+", new)
    matcher = SequenceMatcher(None, *words, autojunk=False)
    if matcher.ratio() < ALIKE:
        return [Piece(old, other=True)], [Piece(new, other=True)]
    blocks = matcher.get_matching_blocks()
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    starts = ((0, 0, 0), *blocks)
    for before, block in pairwise(starts):
        for side, at in zip(sides, (0, 1), strict=True):
            other = "".join(words[at][before[at] + before[2] : block[at]])
            same = "".join(words[at][block[at] : block[at] + block[2]])
            side.extend(piece for piece in (Piece(other, other=True), Piece(same, other=False)) if piece.text)
    return sides


def spoken(way: Way) -> str:
    said = leads_to(way)
    return _("khi %(condition)s", condition=way.condition) + f": {said}" if way.condition else said


def seat(performer: Performer) -> str:
    return ", ".join(part for part in (performer.position, performer.unit) if part)


def time_of(step: Step) -> str:
    if step.duration is not None:
        return step.duration.text or limit(step.duration)
    return "" if step.counted else _("không tính thời gian")
