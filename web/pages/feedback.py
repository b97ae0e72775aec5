"""Góp ý: what officers say of procedures in force, and how their units settle it."""

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import Invalid
from procedures.access import visible_procedure
from procedures.commands.give_feedback import Settlement, give_feedback, settle_feedback, take_feedback
from procedures.model.feedback import FeedbackState
from procedures.queries.feedback import feedback_lines
from web.forms import Wrong, faults, text
from web.identity import person
from web.languages import _
from web.present.feedback import numbers_of
from web.request import now, reading, transaction

blueprint = APIBlueprint("feedback", __name__, enable_openapi=False)
STATES = {state.value: state for state in (FeedbackState.OPEN, FeedbackState.SETTLED, FeedbackState.DECLINED)}


@blueprint.get("/gop-y")
def everything() -> ResponseReturnValue:
    return listed("", {})


@blueprint.get("/quy-trinh/<code>/gop-y")
def index(code: str) -> ResponseReturnValue:
    return listed(code, {})


@blueprint.post("/quy-trinh/<code>/ban/<int:number>/gop-y")
def create(code: str, number: int) -> ResponseReturnValue:
    words, element = request.form.get("text", ""), request.form.get("element", "")
    try:
        with transaction() as session:
            give_feedback(session, code, number, words, element, by=person(), at=now())
    except Invalid as error:
        flash(" ".join(faults(error).values()), "soon")
        where = url_for("procedures.version", code=code, number=number, buoc=element or None, _anchor="gop-y")
        return redirect(where, 303)
    flash(_("Đã gửi góp ý tới đơn vị chủ trì. Cảm ơn đồng chí."), "good")
    return redirect(url_for("procedures.version", code=code, number=number, _anchor="gop-y"), 303)


@blueprint.post("/quy-trinh/<code>/gop-y/<int:feedback_id>")
def change(code: str, feedback_id: int) -> ResponseReturnValue:
    """Settle a feedback, open it again, or take it over into the draft."""
    wish = request.form.get("state", "")
    if wish == FeedbackState.TAKEN:
        with transaction() as session:
            take_feedback(session, code, feedback_id, by=person(), at=now())
        flash(_("Đã ghi góp ý thành ý kiến của dự thảo."), "good")
        return back(code, feedback_id)
    if wish not in STATES:
        raise Wrong("state")
    try:
        with transaction() as session:
            settlement = Settlement(STATES[wish], text("answer"))
            settle_feedback(session, code, feedback_id, settlement, by=person(), at=now())
    except Invalid:
        return listed(code, {f"answer-{feedback_id}": _("Không tiếp thu thì phải ghi lý do.")}), 422
    return back(code, feedback_id)


def back(code: str, feedback_id: int) -> ResponseReturnValue:
    return redirect(url_for("feedback.index", code=code, _anchor=f"gop-y-{feedback_id}"), 303)


def listed(code: str, errors: dict[str, str]) -> str:
    with reading() as session:
        procedure = visible_procedure(session, code, person()) if code else None
        lines = feedback_lines(session, person(), code)
    return render_template(
        "feedback/index.html", lines=lines, numbers=numbers_of(lines), procedure=procedure, errors=errors
    )
