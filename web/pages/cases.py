"""Hồ sơ: follow one case."""

from datetime import date

from apiflask import APIBlueprint
from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bpmn.folding import normal
from engine.access import visible_instance
from engine.calendar import calendars
from engine.commands.cancel import cancel as cancel_case
from engine.commands.extend_case import extend_case
from engine.errors import Invalid
from engine.queries.cases import cases
from web.deadlines import case_deadline
from web.drawing import BPMN, SVG, drawing
from web.identity import actor
from web.languages import _
from web.present.case import case_page
from web.request import now, reading, transaction

blueprint = APIBlueprint("cases", __name__, url_prefix="/ho-so", enable_openapi=False)


@blueprint.get("")
def index() -> ResponseReturnValue:
    stage, text = request.args.get("stage") or None, normal(request.args.get("q", ""))
    with reading() as session:
        listed = cases(session, actor(), stage=stage, text=text, page=request.args.get("page", 1, type=int))
        known = calendars(session)
    due = {
        each.id: case_deadline(each, at=now(), calendar=known.of(each.definition.unit_code)) for each in listed.cases
    }
    return render_template("cases/index.html", listed=listed, due=due, stage=stage, q=text)


@blueprint.get("/<int:instance_id>")
def show(instance_id: int) -> ResponseReturnValue:
    with reading() as session:
        page = case_page(session, instance_id, by=actor(), at=now())
    return render_template("cases/show.html", page=page, instance=page.instance)


@blueprint.get("/<int:instance_id>/quy-trinh.bpmn")
def source(instance_id: int) -> ResponseReturnValue:
    with reading() as session:
        found = visible_instance(session, instance_id, actor()).definition.source
    return Response(found, content_type=BPMN)


@blueprint.get("/<int:instance_id>/so-do.svg")
def picture(instance_id: int) -> ResponseReturnValue:
    with reading() as session:
        page = case_page(session, instance_id, by=actor(), at=now())
    return Response(drawing(page.instance.definition.source, current=page.current, done=page.done), content_type=SVG)


@blueprint.post("/<int:instance_id>/hen-lai")
def extend(instance_id: int) -> ResponseReturnValue:
    until, reason = chosen_day(request.form.get("until", "")), normal(request.form.get("reason", ""))
    with transaction() as session:
        extend_case(session, instance_id, until, reason=reason, by=actor(), at=now())
    flash(_("Đã ghi xin lỗi và ngày hẹn mới."), "good")
    return redirect(url_for("cases.show", instance_id=instance_id), 303)


@blueprint.post("/<int:instance_id>/dung")
def cancel(instance_id: int) -> ResponseReturnValue:
    with transaction() as session:
        cancel_case(session, instance_id, reason=normal(request.form.get("reason", "")), by=actor(), at=now())
    flash(_("Hồ sơ đã dừng giải quyết."), "good")
    return redirect(url_for("cases.show", instance_id=instance_id), 303)


def chosen_day(text: str) -> date:
    """A day as a date field sends it. Raises `Invalid`."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(field="until") from error
