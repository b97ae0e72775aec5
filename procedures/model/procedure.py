from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.database import Base, Id
from procedures.model.unit import Unit


class Procedure(Base):
    """What the organisation does, under one code for ever; its content lies in its versions.

    `field_of_work` is that of the version saved last; `search_key` holds code, title and field without marks.
    An example is one to learn with: it can neither be submitted nor is anything proposed from it.
    """

    __tablename__ = "procedure"
    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    search_key: Mapped[str]
    kind: Mapped[str]
    field_of_work: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    created_by: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    created_at: Mapped[datetime]
    example: Mapped[bool] = mapped_column(default=False)
    unit: Mapped[Unit] = relationship(lazy="raise")
