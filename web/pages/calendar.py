"""Lịch làm việc: days off, make-up days and hours, with where they come from."""

from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue

from bpmn.folding import normal
from procedures.queries.people import valid_units
from web.moments import here
from web.present.calendar import calendar_page
from web.request import now, reading

blueprint = APIBlueprint("calendar", __name__, enable_openapi=False)


@blueprint.get("/lich")
def index() -> ResponseReturnValue:
    year, unit = request.args.get("year", type=int), normal(request.args.get("unit", ""))
    with reading() as session:
        units = valid_units(session, at=now())
        page = calendar_page(session, year, unit, units=units, today=here(now()).date())
    return render_template("calendar/index.html", page=page)
