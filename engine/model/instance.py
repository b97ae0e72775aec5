from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.database import Base, Id
from engine.model.definition import Definition


class InstanceStage(StrEnum):
    ACTIVE = "active"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class ClockState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"  # for good: the model says that no limit runs any more


class Instance(Base):
    """A case: one run of a definition.

    `subject` is the caller's own reference (`version:12`), opaque here.  `clock_started_at` is where calendar-day
    budgets count from; pauses and restarts of the clock move it, and after a restart the path counts from
    `clock_element`.  `due_at` is the statutory due, None also once the clock has stopped; while `paused_at` is set the
    clock stands still, `paused_minutes` it has stood before, in working time.  `extended_at` is when it was
    given the new date `extended_to`.
    """

    __tablename__ = "instance"
    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("definition.id"), index=True)
    title: Mapped[str]
    search_key: Mapped[str]
    subject: Mapped[str | None] = mapped_column(index=True)
    stage: Mapped[str] = mapped_column(default=InstanceStage.ACTIVE)
    started_by: Mapped[int]
    received_at: Mapped[datetime]
    started_at: Mapped[datetime]
    clock_started_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    due_provisional: Mapped[bool]
    paused_at: Mapped[datetime | None]
    clock: Mapped[str] = mapped_column(default=ClockState.RUNNING)
    clock_element: Mapped[str | None]
    paused_minutes: Mapped[int] = mapped_column(default=0)
    extended_at: Mapped[datetime | None]
    extended_to: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_in: Mapped[str | None]
    definition: Mapped[Definition] = relationship(lazy="raise")
