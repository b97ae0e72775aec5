from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id


class TimerKind(StrEnum):
    EVENT = "event"  # a timer event of the model
    REMINDER = "reminder"  # a task's own reminder before its due
    OVERDUE = "overdue"  # the task's due: the head of its unit is told
    LEADERSHIP = "leadership"  # some working days after it: the leadership is told
    LIMIT = "limit"  # a working day before the statutory due of the case
    SIGNAL = "signal"  # a signal of another case or from outside, to be heard at once


WAITING = text("fired_at IS NULL")


class Timer(Base):
    """A moment at which an instance must be woken: due at `due_at`, tried next at `wake_at` (later after a failure).

    `attempts` counts when the timer is taken, not when it fails: a timer that kills its worker counts too.  A timer
    that no longer applies is deleted.  `held`: the clock of its case stands still, it does not fire.
    """

    __tablename__ = "timer"
    __table_args__ = (
        Index("ix_timer_wake", "wake_at", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_timer_instance", "instance_id", sqlite_where=WAITING, postgresql_where=WAITING),
    )
    id: Mapped[Id]
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    kind: Mapped[str]
    key: Mapped[str]
    element: Mapped[str]
    due_at: Mapped[datetime]
    wake_at: Mapped[datetime]
    fired_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    held: Mapped[bool] = mapped_column(default=False)
