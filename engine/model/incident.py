from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id, Json


class Incident(Base):
    """Something the worker could not do; open until a person resolves it.

    `timer_id` is None once the timer no longer applies.
    """

    __tablename__ = "incident"
    id: Mapped[Id]
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), index=True)
    timer_id: Mapped[int | None] = mapped_column(ForeignKey("timer.id"))
    code: Mapped[str]
    facts: Mapped[Json]
    occurred_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
