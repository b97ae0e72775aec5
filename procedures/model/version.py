from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.database import Base, Id, Json
from procedures.model.decision import Decision
from procedures.model.procedure import Procedure


class Stage(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPRAISED = "appraised"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Version(Base):
    """One version of a procedure. Its source changes only while it is a draft; from submission on `sha256` binds it.

    `revision` counts saves and is the draft's ETag.  `evidence` is what the gate said of exactly this source.
    `instance_id` is the run of the approval path, `definition_id` what was deployed.
    """

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("procedure_id", "number"), Index("ix_version_stage", "stage"))
    id: Mapped[Id]
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"))
    number: Mapped[int]
    stage: Mapped[str]
    source: Mapped[str]
    sha256: Mapped[str]
    revision: Mapped[int]
    evidence: Mapped[Json]
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    late: Mapped[bool] = mapped_column(default=False)
    instance_id: Mapped[int | None] = mapped_column(ForeignKey("instance.id"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    definition_id: Mapped[int | None] = mapped_column(ForeignKey("definition.id"))
    in_force_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    procedure: Mapped[Procedure] = relationship(lazy="raise")
    decision: Mapped[Decision | None] = relationship(lazy="raise")
