from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id


class FeedbackState(StrEnum):
    OPEN = "open"
    SETTLED = "settled"
    DECLINED = "declined"
    TAKEN = "taken"


class Feedback(Base):
    """What somebody who works by a version in force says of it, or of one of its steps (`element`).

    The unit that owns the procedure settles it with an `answer`, or takes it over as a remark of its next draft
    (`remark_id`).
    """

    __tablename__ = "feedback"
    __table_args__ = (Index("ix_feedback_version_id", "version_id"),)
    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime]
    element: Mapped[str]
    text: Mapped[str]
    state: Mapped[str]
    answer: Mapped[str]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    settled_at: Mapped[datetime | None]
    remark_id: Mapped[int | None] = mapped_column(ForeignKey("remark.id"))
