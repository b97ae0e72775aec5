from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.database import Base, Id
from engine.model.instance import Instance


class TaskState(StrEnum):
    OPEN = "open"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


OPEN = text("state = 'open'")
OVERDUE = text("state = 'open' AND escalated_at IS NOT NULL")


class Task(Base):
    """What waits for a person, or for the citizen (kind `receive`).

    `group_key` is the one accountable position; its holders are the candidates until somebody claims.  `due_at` is the
    deadline, `planned_at` the one that the case's plan gave where the step opened late.  Budgets are working minutes.
    While `paused_at` is set its clock stands still.  `escalated_at`: when the head of the unit was told that it is
    overdue, `leadership_at` when the leadership was; neither is ever taken back.
    """

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_mine", "assignee_id", "due_at", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_task_team", "group_key", "due_at", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_task_unit", "unit_code", "due_at", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_task_open", "instance_id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_task_overdue", "escalated_at", "id", sqlite_where=OVERDUE, postgresql_where=OVERDUE),
        Index("ix_task_done", "completed_by", "completed_at"),
        Index("ix_task_instance", "instance_id"),
    )
    id: Mapped[Id]
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"))
    key: Mapped[str]
    element: Mapped[str]
    step_no: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    act: Mapped[str | None]
    unit_code: Mapped[str]
    unit: Mapped[str]
    position: Mapped[str]
    group_key: Mapped[str]
    state: Mapped[str] = mapped_column(default=TaskState.OPEN)
    assignee_id: Mapped[int | None]
    opened_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    completed_by: Mapped[int | None]
    due_at: Mapped[datetime | None]
    planned_at: Mapped[datetime | None]
    budget_minutes: Mapped[int | None]
    paused_minutes: Mapped[int] = mapped_column(default=0)
    provisional: Mapped[bool]
    paused_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    leadership_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    instance: Mapped[Instance] = relationship(lazy="raise")
