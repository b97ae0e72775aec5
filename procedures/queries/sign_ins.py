"""Who a request comes from."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from procedures.model.login import Login
from procedures.model.token import Token
from procedures.queries.people import Person, person
from procedures.secrets import secret_hash

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
KEEP_ALIVE = timedelta(minutes=1)  # a login's last use is written at most so often


def signed_in(session: Session, login_secret: str, *, at: datetime) -> tuple[Person, bool] | None:
    """Return whose login this is, and whether its use should be noted; None when it is unknown, idle or too old."""
    login = session.scalars(select(Login).where(Login.secret_hash == secret_hash(login_secret))).one_or_none()
    if login is None or login.seen_at + IDLE <= at or login.began_at + LONGEST <= at:
        return None
    return _person(session, login.officer_id, at, login.seen_at + KEEP_ALIVE <= at)


def bearer(session: Session, token_secret: str, *, at: datetime) -> Person | None:
    """Return whose token this is; None when it is unknown, expired or revoked."""
    token = session.scalars(select(Token).where(Token.secret_hash == secret_hash(token_secret))).one_or_none()
    if token is None or token.revoked_at is not None or token.expires_at <= at:
        return None
    found = _person(session, token.officer_id, at, False)
    return found[0] if found else None


def _person(session: Session, officer_id: int, at: datetime, note: bool) -> tuple[Person, bool] | None:
    try:
        return person(session, officer_id, at=at), note
    except NotFound:
        return None
