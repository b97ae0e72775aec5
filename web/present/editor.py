"""The page on which a draft is edited: every cell as it would be typed, with what the gate says beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cached_property
from hashlib import blake2b
from typing import Any

from sqlalchemy.orm import Session

from bpmn.editing import FIELDS, HEAD_FIELDS, field_text, head_text
from bpmn.fiveclear import FiveClear, Step
from procedures.evidence import findings_of
from procedures.model.version import Version
from procedures.queries.draft_changes import Colleague, Seen, colleagues, own_changes, to_redo, to_undo
from procedures.queries.people import Person, organisation
from procedures.queries.reviews import open_remarks
from web.languages import _, language
from web.present.findings import FindingLine, Row, finding_lines
from web.present.passing import passed_of
from web.present.pointing import Stop, cell_of, drawn, marks, ways


@dataclass(frozen=True, slots=True)
class WayRow:
    """A way out of a step: the condition, and a row's id or an ending, which `word` names."""

    condition: str
    to: str
    word: str = ""


@dataclass(frozen=True)
class StepRow:
    """A row of the editor. `cells` are the texts by field; `faults` what the gate says of this row, worst first.

    `longest`: it lies on the way that takes longest.  `following` is the number of the next row, nothing at the last.
    All that is shown of a row stands here, so that `mark` tells whether it is shown already.
    """

    step: Step
    cells: Mapping[str, str]
    ways: Sequence[WayRow]
    faults: Sequence[FindingLine]
    longest: bool
    following: str

    @cached_property
    def mark(self) -> str:
        """What stands for all that is shown of the row: the same words have the same mark."""
        return blake2b(f"{language()} {self!r}".encode(), digest_size=6).hexdigest()

    @property
    def wrong(self) -> bool:
        return any(line.severity == "error" and not line.waived_by for line in self.faults)


@dataclass(frozen=True, slots=True)
class EditorView:
    """Everything that the editor shows."""

    version: Version
    head: Mapping[str, str]
    rows: Sequence[StepRow]
    targets: Sequence[tuple[str, str]]
    findings: Sequence[FindingLine]
    ways: Mapping[tuple[str, str], Sequence[Stop]]
    drawn: frozenset[str]
    time: Mapping[str, Any]
    remarks: int
    may_undo: bool
    may_redo: bool
    others: Sequence[Colleague]
    positions: Sequence[str]
    units: Sequence[str]
    forms: Sequence[str]

    @property
    def errors(self) -> int:
        """How many bar submission: what a leader let pass does not."""
        return sum(1 + len(line.others) for line in self.findings if line.severity == "error" and not line.waived_by)

    @property
    def shapes(self) -> Mapping[str, object]:
        """What the diagram wears: marks by element, and the elements of the way that takes longest, in their order."""
        worn = {element: asdict(mark) for element, mark in marks(self.findings).items()}
        return {"marks": worn, "longest": longest_of(self.time)}

    def cell(self, line: FindingLine) -> str:
        return cell_of(line)


def editor_view(session: Session, version: Version, content: Seen, *, by: Person, at: datetime) -> EditorView:
    """Return the editor of a draft that holds this content now."""
    table = content.table
    found = findings_of(version.evidence)
    rows = {name: Row(step.id or "", step.step_no) for step in table.steps for name in (step.id, step.step_no) if name}
    lines = finding_lines(found, rows, language=language(), passed=passed_of(session, version, by=by))
    time = version.evidence.get("time") or {}
    longest = longest_of(time)
    town = organisation(session, at=at)
    own = own_changes(session, version, by.officer.id)
    return EditorView(
        version=version,
        head={name: head_text(table, name) for name in HEAD_FIELDS},
        rows=step_rows(table, lines, longest),
        targets=targets(table),
        findings=lines,
        ways=ways(found, content.document),
        drawn=drawn(content.document),
        time=time,
        remarks=open_remarks(session, version),
        may_undo=to_undo(own) is not None,
        may_redo=to_redo(own) is not None,
        others=colleagues(session, version, by.officer.id, at=at),
        positions=sorted({position.name for unit in town.units for position in unit.positions}),
        units=[unit.name for unit in town.units],
        forms=sorted({form for step in table.steps for form in step.forms}),
    )


def longest_of(time: Mapping[str, Any]) -> Sequence[str]:
    """The elements of the way that takes longest; none where no time could be reckoned."""
    known = any(time.get(name) is not None for name in ("path_minutes", "path_days"))
    return time.get("critical_path") or [] if known else []


def step_rows(table: FiveClear, lines: Sequence[FindingLine], longest: Sequence[str]) -> list[StepRow]:
    told: dict[str, list[FindingLine]] = {}
    for each in (each for line in lines for each in (line, *line.others)):
        told.setdefault(each.element, []).append(each)
    words = dict(targets(table))
    following = [*(step.step_no for step in table.steps[1:]), ""]
    return [
        StepRow(
            step,
            {name: field_text(step, name) for name in FIELDS},
            [replace(way, word=words.get(way.to, way.to)) for way in ways_of(table, step)],
            sorted(told.get(step.id or "", ()), key=by_weight),
            step.id in longest,
            after,
        )
        for step, after in zip(table.steps, following, strict=True)
    ]


def by_weight(line: FindingLine) -> int:
    return ("error", "warning", "info").index(line.severity)


def ways_of(table: FiveClear, step: Step) -> list[WayRow]:
    """The branches of a row, their targets as row ids; two rows of one number: the first is meant."""
    ids = {each.step_no: each.id or "" for each in reversed(table.steps)}
    return [WayRow(way.condition, ids.get(way.goto, way.goto)) for way in table.branches if way.at == step.step_no]


def targets(table: FiveClear) -> list[tuple[str, str]]:
    """Where a way may lead: the rows, the endings, and what the table leads to already."""
    rows = [
        (step.id or "", _("bước %(no)s: %(name)s", no=step.step_no, name=shortened(step.name))) for step in table.steps
    ]
    endings = [
        ("end_1", _("kết thúc quy trình")),
        ("end_rejected", _("kết thúc: từ chối hồ sơ")),
        ("end_returned", _("kết thúc: trả lại hồ sơ")),
        ("end_withdrawn", _("kết thúc: rút hồ sơ")),
        ("end_filed", _("kết thúc: lưu hồ sơ")),
        ("end_excluded", _("kết thúc: không xét")),
        ("wait_citizen", _("chờ công dân bổ sung hồ sơ")),
        ("wait_unit", _("chờ đơn vị bổ sung")),
        ("apologize", _("xin lỗi và hẹn lại")),
        ("complaint_subprocess", _("giải quyết khiếu nại")),
    ]
    known = {name for name, _word in (*rows, *endings)} | {step.step_no for step in table.steps}
    others = dict.fromkeys(way.goto for way in table.branches if way.goto not in known)
    return [*rows, *endings, *((name, led(name)) for name in others)]


def led(goto: str) -> str:
    """Where a way leads that is neither a row nor one of the usual endings."""
    code = goto.removeprefix("call:")
    return _("quy trình %(code)s", code=code) if code != goto else goto


def shortened(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
