from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id, Json


class Definition(Base):
    """A deployed procedure: an immutable snapshot, bound to its hash. Never changes: a new version is a new row.

    `performers` maps an element to {"group", "unit", "position"}; a group may hold `{phuong_xa}`, filled from the
    instance's variable of that name.  `limit` is the statutory limit as in the five-clear table.  `called` maps the
    `calledElement` of each procedure called outside the file to {"code", "number", "definition", "source", "called"}:
    the version that was the latest when this was deployed.  `sha256` covers source and called.
    """

    __tablename__ = "definition"
    __table_args__ = (UniqueConstraint("code", "number"),)
    id: Mapped[Id]
    code: Mapped[str]
    number: Mapped[int]
    title: Mapped[str]
    unit_code: Mapped[str]
    sha256: Mapped[str]
    source: Mapped[str]
    performers: Mapped[Json]
    limit: Mapped[Json]
    called: Mapped[Json] = mapped_column(default=dict)
    deployed_at: Mapped[datetime]
