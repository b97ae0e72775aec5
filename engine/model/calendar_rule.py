from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id


class CalendarRule(Base):
    """How a unit (or the town) counts from a day on: steps and limits, by `hour` or by `day`. Known as a `CalendarDay`.

    `leadership_days`: after so many working days beyond its due the leadership hears of a task.
    """

    __tablename__ = "calendar_rule"
    id: Mapped[Id]
    unit_code: Mapped[str]
    from_on: Mapped[date]
    steps: Mapped[str]
    limits: Mapped[str]
    leadership_days: Mapped[int]
    source: Mapped[str]
    load_id: Mapped[int] = mapped_column(ForeignKey("calendar_load.id"))
    dropped_id: Mapped[int | None] = mapped_column(ForeignKey("calendar_load.id"))
