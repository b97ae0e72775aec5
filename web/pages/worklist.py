"""Hộp việc: what waits for me."""

from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue

from engine.calendar import calendars
from engine.queries.worklist import View, overdue, worklist
from web.deadlines import deadline_of
from web.identity import actor
from web.request import now, reading

blueprint = APIBlueprint("worklist", __name__, enable_openapi=False)
VIEWS = {view.value: view for view in View}


@blueprint.get("/hop-viec")
def index() -> ResponseReturnValue:
    at, view = now(), chosen_view(request.args.get("view", ""))
    sort, page = request.args.get("sort", "due"), request.args.get("page", 1, type=int)
    with reading() as session:
        listed = worklist(session, actor(), view=view, sort=sort, page=page, at=at)
        known, told = calendars(session), overdue(session, actor())
    shown = [*listed.tasks, *told]
    deadlines = {task.id: deadline_of(task, at=at, calendar=known.of(task.unit_code)) for task in shown}
    return render_template("worklist/index.html", listed=listed, deadlines=deadlines, told=told)


def chosen_view(text: str) -> View:
    """The view of that name; an unknown one is one's own."""
    return VIEWS.get(text, View.MINE)
