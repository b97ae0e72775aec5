"""Running numbers without gaps between those that were committed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.model.counter import Counter
from engine.prepared import Prepared

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def _grown(insert: Callable[[type[Counter]], Any]) -> Prepared:
    new = insert(Counter).values(name=bindparam("name"), value=1)
    grown = new.on_conflict_do_update(index_elements=[Counter.name], set_={"value": Counter.value + 1})
    return Prepared(grown.returning(Counter.value))


GROWN = {"sqlite": _grown(sqlite.insert), "postgresql": _grown(postgresql.insert)}


def next_number(session: Session, name: str) -> int:
    """Return the next number of a series, from 1. Holds the series until the transaction ends."""
    connection = session.connection()
    ((number,),) = GROWN[connection.dialect.name].rows(connection, {"name": name})
    return int(number)


def case_code(session: Session, unit_code: str, at: datetime) -> str:
    """Return a new case code such as `QLDT-261122-0001`. Source: TT 01/2018/TT-VPCP, Điều 19."""
    day = at.astimezone(VIETNAM).strftime("%y%m%d")
    return f"{unit_code}-{day}-{next_number(session, f'case:{unit_code}:{day}'):04d}"
