from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id

UNFINISHED = text("finished_at IS NULL")


class CalendarLoad(Base):
    """One change of the working calendar: who loaded what, and how far the open deadlines have been counted anew.

    Cases up to `last_instance_id` have to be looked at, those up to `done_instance_id` have been; `changed` counts the
    cases in which a deadline moved. Finished with the last one.
    """

    __tablename__ = "calendar_load"
    __table_args__ = (Index("ix_calendar_load_open", "id", sqlite_where=UNFINISHED, postgresql_where=UNFINISHED),)
    id: Mapped[Id]
    document: Mapped[str]
    loaded_by: Mapped[int]
    loaded_at: Mapped[datetime]
    last_instance_id: Mapped[int]
    done_instance_id: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]
