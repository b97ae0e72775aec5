"""The page on which a draft is edited: every cell as it would be typed, with what the gate says beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bpmn.convert import bpmn_to_table
from bpmn.document import read_document
from bpmn.editing import FIELDS, HEAD_FIELDS, field_text, head_text
from bpmn.errors import Unreadable
from bpmn.fiveclear import FiveClear, Step
from procedures.evidence import findings_of
from procedures.model.version import Version
from procedures.queries.catalogue import draft
from procedures.queries.draft_changes import to_redo, to_undo
from procedures.queries.people import Person, organisation
from procedures.queries.reviews import open_remarks
from web.languages import _, language
from web.present.findings import FindingLine, Row, finding_lines
from web.present.passing import passed_of
from web.present.pointing import Stop, cell_of, drawn, marks, ways


@dataclass(frozen=True, slots=True)
class WayRow:
    """A way out of a step: the condition, and a row's id or an ending."""

    condition: str
    to: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """A row of the editor. `cells` are the texts by field; `faults` what the gate says of this row, worst first.

    `longest`: it lies on the way that takes longest.
    """

    step: Step
    cells: Mapping[str, str]
    ways: Sequence[WayRow]
    faults: Sequence[FindingLine]
    longest: bool

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
    positions: Sequence[str]
    units: Sequence[str]
    outputs: Sequence[str]
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


def editor_view(session: Session, code: str, *, by: Person, at: datetime) -> EditorView:
    """Return the editor of a procedure's draft. Raises `NotFound` where there is none to see."""
    version = draft(session, code, by)
    read = read_document(version.source.encode())
    if read.document is None:
        raise Unreadable(read.findings)
    table = bpmn_to_table(read.document)
    found = findings_of(version.evidence)
    rows = {name: Row(step.id or "", step.step_no) for step in table.steps for name in (step.id, step.step_no) if name}
    lines = finding_lines(found, rows, language=language(), passed=passed_of(session, version, by=by))
    time = version.evidence.get("time") or {}
    longest = longest_of(time)
    town = organisation(session, at=at)
    return EditorView(
        version=version,
        head={name: head_text(table, name) for name in HEAD_FIELDS},
        rows=[step_row(table, step, lines, longest) for step in table.steps],
        targets=targets(table),
        findings=lines,
        ways=ways(found, read.document),
        drawn=drawn(read.document),
        time=time,
        remarks=open_remarks(session, version),
        may_undo=to_undo(session, version, by.officer.id) is not None,
        may_redo=to_redo(session, version, by.officer.id) is not None,
        positions=sorted({position.name for unit in town.units for position in unit.positions}),
        units=[unit.name for unit in town.units],
        outputs=sorted({step.output for step in table.steps if step.output}),
        forms=sorted({form for step in table.steps for form in step.forms}),
    )


def longest_of(time: Mapping[str, Any]) -> Sequence[str]:
    """The elements of the way that takes longest; none where no time could be reckoned."""
    known = any(time.get(name) is not None for name in ("path_minutes", "path_days"))
    return time.get("critical_path") or [] if known else []


def step_row(table: FiveClear, step: Step, lines: Sequence[FindingLine], longest: Sequence[str]) -> StepRow:
    told = [each for line in lines for each in (line, *line.others) if each.element == step.id]
    return StepRow(
        step,
        {name: field_text(step, name) for name in FIELDS},
        ways_of(table, step),
        sorted(told, key=by_weight),
        step.id in longest,
    )


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
        ("end_rejected", _("kết thúc: từ chối hồ sơ")),
        ("end_1", _("kết thúc quy trình")),
        ("wait_citizen", _("chờ công dân bổ sung hồ sơ")),
        ("wait_unit", _("chờ đơn vị bổ sung")),
        ("apologize", _("xin lỗi và hẹn lại")),
    ]
    known = {name for name, _word in (*rows, *endings)} | {step.step_no for step in table.steps}
    others = dict.fromkeys(way.goto for way in table.branches if way.goto not in known)
    return [*rows, *endings, *((name, name) for name in others)]


def shortened(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
