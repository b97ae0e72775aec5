from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.database import Base, Id
from procedures.model.unit import Unit


class Position(Base):
    """A position of a unit. `key` is what the engine knows it by (`QLDT/truong-phong`); `head` leads the unit."""

    __tablename__ = "position"
    __table_args__ = (UniqueConstraint("unit_id", "name"),)
    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    head: Mapped[bool]
    unit: Mapped[Unit] = relationship(lazy="raise")
