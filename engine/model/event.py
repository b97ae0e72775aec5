from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from engine.database import Base, Id, Json


class Event(Base):
    """One thing that happened, in the past tense (`task-completed`). Append-only.

    `stream` is `instance:<id>` or `procedure:<id>`; within it `number` counts from 1 and `hash` covers the row and the
    hash before it.  What is personal lies in `event_private` and enters the hash as a salted digest.
    """

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("stream", "number"), Index("ix_event_actor_id", "actor_id"))
    id: Mapped[Id]
    stream: Mapped[str]
    number: Mapped[int]
    kind: Mapped[str]
    actor_id: Mapped[int]
    element: Mapped[str | None]
    task_id: Mapped[int | None]
    facts: Mapped[Json]
    private_digest: Mapped[str]
    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    previous_hash: Mapped[str]
    hash: Mapped[str]
