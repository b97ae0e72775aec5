from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base


class InstanceState(Base):
    """Where an instance stands, as the stepping engine needs it. Read by nothing else; gone when the case has ended."""

    __tablename__ = "instance_state"
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), primary_key=True)
    state: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # SQLAlchemy reads it from the class
