"""Keep a file until it is a draft, with what was said about it meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload, undefer

from engine.errors import NotAllowed, NotFound
from procedures.access import drafts_for, visible_procedure
from procedures.model.import_file import ImportFile
from procedures.model.procedure import Procedure
from procedures.queries.codes import free_code
from procedures.queries.people import Person

KEPT = timedelta(days=7)
MOST = 5  # files of one officer; the oldest goes
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as it came. `procedure` is the code of the one whose draft it is to change, empty for a new one."""

    name: str
    data: bytes
    procedure: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


def bring_file(session: Session, brought: Brought, *, by: Person, at: datetime) -> ImportFile:
    """Keep a file, and let go of those that nobody came back to.

    Raises `NotFound` and `NotAllowed` for a procedure that is not of one's unit, `NotAllowed` for who drafts nowhere.
    """
    procedure = visible_procedure(session, brought.procedure, by) if brought.procedure else None
    unit = procedure.unit.code if procedure else brought.answers.get("unit", "")
    if (procedure or unit) and not drafts_for(by, unit):
        raise NotAllowed(unit=unit)
    session.execute(delete(ImportFile).where(ImportFile.received_at < at - KEPT))
    own = select(ImportFile.id).where(ImportFile.officer_id == by.officer.id).order_by(ImportFile.id.desc())
    session.execute(delete(ImportFile).where(ImportFile.id.in_(session.scalars(own).all()[MOST - 1 :])))
    file = ImportFile(
        officer_id=by.officer.id,
        procedure_id=procedure.id if procedure else None,
        name=brought.name[:LONGEST_NAME],
        data=brought.data,
        received_at=at,
        mapping=None,
        answers=dict(brought.answers),
    )
    session.add(file)
    session.flush()
    return file


def brought_file(session: Session, file_id: int, *, by: Person, at: datetime) -> ImportFile:
    """Return an officer's own file with its bytes. Raises `NotFound`, also for another's and for one kept too long."""
    file = session.scalars(
        select(ImportFile)
        .where(ImportFile.id == file_id, ImportFile.officer_id == by.officer.id, ImportFile.received_at >= at - KEPT)
        .options(undefer(ImportFile.data))
    ).one_or_none()
    if file is None:
        raise NotFound(file=file_id)
    return file


def procedure_of(session: Session, file: ImportFile) -> Procedure | None:
    """Return the procedure whose draft a file is to change, with its unit; None for a new one."""
    if file.procedure_id is None:
        return None
    return session.scalars(
        select(Procedure).where(Procedure.id == file.procedure_id).options(joinedload(Procedure.unit))
    ).one()


def note_reading(
    session: Session, file_id: int, mapping: str | None, answers: Mapping[str, str], *, by: Person, at: datetime
) -> None:
    """Keep how a file is to be read, and what was typed. Raises `NotFound`."""
    file = brought_file(session, file_id, by=by, at=at)
    file.mapping = mapping
    file.answers = dict(file.answers) | dict(answers)
    session.flush()


def aim(session: Session, file_id: int, code: str | None, *, by: Person, at: datetime) -> ImportFile:
    """Let a file change the draft of a procedure, or of none: then it becomes a new one, under a code of its own.

    Raises `NotFound` and `NotAllowed` as `bring_file` does.
    """
    file = brought_file(session, file_id, by=by, at=at)
    before = procedure_of(session, file)
    procedure = None if code is None else visible_procedure(session, code, by)
    if procedure is not None and not drafts_for(by, procedure.unit.code):
        raise NotAllowed(procedure=procedure.code)
    file.procedure_id = procedure.id if procedure else None
    kept = {key: text for key, text in file.answers.items() if key not in ("revision", "code")}
    unit = before.unit.code if before else kept.get("unit", "")
    file.answers = kept if procedure else kept | {"unit": unit, "code": free_code(session, unit)}
    session.flush()
    return file


def let_go(session: Session, file_id: int, *, by: Person, at: datetime) -> None:
    """Forget a file. Raises `NotFound`."""
    session.delete(brought_file(session, file_id, by=by, at=at))
    session.flush()
