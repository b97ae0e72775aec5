from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id, Json


class TrialKind(StrEnum):
    STEPS = "steps"
    SIMULATION = "simulation"


class Trial(Base):
    """A try-out that somebody kept, bound to exactly the content that was tried. Never changes.

    `facts`: what was supposed and what came out, as told by who kept it.
    """

    __tablename__ = "trial"
    __table_args__ = (Index("ix_trial_version_id", "version_id"),)
    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime]
    sha256: Mapped[str]
    kind: Mapped[str]
    facts: Mapped[Json]
