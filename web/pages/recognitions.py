"""Công nhận: the leadership recognises many versions by one decision."""

from collections.abc import Sequence

from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue

from engine.errors import Conflict, Invalid
from procedures.approval import RECOGNISE
from procedures.commands.recognise import NewDecision
from procedures.queries.catalogue import awaiting
from procedures.queries.people import local_day
from procedures.queries.plans import plans
from web.forms import Wrong, day_of, faults, text
from web.identity import person
from web.recognising import Chosen, recognise_all
from web.request import now, reading

blueprint = APIBlueprint("recognitions", __name__, url_prefix="/cong-nhan", enable_openapi=False)


@blueprint.get("")
def new() -> ResponseReturnValue:
    return form({})


@blueprint.post("")
def create() -> ResponseReturnValue:
    try:
        items = recognise_all(decision(), chosen(), by=person())
    except (Invalid, Conflict) as error:
        return form(faults(error)), 422
    return render_template("recognitions/show.html", items=items, number=text("number"), signed_on=day_of("signed_on"))


def decision() -> NewDecision:
    """The decision that the form describes. Raises `Wrong`."""
    return NewDecision(text("plan"), text("number"), day_of("signed_on"), text("early_reason") or None)


def chosen() -> Sequence[Chosen]:
    """The versions ticked, each `code/number`. Raises `Wrong` where none is."""
    ticked = [each.rpartition("/") for each in request.form.getlist("versions")]
    found = [Chosen(code, int(number)) for code, _, number in ticked if code and number.isdecimal()]
    if not found:
        raise Wrong("versions")
    return found


def form(errors: dict[str, str]) -> str:
    with reading() as session:
        versions, known = awaiting(session, person(), RECOGNISE), plans(session)
    return render_template(
        "recognitions/new.html", versions=versions, plans=known, errors=errors, today=local_day(now())
    )
