"""The application: everything is wired here and nowhere else."""

from datetime import UTC, datetime

from apiflask import APIFlask

from engine.database import Database
from web import api, pages
from web.bodies import Json
from web.errors import answer_errors
from web.identity import recognise_callers
from web.languages import speak
from web.limits import limiter
from web.numbers import Number
from web.request import Clock, Town, settle_in
from web.security import protect
from web.settings import Settings
from web.statics import serve_statics
from web.words import give_words

UPLOAD_LIMIT = 25 * 1024 * 1024  # bytes
FORM_LIMIT = 1024 * 1024  # bytes of form fields that are no file


def utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(settings: Settings, database: Database, clock: Clock = utc_now) -> APIFlask:
    """Return the web application of one town."""
    app = APIFlask(
        __name__, title="Năm Rõ", version="1", spec_path="/api/openapi.json", docs_path=None, json_errors=False
    )
    app.json = Json(app)
    app.url_map.converters["int"] = Number
    configure(app, settings)
    settle_in(app, Town(settings, database, clock))
    protect(app, https=settings.https)
    serve_statics(app)
    speak(app)
    recognise_callers(app)
    limiter.init_app(app)
    give_words(app)
    answer_errors(app)
    pages.register(app)
    api.register(app)
    return app


def configure(app: APIFlask, settings: Settings) -> None:
    """Set what Flask and its extensions read."""
    prefix = "__Host-" if settings.https else ""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=UPLOAD_LIMIT,
        MAX_FORM_MEMORY_SIZE=FORM_LIMIT,
        SESSION_COOKIE_NAME=f"{prefix}namro-form",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=12 * 3600,  # seconds: as long as a sign-in lasts at most
        OPENAPI_VERSION="3.1.0",
        RATELIMIT_STORAGE_URI="memory://",
        BABEL_TRANSLATION_DIRECTORIES="translations",
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
