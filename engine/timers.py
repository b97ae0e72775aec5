"""Timers that no longer apply."""

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from engine.model.incident import Incident
from engine.model.timer import Timer


def take_back(session: Session, which: ColumnElement[bool]) -> None:
    """Delete timers that have not fired; an incident that one of them caused stays, without its timer."""
    gone = (Timer.fired_at.is_(None), which)
    told = Incident.timer_id.in_(select(Timer.id).where(*gone))
    session.execute(update(Incident).where(told).values(timer_id=None).execution_options(synchronize_session="fetch"))
    session.execute(delete(Timer).where(*gone).execution_options(synchronize_session="fetch"))
