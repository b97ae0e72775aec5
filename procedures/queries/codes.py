"""Codes of procedures."""

from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures.model.procedure import Procedure


def free_code(session: Session, unit: str) -> str:
    """Return a unit's next code that nobody has taken, such as `QT-QLDT-03`."""
    start = f"QT-{unit}-"
    taken = set(session.scalars(select(Procedure.code).where(Procedure.code.startswith(start, autoescape=True))))
    return next(code for number in count(1) if (code := f"{start}{number:02d}") not in taken)
