from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from engine.database import Base, Id, Json


class ImportFile(Base):
    """A file that an officer brought and that is no draft yet; gone once it is one, and after some days.

    `mapping` is how its columns are to be read, as `TableMapping.as_json`, None until somebody corrected it; `answers`
    are what he typed so far of code, title, unit and kind.  `procedure_id` names the procedure whose draft it changes.
    """

    __tablename__ = "import_file"
    id: Mapped[Id]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    procedure_id: Mapped[int | None] = mapped_column(ForeignKey("procedure.id"))
    name: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    received_at: Mapped[datetime]
    mapping: Mapped[str | None]
    answers: Mapped[Json]
