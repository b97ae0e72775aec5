"""Open a procedure of one's own unit from a document that exists: of this library, of a package, or of one row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from bpmn.convert import bpmn_to_table, merge_table, table_to_bpmn
from bpmn.document import Document, read_document
from bpmn.fiveclear import FiveClear, Step
from bpmn.heading import Heading
from engine.errors import Invalid
from procedures.commands.create_procedure import NewProcedure, create_procedure
from procedures.commands.save_draft import Change, Draft, save_draft
from procedures.copying import Seat, Taking, taken_over
from procedures.errors import Unclear
from procedures.evidence import Gate
from procedures.model.procedure import Procedure
from procedures.queries.people import Person
from procedures.uploads import Upload, of_source, under


@dataclass(frozen=True, slots=True)
class Model:
    """A document to start from. `unit` is the code of its unit here, empty for one of elsewhere.

    `origin` is what the copy keeps of where it came from.
    """

    document: Document
    unit: str = ""
    unit_name: str = ""
    origin: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A first draft that is ready to be saved, and what became of the giver's performers."""

    new: NewProcedure
    upload: Upload
    seats: Sequence[Seat] = ()
    origin: Mapping[str, object] = field(default_factory=dict)


def begun(model: Model, new: NewProcedure, gate: Gate) -> Beginning:
    """Return the copy under its new name, with the people of its new unit. Costs time: outside any transaction.

    Raises `Invalid` for a unit that is not there, `Unclear` for a document that cannot be read.
    """
    town = gate.organisation
    taker = town.unit(new.unit)
    if taker is None:
        raise Invalid(field="unit", value=new.unit)
    table = bpmn_to_table(model.document)
    seats: Sequence[Seat] = ()
    if model.unit != new.unit:
        table, seats = taken_over(table, Taking(town, town.unit(model.unit), taker, model.unit_name))
    named = replace(table, code=new.code, title=new.title, kind=new.kind, unit_code=taker.code, unit_name=taker.name)
    upload = of_source(merge_table(model.document, named), gate)
    heading = Heading(new.code, new.title, new.kind, taker.code, taker.name)
    return Beginning(new, under(upload, heading, gate), seats, model.origin)


def empty() -> Model:
    """A table of one row that is to be filled in."""
    reading = read_document(table_to_bpmn(FiveClear(title="", steps=(Step(step_no="1", name=""),))))
    if reading.document is None:
        raise Unclear(reading.findings)
    return Model(reading.document)


def copy_procedure(session: Session, beginning: Beginning, *, by: Person, at: datetime) -> Procedure:
    """Open the procedure with its first draft. Raises what `create_procedure` and `save_draft` raise."""
    procedure = create_procedure(session, beginning.new, by=by, at=at)
    change = Change(facts={"origin": dict(beginning.origin)} if beginning.origin else {})
    draft = Draft(beginning.upload.source, beginning.upload.evidence, change=change)
    save_draft(session, procedure.code, draft, by=by, at=at)
    return procedure
