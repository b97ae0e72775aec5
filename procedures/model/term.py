from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id


class Term(Base):
    """A result, form, piece of a dossier or legal basis that a version names. Follows its source.

    `kind` is a `bpmn.terms.TermKind`; `key` is the text without marks, by which it is found and counted once.
    """

    __tablename__ = "term"
    __table_args__ = (Index("ix_term_version_id", "version_id"), Index("ix_term_kind", "kind", "key"))
    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    kind: Mapped[str]
    text: Mapped[str]
    key: Mapped[str]
