"""Broadcast a signal from outside to all cases of the town that wait for it."""

from datetime import datetime

from sqlalchemy.orm import Session

from engine.actor import SYSTEM, Actor
from engine.errors import Invalid, NotAllowed
from engine.signals import send


def broadcast_signal(session: Session, signal: str, *, by: Actor, at: datetime) -> int:
    """Let every place that waits for a signal of this name hear it; return how many there are.

    The worker tells each case in a transaction of its own.  The leadership may.
    """
    if by != SYSTEM and not by.commands:
        raise NotAllowed(signal=signal)
    if not signal.strip():
        raise Invalid(field="signal")
    return send(session, signal, at=at)
