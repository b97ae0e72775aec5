"""Append-only history, hash-chained per stream, written in the transaction of what it tells."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.model.event import Event
from engine.model.event_private import EventPrivate

START = "0" * 64
CHAIN = "chain"
"""Key, with the stream, under which a session remembers the end of a chain that it prolongs."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened. `facts` are impersonal; `private` (names, notes) can be masked later."""

    kind: str
    by: Actor
    at: datetime
    occurred_at: datetime | None = None
    element: str | None = None
    task_id: int | None = None
    facts: Mapping[str, Any] | None = None
    private: Mapping[str, Any] | None = None


def instance_stream(instance_id: int) -> str:
    return f"instance:{instance_id}"


def record(session: Session, stream: str, happening: Happening) -> Event:
    """Append one event to a stream. The caller holds the guard of the stream (its instance or procedure row)."""
    number, previous = _last(session, stream)
    private = {"by": happening.by.name} | dict(happening.private or {})
    salt = secrets.token_hex(16)
    event = Event(
        stream=stream,
        number=number + 1,
        kind=happening.kind,
        actor_id=happening.by.id,
        element=happening.element,
        task_id=happening.task_id,
        facts=dict(happening.facts or {}),
        private_digest=digest(salt, private),
        occurred_at=happening.occurred_at or happening.at,
        recorded_at=happening.at,
        previous_hash=previous,
        hash="",
    )
    event.hash = event_hash(event)
    session.info[(CHAIN, stream)] = event.number, event.hash
    session.add(EventPrivate(event=event, salt=salt, facts=private))
    return event


def _last(session: Session, stream: str) -> tuple[int, str]:
    """Return number and hash of a stream's last event, as this transaction left it."""
    known: tuple[int, str] | None = session.info.get((CHAIN, stream))
    if known is not None:
        return known
    last = session.execute(
        select(Event.number, Event.hash).where(Event.stream == stream).order_by(Event.number.desc()).limit(1)
    ).first()
    return (last.number, last.hash) if last else (0, START)


def digest(salt: str, private: Mapping[str, Any]) -> str:
    """Return the salted digest under which personal facts enter the chain."""
    return hashlib.sha256((salt + _canonical(private)).encode()).hexdigest()


def event_hash(event: Event) -> str:
    """Return the hash of an event's row and of the one before it."""
    content = [
        event.previous_hash,
        event.stream,
        event.number,
        event.kind,
        event.actor_id,
        event.element,
        event.task_id,
        event.facts,
        event.private_digest,
        event.occurred_at.astimezone(UTC).isoformat(),
        event.recorded_at.astimezone(UTC).isoformat(),
    ]
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def first_break(session: Session, stream: str) -> int | None:
    """Return the number of the first event of a stream that does not fit its chain, or None."""
    previous, expected = START, 1
    rows = session.execute(
        select(Event, EventPrivate).outerjoin(EventPrivate).where(Event.stream == stream).order_by(Event.number)
    )
    for event, private in rows:
        masked = private is None
        fits = event.number == expected and event.previous_hash == previous and event.hash == event_hash(event)
        if not fits or not (masked or digest(private.salt, private.facts) == event.private_digest):
            return expected
        previous, expected = event.hash, expected + 1
    return None


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
