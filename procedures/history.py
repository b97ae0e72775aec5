"""The history of a procedure: its own stream."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.errors import NotFound
from engine.history import Happening
from engine.history import record as record_event
from procedures.model.procedure import Procedure


def procedure_stream(procedure_id: int) -> str:
    return f"procedure:{procedure_id}"


def hold_procedure(session: Session, procedure_id: int) -> Procedure:
    """Take the guard of a procedure: nobody else changes its versions until the transaction ends."""
    procedure = session.scalars(
        select(Procedure)
        .where(Procedure.id == procedure_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if procedure is None:
        raise NotFound(procedure=procedure_id)
    return procedure


def record(session: Session, procedure_id: int, kind: str, *, by: Actor, at: datetime, **rest: Any) -> None:
    """Append to a procedure's history. The caller holds the procedure."""
    record_event(session, procedure_stream(procedure_id), Happening(kind, by, at, **rest))
