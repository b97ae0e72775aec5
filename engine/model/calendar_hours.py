from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id, Json


class CalendarHours(Base):
    """The sessions of a unit (or of the town) from a day on, for a weekday or, where that is None, for ordinary days.

    `sessions` is {"sessions": [[opens, closes, counts], …]}.  Known as a `CalendarDay` is.
    """

    __tablename__ = "calendar_hours"
    id: Mapped[Id]
    unit_code: Mapped[str]
    from_on: Mapped[date]
    weekday: Mapped[int | None]
    sessions: Mapped[Json]
    source: Mapped[str]
    load_id: Mapped[int] = mapped_column(ForeignKey("calendar_load.id"))
    dropped_id: Mapped[int | None] = mapped_column(ForeignKey("calendar_load.id"))
