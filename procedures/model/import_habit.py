from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id


class ImportHabit(Base):
    """What a unit means by a column's header, as one of its officers last said.

    `header` is folded; `field` is empty for a column that holds no field; `time_unit` is that of bare numbers below it.
    """

    __tablename__ = "import_habit"
    __table_args__ = (UniqueConstraint("unit_id", "header"),)
    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    header: Mapped[str]
    field: Mapped[str]
    time_unit: Mapped[str | None]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime]
