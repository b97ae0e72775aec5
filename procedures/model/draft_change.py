import zlib
from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id, Json


class DraftChange(Base):
    """One save of a draft: who, when, how, and the source that it left, packed.

    `kind`: saved | table | diagram | fix | undo | redo; `facts` say what was changed. `undoes` is the revision that an
    undo or redo takes back; `key` is that under which a page sent it, and sends it again where no answer came.
    """

    __tablename__ = "draft_change"
    __table_args__ = (
        UniqueConstraint("version_id", "revision"),
        Index("ix_draft_change_key", "version_id", "key", unique=True),
    )
    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    revision: Mapped[int]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime]
    kind: Mapped[str]
    facts: Mapped[Json]
    undoes: Mapped[int | None]
    key: Mapped[str | None]
    packed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    @property
    def source(self) -> bytes:
        """The BPMN source after the change."""
        return zlib.decompress(self.packed)

    @staticmethod
    def pack(source: str) -> bytes:
        """A source as it is kept."""
        return zlib.compress(source.encode(), 6)
