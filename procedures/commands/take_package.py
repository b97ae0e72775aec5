"""Take the procedures of an exchange package in, as drafts of one's own unit."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bpmn.document import read_document
from engine.errors import Invalid
from procedures.commands.copy_procedure import Beginning, Model, begun, copy_procedure
from procedures.commands.create_procedure import KINDS, NewProcedure
from procedures.errors import Unclear
from procedures.evidence import Gate
from procedures.exchange import Package, Packed
from procedures.model.procedure import Procedure
from procedures.queries.codes import free_codes
from procedures.queries.people import Person


def chosen(package: Package, only: str = "") -> Sequence[Packed]:
    """Return the procedures of a package that are wanted: one by its code, or all. Raises `Invalid`."""
    found = [each for each in package.procedures if only in ("", each.code)]
    if not found:
        raise Invalid(field="only", value=only)
    return found


def unpacked(procedures: Sequence[Packed], from_town: str, new: Sequence[NewProcedure], gate: Gate) -> list[Beginning]:
    """Return first drafts under the names that they get here. Costs time: outside any transaction.

    Raises `Invalid` for an unknown unit, `Unclear` for a diagram that cannot be read.
    """
    return [_beginning(packed, from_town, name, gate) for packed, name in zip(procedures, new, strict=True)]


def names_for(session: Session, procedures: Sequence[Packed], unit: str) -> list[NewProcedure]:
    """Return how procedures will be called here, as drafts of a unit; a code that is taken becomes the unit's next."""
    codes = free_codes(session, unit, [packed.code for packed in procedures])
    return [
        NewProcedure(
            code=code,
            title=packed.title or packed.code or code,
            unit=unit,
            kind=packed.kind if packed.kind in KINDS else "internal",
        )
        for code, packed in zip(codes, procedures, strict=True)
    ]


def take_package(session: Session, drafts: Sequence[Beginning], *, by: Person, at: datetime) -> Sequence[Procedure]:
    """Open a procedure for each. Raises what `copy_procedure` raises; then nothing is stored."""
    return [copy_procedure(session, each, by=by, at=at) for each in drafts]


def _beginning(packed: Packed, from_town: str, new: NewProcedure, gate: Gate) -> Beginning:
    reading = read_document(packed.source)
    if reading.document is None:
        raise Unclear(reading.findings)
    giver = next((each for each in gate.organisation.units if each.name == packed.unit_name), None)
    origin = {
        "kind": "package",
        "town": from_town,
        "unit": packed.unit_name,
        "code": packed.code,
        "title": packed.title,
        "number": packed.number,
        "decision": packed.decision,
        "signed_on": packed.signed_on,
        "sha256": packed.sha256,
    }
    model = Model(reading.document, giver.code if giver else "", packed.unit_name, origin)
    return begun(model, new, gate)
