"""The token that every form of ours carries. The one module that imports Flask-WTF."""

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect  # type: ignore[import-untyped]  # has no types

from web.errors import BadRequest, FormExpired

guard = CSRFProtect()


def give_tokens(app: Flask) -> None:
    """Give templates `csrf_token`."""
    guard.init_app(app)


def require_token() -> None:
    """Refuse a write without the token of one of our forms, and one with a NUL, which no text holds.

    Raises `FormExpired`, `BadRequest`.
    """
    try:
        guard.protect()
    except CSRFError as error:
        raise FormExpired(reason=error.description) from error
    if any("\0" in value for values in request.form.listvalues() for value in values):
        raise BadRequest
