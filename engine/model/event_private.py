from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.database import Base, Json
from engine.model.event import Event


class EventPrivate(Base):
    """The personal part of an event (names, notes). May be masked: the chain stays verifiable."""

    __tablename__ = "event_private"
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    salt: Mapped[str]
    facts: Mapped[Json]
    event: Mapped[Event] = relationship(lazy="raise")
