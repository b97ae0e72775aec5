from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id


class Opinion(StrEnum):
    AGREE = "agree"
    CHANGE = "change"


class Review(Base):
    """What somebody says of a whole version, bound to exactly the content that he read. Never changes."""

    __tablename__ = "review"
    __table_args__ = (Index("ix_review_version_id", "version_id"),)
    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    opinion: Mapped[str]
    reason: Mapped[str]
    sha256: Mapped[str]
    given_at: Mapped[datetime]
