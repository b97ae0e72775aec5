"""API tokens."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import Invalid, NotFound
from procedures.model.token import Token
from procedures.queries.people import person
from procedures.secrets import new_secret, secret_hash

LONGEST = timedelta(days=365)


def create_token(session: Session, officer_id: int, *, name: str, life: timedelta, at: datetime) -> str:
    """Return a new token's secret, shown only now. Raises `Invalid` for a life over a year."""
    person(session, officer_id, at=at)
    if not timedelta(0) < life <= LONGEST:
        raise Invalid(field="life")
    secret = new_secret("namro_")
    token = Token(secret_hash=secret_hash(secret), officer_id=officer_id, name=name, made_at=at, expires_at=at + life)
    session.add(token)
    session.flush()
    return secret


def revoke_token(session: Session, secret: str, *, at: datetime) -> None:
    """End a token at once. Raises `NotFound` where there is none with this secret."""
    token = session.scalars(select(Token).where(Token.secret_hash == secret_hash(secret))).one_or_none()
    if token is None:
        raise NotFound(field="token")
    token.revoked_at = token.revoked_at or at
