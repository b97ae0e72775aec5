from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id


class LoginLink(Base):
    """A link that signs an officer in, once, within its time. Only the hash of its secret is kept."""

    __tablename__ = "login_link"
    id: Mapped[Id]
    secret_hash: Mapped[str] = mapped_column(unique=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
