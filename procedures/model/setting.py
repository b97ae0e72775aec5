from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base


class Setting(Base):
    """A fact about this town's database, such as `demo`."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
