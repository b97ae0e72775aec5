"""Pages for people: one blueprint a noun. Every page but the way in needs somebody signed in."""

from apiflask import APIFlask
from flask import request

from web.errors import for_program
from web.identity import person
from web.pages import (
    appraisals,
    beginnings,
    calendar,
    cases,
    comparisons,
    desk,
    dictionary,
    drafts,
    editor,
    feedback,
    findings,
    guide,
    imports,
    languages,
    openings,
    packages,
    procedures,
    recognitions,
    rehearsals,
    reviews,
    sessions,
    simulations,
    tasks,
    worklist,
)
from web.tokens import give_tokens, require_token

OPEN = frozenset({"static", "sessions.new", "sessions.show", "sessions.create", "languages.choose"})
BLUEPRINTS = (
    desk,
    worklist,
    tasks,
    cases,
    openings,
    procedures,
    comparisons,
    feedback,
    beginnings,
    packages,
    drafts,
    imports,
    editor,
    dictionary,
    findings,
    appraisals,
    recognitions,
    reviews,
    rehearsals,
    simulations,
    sessions,
    guide,
    languages,
    calendar,
)


def register(app: APIFlask) -> None:
    """Register all pages, guarded against forged forms and strangers."""
    give_tokens(app)

    @app.before_request
    def guard() -> None:
        if for_program() or request.endpoint is None:
            return
        if request.endpoint not in OPEN:
            person()
        require_token()

    for module in BLUEPRINTS:
        app.register_blueprint(module.blueprint)
