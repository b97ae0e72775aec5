"""In a demo town: look at it as somebody else."""

from datetime import datetime

from sqlalchemy.orm import Session

from engine.errors import NotAllowed
from procedures.commands.sign_in import begin_login, sign_out
from procedures.model.setting import Setting

DEMO = "demo"


def is_demo(session: Session) -> bool:
    """Whether this database holds the demo town."""
    return session.get(Setting, DEMO) is not None


def switch_person(session: Session, login_secret: str, to: int, *, at: datetime) -> str:
    """End a login and begin one of another officer; return its secret. Raises `NotAllowed` outside a demo database."""
    if not is_demo(session):
        raise NotAllowed(action="switch-person")
    sign_out(session, login_secret)
    return begin_login(session, to, at=at)
