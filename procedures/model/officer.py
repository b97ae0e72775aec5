from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id


class Officer(Base):
    """A person who works for the town.

    What he may do follows from the positions he holds, but for two town-wide roles.
    """

    __tablename__ = "officer"
    id: Mapped[Id]
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    auditor: Mapped[bool] = mapped_column(default=False)
    administrator: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
