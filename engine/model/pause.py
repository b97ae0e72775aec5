from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id


class Pause(Base):
    """A time in which a case's clock stands still, and what it stands still for. Open until `until_at` is filled in.

    `task_id` is the wait for the citizen or another agency; None where a way back was taken that pauses, until
    `element` opens again.  `mode` says what follows: `pause` goes on, `restart` counts from zero, `stop` never again.
    """

    __tablename__ = "pause"
    id: Mapped[Id]
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    element: Mapped[str]
    name: Mapped[str]
    mode: Mapped[str]
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
