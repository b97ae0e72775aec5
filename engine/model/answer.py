from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from engine.database import Base, Id, Json


class Answer(Base):
    """The answer given to a request with an idempotency key; the same request gets it again.

    Empty only within the transaction that takes the key; never changes afterwards.
    """

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("actor_id", "key"),)
    id: Mapped[Id]
    actor_id: Mapped[int]
    key: Mapped[str]
    fingerprint: Mapped[str]
    answer: Mapped[Json]
    recorded_at: Mapped[datetime]
