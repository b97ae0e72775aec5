"""Sign in by a one-time link, stay signed in, sign out."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from procedures.model.login import Login
from procedures.model.login_link import LoginLink
from procedures.queries.people import person
from procedures.secrets import new_secret, secret_hash

LINK_LIFE = timedelta(hours=12)


def make_link(session: Session, officer_id: int, *, at: datetime) -> str:
    """Return the secret of a new one-time link, valid for twelve hours.

    Raises `NotFound` for who is no active officer.
    """
    person(session, officer_id, at=at)
    secret = new_secret()
    session.add(
        LoginLink(secret_hash=secret_hash(secret), officer_id=officer_id, made_at=at, expires_at=at + LINK_LIFE)
    )
    session.flush()
    return secret


def sign_in(session: Session, link_secret: str, *, at: datetime) -> str:
    """Use a one-time link; return the secret of the new login.

    Raises `NotFound` for a link unknown, used or expired.
    """
    link = session.scalars(
        select(LoginLink).where(LoginLink.secret_hash == secret_hash(link_secret)).with_for_update()
    ).one_or_none()
    if link is None or link.used_at is not None or link.expires_at <= at:
        raise NotFound(link="sign-in")
    link.used_at = at
    return begin_login(session, link.officer_id, at=at)


def begin_login(session: Session, officer_id: int, *, at: datetime) -> str:
    """Open a login for an officer; return its secret."""
    person(session, officer_id, at=at)
    secret = new_secret()
    session.add(Login(secret_hash=secret_hash(secret), officer_id=officer_id, began_at=at, seen_at=at))
    session.flush()
    return secret


def sign_out(session: Session, login_secret: str) -> None:
    """End a login at once."""
    session.execute(delete(Login).where(Login.secret_hash == secret_hash(login_secret)))


def keep_alive(session: Session, login_secret: str, *, at: datetime) -> None:
    """Note that a login is in use, so that it does not idle out."""
    login = session.scalars(select(Login).where(Login.secret_hash == secret_hash(login_secret))).one_or_none()
    if login is not None:
        login.seen_at = at
