"""The JSON API for programs: one blueprint a noun, bearer tokens, problem documents."""

from apiflask import APIFlask, HTTPError
from flask import Response, request

from web.api import calendar, checks, drafts, health, instances, plans, procedures, recognitions, tasks
from web.api.description import describe
from web.errors import problem
from web.identity import person

BLUEPRINTS = (checks, procedures, drafts, recognitions, instances, tasks, plans, calendar, health)


def register(app: APIFlask) -> None:
    """Register the whole API and what describes it. Nothing below /api/v1 is told to a stranger."""
    describe(app)
    app.error_callback = unfit  # `error_processor` would also take what HTTP itself refuses

    @app.before_request
    def guard() -> None:
        if request.path.startswith("/api/v1"):
            person()

    for module in BLUEPRINTS:
        app.register_blueprint(module.blueprint)


def unfit(error: HTTPError) -> Response:
    """Answer a body or query that does not fit its schema as any other refusal."""
    return problem(error.status_code, "invalid", {"fields": error.detail})
