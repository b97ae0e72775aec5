from datetime import date

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id

KNOWN = text("dropped_id IS NULL")


class CalendarDay(Base):
    """A day that differs from the week's rule: a day off, or one that is worked to make up for another.

    Of one unit, or of the town (`unit_code` empty).  Known from the load `load_id` until the load `dropped_id`, which
    alone may be filled in: what was known stays.
    """

    __tablename__ = "calendar_day"
    __table_args__ = (
        Index("ix_calendar_day_known", "unit_code", "day", unique=True, sqlite_where=KNOWN, postgresql_where=KNOWN),
    )
    id: Mapped[Id]
    unit_code: Mapped[str]
    day: Mapped[date]
    working: Mapped[bool]
    name: Mapped[str]
    replaces: Mapped[date | None]
    source: Mapped[str]
    load_id: Mapped[int] = mapped_column(ForeignKey("calendar_load.id"))
    dropped_id: Mapped[int | None] = mapped_column(ForeignKey("calendar_load.id"))
