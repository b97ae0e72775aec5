from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base


class CalendarYear(Base):
    """A year whose days off are known, with the document they come from. `revision` grows at every change.

    `load_id` is the load since which the year is known, 0 where that was not recorded.
    """

    __tablename__ = "calendar_year"
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str]
    revision: Mapped[int]
    loaded_at: Mapped[datetime]
    load_id: Mapped[int] = mapped_column(default=0)
