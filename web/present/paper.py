"""A version on paper: what the catalogue knows of it, for its cover."""

from datetime import datetime

from sqlalchemy.orm import Session

from bpmn.convert import bpmn_to_table
from bpmn.document import read_document
from bpmn.errors import Unreadable
from bpmn.paper import DRAFT, Cover, printed
from procedures.model.decision import Decision
from procedures.model.unit import UnitKind
from procedures.model.version import Stage, Version
from procedures.queries.people import local_day, valid_units

MARKS = {Stage.IN_FORCE: "", Stage.SUPERSEDED: "Đã được thay thế", Stage.WITHDRAWN: "Đã bãi bỏ"}
"""What a paper says of its worth; of any other stage that it is a draft. Papers are written in Vietnamese."""


def cover_of(session: Session, version: Version, *, at: datetime) -> Cover:
    """The cover of a version whose procedure, unit and decision are loaded."""
    own = version.procedure.unit
    leading = next((unit for unit in valid_units(session, at=at) if unit.kind == UnitKind.LEADERSHIP), None)
    above = leading.name if leading is not None and leading.id != own.id else ""
    return Cover(
        authority=above,
        unit=own.name,
        version=version.number,
        mark=MARKS.get(Stage(version.stage), DRAFT),
        decision=decided(version.decision, leading.name if leading else "") if version.decision else "",
        on=local_day(version.in_force_at or version.saved_at),
    )


def decided(decision: Decision, body: str) -> str:
    """The decision that a recognised procedure belongs to, as stands below its title."""
    day = decision.signed_on
    number = decision.number if "/" in decision.number else f"{decision.number}/QĐ-UBND"
    dated = f"Kèm theo Quyết định số {number} ngày {day.day:02} tháng {day.month:02} năm {day.year}"
    return f"{dated} của {body}" if body else dated


def pdf(source: str, cover: Cover) -> bytes:
    """The paper of a source. Raises `Unreadable`."""
    reading = read_document(source.encode())
    if reading.document is None or not reading.document.processes:
        raise Unreadable(reading.findings)
    return printed(bpmn_to_table(reading.document), reading.document, cover)
