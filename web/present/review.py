"""The page on which a version is gone through step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bpmn.convert import bpmn_to_table
from bpmn.document import read_document
from bpmn.editing import field_text
from bpmn.errors import Unreadable
from bpmn.fiveclear import FiveClear, Step
from procedures.access import drafts_for, visible_version
from procedures.model.remark import Remark
from procedures.model.version import Stage, Version
from procedures.performers import named_units
from procedures.queries.people import Person, organisation, valid_units
from procedures.queries.reviews import Discussion, discussion
from web.languages import _l
from web.present.version import ways_of
from web.present.ways import Way

CELLS: Mapping[str, object] = {
    "name": _l("tên công việc"),
    "position": _l("người thực hiện"),
    "unit": _l("đơn vị"),
    "time": _l("thời gian"),
    "responsibility": _l("trách nhiệm"),
    "output": _l("kết quả"),
    "description": _l("mô tả"),
    "note": _l("ghi chú"),
}
"""The cells that a suggestion can be about."""


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Everything that the page shows. `now` tells what stands in a cell that a suggestion is about.

    `named` are the other units that perform or support a step, `units` the rest, by code and name.
    """

    version: Version
    table: FiveClear
    ways: Mapping[str, Sequence[Way]]
    said: Discussion
    named: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str]]
    writes: bool
    asked_here: bool

    def now(self, remark: Remark) -> str:
        step = next((step for step in self.table.steps if step.id == remark.element), None)
        return field_text(step, remark.field) if step and remark.field else ""

    def number(self, element: str) -> str:
        return next((step.step_no for step in self.table.steps if step.id == element), "")

    def cells(self, step: Step) -> Mapping[str, str]:
        """The cells of a step as they would be typed."""
        return {name: field_text(step, name) for name in CELLS}

    @property
    def asked_units(self) -> frozenset[str]:
        """The units that were asked already."""
        return frozenset(each.consultation.unit.code for each in self.said.asked)

    @property
    def read(self) -> int:
        """How many steps the reader has gone through."""
        return len(self.said.seen)

    @property
    def applicable(self) -> bool:
        """Whether suggestions can be applied here: by those who write, while it is a draft."""
        return self.writes and self.version.stage == Stage.DRAFT


def review_view(session: Session, code: str, number: int, *, by: Person, at: datetime) -> ReviewView:
    """Return the review of a version. Raises `NotFound` also when the caller may not see it."""
    version = visible_version(session, code, number, by)
    document = read_document(version.source.encode())
    if document.document is None:
        raise Unreadable(document.findings)
    table = bpmn_to_table(document.document)
    said = discussion(session, version, table, by=by, at=at)
    own = version.procedure.unit.code
    waiting = {
        each.consultation.unit.code for each in said.asked if each.consultation.opinion is None and not each.silent
    }
    named = named_units(table, organisation(session, at=at), own)
    others = [(unit.code, unit.name) for unit in valid_units(session, at=at) if unit.code != own]
    return ReviewView(
        version=version,
        table=table,
        ways=ways_of(document.document),
        said=said,
        named=[unit for unit in others if unit[0] in named],
        units=[unit for unit in others if unit[0] not in named],
        writes=drafts_for(by, own),
        asked_here=bool(waiting & by.unit_codes),
    )
