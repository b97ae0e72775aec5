from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base


class VersionEditor(Base):
    """An officer who edited a version, and may therefore neither appraise nor recognise it. Never deleted."""

    __tablename__ = "version_editor"
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    first_at: Mapped[datetime]
