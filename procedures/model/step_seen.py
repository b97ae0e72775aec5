from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base


class StepSeen(Base):
    """A reader has gone through a step. `digest` is of what the step said then: a changed step is to be read again."""

    __tablename__ = "step_seen"
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    element: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    at: Mapped[datetime]
