from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.database import Base, Id
from procedures.model.unit import Unit


class Consultation(Base):
    """A unit is asked about a version. Who does not answer by `due_at` agrees by silence.

    The answer is bound to the content that was read.
    """

    __tablename__ = "consultation"
    __table_args__ = (UniqueConstraint("version_id", "unit_id"),)
    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    answered_at: Mapped[datetime | None]
    opinion: Mapped[str | None]
    text: Mapped[str]
    sha256: Mapped[str]
    unit: Mapped[Unit] = relationship(lazy="raise")
