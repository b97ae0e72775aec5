"""Open a procedure under its code, with its first draft."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bpmn.folding import normal, search_key
from engine.errors import Conflict, Invalid, NotAllowed
from procedures.access import drafts_for
from procedures.history import record
from procedures.model.procedure import Procedure
from procedures.model.unit import Unit
from procedures.queries.people import Person

CODE = re.compile(r"[\w.&-]{2,60}")
LONGEST_TITLE = 300
KINDS = ("tthc", "internal")


@dataclass(frozen=True, slots=True)
class NewProcedure:
    """What names a procedure. `unit` is the code of the unit that owns it; an `example` is there to learn with."""

    code: str
    title: str
    unit: str
    kind: str = "internal"
    example: bool = False


def create_procedure(session: Session, new: NewProcedure, *, by: Person, at: datetime) -> Procedure:
    """Open a procedure of one's own unit.

    Raises `Invalid` naming the field, `NotAllowed` for another unit, `Conflict` when the code is taken.
    """
    code, title = normal(new.code), normal(new.title)
    if not CODE.fullmatch(code):
        raise Invalid(field="code", value=code)
    if not 0 < len(title) <= LONGEST_TITLE:
        raise Invalid(field="title")
    if new.kind not in KINDS:
        raise Invalid(field="kind", value=new.kind, known=list(KINDS))
    unit = session.scalars(select(Unit).where(Unit.code == new.unit)).one_or_none()
    if unit is None:
        raise Invalid(field="unit", value=new.unit)
    if not drafts_for(by, unit.code):
        raise NotAllowed(unit=unit.code)
    if session.scalars(select(Procedure.id).where(Procedure.code == code)).one_or_none() is not None:
        raise Conflict(procedure=code, reason="code-taken")
    procedure = Procedure(
        code=code,
        title=title,
        search_key=search_key(f"{code} {title}"),
        kind=new.kind,
        field_of_work="",
        unit_id=unit.id,
        created_by=by.officer.id,
        created_at=at,
        example=new.example,
    )
    procedure.unit = unit
    session.add(procedure)
    try:
        session.flush()
    except IntegrityError as error:  # somebody took the code after we looked
        raise Conflict(procedure=code, reason="code-taken") from error
    record(session, procedure.id, "procedure-created", by=by.actor, at=at, facts={"code": code, "title": title})
    return procedure
