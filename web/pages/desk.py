"""Where a day begins."""

from apiflask import APIBlueprint
from flask import redirect, url_for
from flask.typing import ResponseReturnValue

blueprint = APIBlueprint("desk", __name__, enable_openapi=False)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    return redirect(url_for("worklist.index"), 303)
