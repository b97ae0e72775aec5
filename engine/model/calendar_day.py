from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base


class CalendarDay(Base):
    """A day that differs from the week's rule: a day off, or a Saturday that is worked."""

    __tablename__ = "calendar_day"
    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    name: Mapped[str]
