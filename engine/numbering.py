"""Running numbers without gaps between those that were committed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.model.counter import Counter

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def next_number(session: Session, name: str) -> int:
    """Return the next number of a series, from 1. Holds the series until the transaction ends."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.execute(insert(Counter).values(name=name, value=0).on_conflict_do_nothing())
    grow = update(Counter).where(Counter.name == name).values(value=Counter.value + 1).returning(Counter.value)
    return int(session.execute(grow).scalar_one())


def case_code(session: Session, unit_code: str, at: datetime) -> str:
    """Return a new case code such as `QLDT-261122-0001`. Source: TT 01/2018/TT-VPCP, Điều 19."""
    day = at.astimezone(VIETNAM).strftime("%y%m%d")
    return f"{unit_code}-{day}-{next_number(session, f'case:{unit_code}:{day}'):04d}"
