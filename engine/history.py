"""Append-only history, hash-chained per stream, written in the transaction of what it tells."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.database import JsonText
from engine.model.event import Event
from engine.model.event_private import EventPrivate
from engine.prepared import Prepared

START = "0" * 64
INSTANCE = "instance:"
"""What the streams of cases begin with."""

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
    return f"{INSTANCE}{instance_id}"


def record(session: Session, stream: str, happening: Happening) -> Event:
    """Append one event to a stream. The caller holds the guard of the stream (its instance or procedure row)."""
    number, previous = _last(session, stream)
    values, private = _rows(happening, stream, number + 1, previous=previous)
    event = Event(**values)
    session.info[(CHAIN, stream)] = event.number, event.hash
    session.add(EventPrivate(event=event, **private))
    return event


EVENT = (
    *("stream", "number", "kind", "actor_id", "element", "task_id", "facts", "private_digest"),
    *("occurred_at", "recorded_at", "previous_hash", "hash"),
)
NEW_EVENT = Prepared(insert(Event).inline().values({name: bindparam(name) for name in EVENT}))
NEW_PRIVATE = Prepared(
    insert(EventPrivate)
    .inline()
    .values(
        event_id=select(Event.id)
        .where(Event.stream == bindparam("of"), Event.number == bindparam("at"))
        .scalar_subquery(),
        salt=bindparam("salt"),
        facts=bindparam("facts"),
    )
)


def append(session: Session, stream: str, happenings: Sequence[Happening]) -> None:
    """Append several events to a stream, as `record` does one, in two statements."""
    if not happenings:
        return
    number, previous = _last(session, stream)
    events, privates = [], []
    for happening in happenings:
        number += 1
        values, private = _rows(happening, stream, number, previous=previous)
        previous = values["hash"]
        events.append(values | {"facts": JsonText(_canonical(values["facts"]))})
        privates.append({"of": stream, "at": number, **private, "facts": JsonText(_canonical(private["facts"]))})
    connection = session.connection()
    NEW_EVENT.write_all(connection, events)
    NEW_PRIVATE.write_all(connection, privates)
    session.info[(CHAIN, stream)] = number, previous


def _rows(happening: Happening, stream: str, number: int, *, previous: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the columns of an event, its hash among them, and those of its private part."""
    private = {"by": happening.by.name} | dict(happening.private or {})
    salt = secrets.token_hex(16)
    values: dict[str, Any] = {
        "stream": stream,
        "number": number,
        "kind": happening.kind,
        "actor_id": happening.by.id,
        "element": happening.element,
        "task_id": happening.task_id,
        "facts": dict(happening.facts or {}),
        "private_digest": digest(salt, private),
        "occurred_at": happening.occurred_at or happening.at,
        "recorded_at": happening.at,
        "previous_hash": previous,
    }
    return values | {"hash": row_hash(values)}, {"salt": salt, "facts": private}


def remember_end(session: Session, stream: str, number: int, end: str) -> None:
    """Tell the session where a stream ends, read under the stream's guard, so that it need not look again."""
    session.info[(CHAIN, stream)] = number, end


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


HASHED = ("previous_hash", "stream", "number", "kind", "actor_id", "element", "task_id", "facts", "private_digest")


def event_hash(event: Event) -> str:
    """Return the hash of an event's row and of the one before it."""
    return row_hash({name: getattr(event, name) for name in (*HASHED, "occurred_at", "recorded_at")})


def row_hash(row: Mapping[str, Any]) -> str:
    """Return the hash of an event's row given as columns by name."""
    moments = (row[name].astimezone(UTC).isoformat() for name in ("occurred_at", "recorded_at"))
    return hashlib.sha256(_canonical([*(row[name] for name in HASHED), *moments]).encode()).hexdigest()


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


_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def _canonical(value: object) -> str:
    return _encoder.encode(value)
