from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id


class Verdict(StrEnum):
    ACCEPT = "accept"
    RETURN = "return"


class Appraisal(Base):
    """A verdict on exactly one content of a version. Never changes."""

    __tablename__ = "appraisal"
    __table_args__ = (Index("ix_appraisal_version_id", "version_id"),)
    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    verdict: Mapped[str]
    reason: Mapped[str]
    sha256: Mapped[str]
    given_at: Mapped[datetime]
