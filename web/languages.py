"""Vietnamese first; English where a person has asked for it. The one module that imports Flask-Babel."""

from flask import Flask, request
from flask_babel import Babel, gettext, lazy_gettext  # type: ignore[import-untyped]  # has no types

COOKIE = "namro-language"
LANGUAGES = ("vi", "en")
YEAR = 31_536_000  # seconds


def speak(app: Flask) -> None:
    """Let the application answer in the language of the person."""
    Babel(app, default_locale=LANGUAGES[0], locale_selector=language)


def language() -> str:
    """The language of the answer: the person's own choice, never the browser's."""
    chosen = request.cookies.get(COOKIE)
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def _(message: str, **facts: object) -> str:
    """The message in the language of the answer, with its facts."""
    return str(gettext(message, **facts))


def _l(message: str) -> object:
    """The message, put into words when `str` asks for it."""
    return lazy_gettext(message)
