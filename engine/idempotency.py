"""One effect for one idempotency key: the same request gets the same answer again."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.errors import Invalid, KeyReused
from engine.model.answer import Answer

LONGEST = 200  # characters of a key


def fingerprint(*request: object) -> str:
    """Return what tells one request from another."""
    return hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()


def remembered(session: Session, key: str, *, by: Actor, request: str, at: datetime) -> Mapping[str, Any] | None:
    """Take the key, then return the answer that this request got before, or None: the caller answers and remembers.

    The key is held until the transaction ends, so that the same request sent twice at once waits for its own answer.
    Raises `KeyReused` when the key came with another request.
    """
    if not 0 < len(key) <= LONGEST:
        raise Invalid(field="Idempotency-Key")
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    mine = insert(Answer).values(actor_id=by.id, key=key, fingerprint=request, answer={}, recorded_at=at)
    session.execute(mine.on_conflict_do_nothing())
    found = session.scalars(select(Answer).where(Answer.actor_id == by.id, Answer.key == key)).one()
    if found.fingerprint != request:
        raise KeyReused(key=key)
    return found.answer or None


def remember(session: Session, key: str, answer: Mapping[str, Any], *, by: Actor) -> None:
    """Keep an answer in the transaction of its effect, under a key that `remembered` took."""
    session.execute(update(Answer).where(Answer.actor_id == by.id, Answer.key == key).values(answer=dict(answer)))
