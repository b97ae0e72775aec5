"""Mô phỏng: many cases of a version, without a database row."""

from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue

from web.identity import person
from web.limits import caller, limiter
from web.present.simulation import number, percent, simulation_view, time_of
from web.request import now, reading

blueprint = APIBlueprint(
    "simulations", __name__, url_prefix="/quy-trinh/<code>/ban/<int:number>/chay-thu/mo-phong", enable_openapi=False
)
OFTEN = "60 per minute"


@blueprint.get("")
@limiter.limit(OFTEN, key_func=caller)
def show(code: str, number: int) -> ResponseReturnValue:
    """The form; with its fields in the address also what came out."""
    with reading() as session:
        view = simulation_view(session, code, number, request.args, by=person(), at=now())
    return render_template("rehearsals/simulation.html", view=view, version=view.version, **WORDS)


WORDS = {"number": number, "percent": percent, "time_of": time_of}
