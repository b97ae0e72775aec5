from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base


class Counter(Base):
    """A running number, such as the cases of one unit on one day. Only grows."""

    __tablename__ = "counter"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
