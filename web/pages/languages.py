"""The choice of language."""

from apiflask import APIBlueprint
from flask import make_response, redirect, request
from flask.typing import ResponseReturnValue

from web.errors import BadRequest
from web.languages import COOKIE, LANGUAGES, YEAR
from web.request import town

blueprint = APIBlueprint("languages", __name__, enable_openapi=False)


@blueprint.post("/ngon-ngu")
def choose() -> ResponseReturnValue:
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        raise BadRequest(field="language")
    response = make_response(redirect(way_back(request.form.get("next", "/")), 303))
    response.set_cookie(COOKIE, chosen, max_age=YEAR, secure=town().settings.https, httponly=True, samesite="Lax")
    return response


def way_back(address: str) -> str:
    """An address of our own, whatever was asked for."""
    own = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if own else "/"
