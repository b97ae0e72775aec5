"""How often one may try what is costly or worth guessing: a stranger by his address, an officer by himself."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from web.identity import visitor

limiter = Limiter(get_remote_address, default_limits=[])
SIGN_IN = "20 per 15 minutes"
UPLOAD = "600 per 10 minutes"


def caller() -> str:
    """Whom to count: a whole office shares one address, so that signed-in people are counted each for himself."""
    found = visitor()
    return f"officer {found.officer.id}" if found is not None else str(get_remote_address())
