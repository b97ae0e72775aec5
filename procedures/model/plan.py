from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id


class Plan(Base):
    """A plan of the town such as 122/KH-UBND: when units draft, when the leadership recognises. Days inclusive."""

    __tablename__ = "plan"
    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    year: Mapped[int] = mapped_column(unique=True)
    title: Mapped[str]
    issued_on: Mapped[date]
    drafting_from: Mapped[date]
    drafting_until: Mapped[date]
    recognition_from: Mapped[date]
    recognition_until: Mapped[date]
