from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id


class Decision(Base):
    """A recognition decision: its number, day and signer. Numbers run within a year (NĐ 30/2020, Điều 15)."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("year", "number"),)
    id: Mapped[Id]
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    number: Mapped[str]
    year: Mapped[int]
    signed_on: Mapped[date]
    signer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    early_reason: Mapped[str | None]
    recorded_at: Mapped[datetime]
