from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id


class RemarkState(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"
    APPLIED = "applied"
    DECLINED = "declined"


class Remark(Base):
    """A comment on a version, on one of its steps, or an answer to another remark.

    A suggestion also names a cell of the step (`field`) and the text that it proposes; `before` is what stood there.
    """

    __tablename__ = "remark"
    __table_args__ = (Index("ix_remark_version_id", "version_id"),)
    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    answers: Mapped[int | None] = mapped_column(ForeignKey("remark.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime]
    element: Mapped[str]
    field: Mapped[str]
    before: Mapped[str]
    proposal: Mapped[str | None]
    text: Mapped[str]
    state: Mapped[str]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    settled_at: Mapped[datetime | None]
