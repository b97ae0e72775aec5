from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id


class Waiver(Base):
    """A leader lets one error of the gate pass, with a reason, in exactly one content of a version. Never changes.

    `element` is where the finding stands, empty for one that concerns the whole file.
    """

    __tablename__ = "waiver"
    __table_args__ = (UniqueConstraint("version_id", "sha256", "code", "element"),)
    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    sha256: Mapped[str]
    code: Mapped[str]
    element: Mapped[str]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    reason: Mapped[str]
    given_at: Mapped[datetime]
