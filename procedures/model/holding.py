from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.database import Base, Id
from procedures.model.officer import Officer
from procedures.model.position import Position


class Holding(Base):
    """An officer holds a position from a day until a day, both inclusive."""

    __tablename__ = "holding"
    id: Mapped[Id]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    officer: Mapped[Officer] = relationship(lazy="raise")
    position: Mapped[Position] = relationship(lazy="raise")
