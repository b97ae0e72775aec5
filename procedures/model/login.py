from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id


class Login(Base):
    """A signed-in browser. Only the hash of its secret is kept; deleting the row ends it at once."""

    __tablename__ = "login"
    id: Mapped[Id]
    secret_hash: Mapped[str] = mapped_column(unique=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
