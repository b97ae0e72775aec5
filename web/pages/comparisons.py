"""So sánh: two versions of a procedure side by side."""

from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue

from engine.errors import NotFound
from web.identity import person
from web.numbers import LARGEST
from web.present.compare import compared
from web.request import reading

blueprint = APIBlueprint("comparisons", __name__, url_prefix="/quy-trinh/<code>/so-sanh", enable_openapi=False)


@blueprint.get("")
def show(code: str) -> ResponseReturnValue:
    with reading() as session:
        view = compared(session, code, (wanted("tu"), wanted("den")), by=person())
    return render_template("comparisons/show.html", view=view)


def wanted(name: str) -> int | None:
    """A version's number in the query; None where there is none. Raises `NotFound` for what is no number."""
    given = request.args.get(name, "").strip()
    if not given:
        return None
    if not (given.isascii() and given.isdecimal() and int(given[:12]) <= LARGEST):
        raise NotFound(version=given[:20])
    return int(given)
