from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id


class Obligation(Base):
    """One thing that a plan demands: of whom, until when (the last day, inclusive)."""

    __tablename__ = "obligation"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)
    id: Mapped[Id]
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    number: Mapped[str]
    text: Mapped[str]
    who: Mapped[str]
    due_on: Mapped[date | None]
    yearly: Mapped[bool]
