"""Codes of procedures."""

from collections.abc import Collection, Sequence
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures.commands.create_procedure import CODE
from procedures.model.procedure import Procedure


def free_code(session: Session, unit: str, *, beside: Collection[str] = (), kind: str = "QT") -> str:
    """Return a unit's next code that nobody has taken and that is none of `beside`, such as `QT-QLDT-03`.

    `kind` is what it begins with: `QT`, or `VD` for an example.
    """
    start = f"{kind}-{unit}-"
    taken = {*beside, *session.scalars(select(Procedure.code).where(Procedure.code.startswith(start, autoescape=True)))}
    return next(code for number in count(1) if (code := f"{start}{number:02d}") not in taken)


def free_codes(session: Session, unit: str, wanted: Sequence[str]) -> list[str]:
    """Return a code for each procedure that comes in: its own where nobody has it, else the unit's next."""
    taken = set(session.scalars(select(Procedure.code).where(Procedure.code.in_(wanted))))
    given: list[str] = []
    for code in wanted:
        fits = CODE.fullmatch(code) and code not in taken and code not in given
        given.append(code if fits else free_code(session, unit, beside=[*given, *wanted]))
    return given
