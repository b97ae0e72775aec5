from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base


class CalendarYear(Base):
    """A year whose days off are known, with the document they come from. `revision` grows at every change."""

    __tablename__ = "calendar_year"
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str]
    revision: Mapped[int]
    loaded_at: Mapped[datetime]
