from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id


class UnitKind(StrEnum):
    LEADERSHIP = "leadership"
    DEPARTMENT = "department"
    DESK = "desk"  # a part of a department with its own name, such as the one-stop desk
    WARD = "ward"


class Unit(Base):
    """A unit of the town: department, desk, ward. Valid from a day until a day, both inclusive."""

    __tablename__ = "unit"
    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
