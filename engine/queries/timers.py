"""Timers that are due, found without loading any case."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from engine.model.incident import Incident
from engine.model.timer import Timer

MAX_ATTEMPTS = 3
"""After so many a timer rests until a person resolves its incident."""


def next_due(session: Session, *, at: datetime) -> Timer | None:
    """Return the timer that has waited longest, locked against other workers; None when nothing is due."""
    return session.scalars(
        select(Timer)
        .where(Timer.fired_at.is_(None), Timer.held.is_(False), Timer.wake_at <= at, Timer.attempts < MAX_ATTEMPTS)
        .order_by(Timer.wake_at, Timer.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()


def next_given_up(session: Session, *, at: datetime) -> Timer | None:
    """Return a timer whose last attempt ended without a word, as when its worker was killed, and that has no incident.

    Locked against other workers.
    """
    told = exists().where(Incident.timer_id == Timer.id)
    return session.scalars(
        select(Timer)
        .where(
            Timer.fired_at.is_(None), Timer.held.is_(False), Timer.wake_at <= at, Timer.attempts >= MAX_ATTEMPTS, ~told
        )
        .order_by(Timer.wake_at, Timer.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
