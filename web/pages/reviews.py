"""Rà soát: go through a version step by step, say what should change, ask other units."""

from datetime import datetime, time

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bpmn.editing import SetField
from engine.errors import Conflict, Invalid, NotFound
from procedures.access import visible_version
from procedures.commands.consult import answer, consult
from procedures.commands.remark import Said, say, settle
from procedures.commands.review import review, see_step
from procedures.model.remark import Remark, RemarkState
from procedures.model.review import Opinion
from web.editing import edit_table, seen_at
from web.forms import Wrong, day_of, faults, text
from web.identity import person
from web.languages import _
from web.moments import PLACE
from web.present.review import CELLS, review_view
from web.request import now, reading, transaction

blueprint = APIBlueprint(
    "reviews", __name__, url_prefix="/quy-trinh/<code>/ban/<int:number>/ra-soat", enable_openapi=False
)
STATES = {state.value: state for state in (RemarkState.OPEN, RemarkState.RESOLVED, RemarkState.DECLINED)}
OPINIONS = {opinion.value: opinion for opinion in Opinion}
CLOSING = time(17)


@blueprint.get("")
def show(code: str, number: int) -> ResponseReturnValue:
    return form(code, number, {})


@blueprint.post("/y-kien")
def remark(code: str, number: int) -> ResponseReturnValue:
    """Add a comment, a suggestion, or an answer."""
    suggested = request.form.get("field", "")
    said = Said(
        text=request.form.get("text", ""),
        element=request.form.get("element", ""),
        field=suggested,
        proposal=request.form.get("proposal", "") if suggested else None,
        answers=request.form.get("answers", type=int),
    )
    try:
        with transaction() as session:
            say(session, code, number, said, by=person(), at=now())
    except Invalid as error:
        return form(code, number, faults(error)), 422
    return back(code, number, said.element)


@blueprint.post("/y-kien/<int:remark_id>")
def change(code: str, number: int, remark_id: int) -> ResponseReturnValue:
    """Settle a remark, open it again, or apply a suggestion."""
    wish = request.form.get("state", "")
    if wish == RemarkState.APPLIED:
        return apply(code, number, remark_id)
    if wish not in STATES:
        raise Wrong("state")
    with transaction() as session:
        element = settle(session, code, number, remark_id, state=STATES[wish], by=person(), at=now()).element
    return back(code, number, element)


@blueprint.post("/nhan-xet")
def opine(code: str, number: int) -> ResponseReturnValue:
    try:
        with transaction() as session:
            review(session, code, number, opinion(), text("reason"), by=person(), at=now())
    except Invalid as error:
        return form(code, number, faults(error)), 422
    flash(_("Đã ghi nhận xét của đồng chí."), "good")
    return back(code, number)


@blueprint.post("/da-xem")
def see(code: str, number: int) -> ResponseReturnValue:
    element = request.form.get("element", "")
    with transaction() as session:
        see_step(session, code, number, element, seen=bool(request.form.get("seen")), by=person(), at=now())
    return back(code, number, element)


@blueprint.post("/lay-y-kien")
def ask(code: str, number: int) -> ResponseReturnValue:
    """Ask other units, until the close of a day."""
    try:
        due = datetime.combine(day_of("due_at"), CLOSING, PLACE)
        with transaction() as session:
            consult(session, code, number, request.form.getlist("units"), due_at=due, by=person(), at=now())
    except Invalid as error:
        return form(code, number, faults(error)), 422
    flash(_("Đã gửi lấy ý kiến."), "good")
    return back(code, number)


@blueprint.post("/tra-loi")
def reply(code: str, number: int) -> ResponseReturnValue:
    try:
        with transaction() as session:
            answer(session, code, number, opinion(), text("answer"), by=person(), at=now())
    except Invalid as error:
        return form(code, number, faults(error)), 422
    flash(_("Đã ghi ý kiến của đơn vị."), "good")
    return back(code, number)


def apply(code: str, number: int, remark_id: int) -> ResponseReturnValue:
    """Write what was suggested into the draft; a cell that changed since is written only when asked twice."""
    with reading() as session:
        view = review_view(session, code, number, by=person(), at=now())
        found = session.get(Remark, remark_id)
    if found is None or found.version_id != view.version.id or found.proposal is None:
        raise NotFound(remark=remark_id)
    if view.now(found) not in (found.before, found.proposal) and not request.form.get("anyway"):
        raise Conflict(reason="suggestion-stale", now=view.now(found))
    suggested = SetField(found.element, found.field, found.proposal)
    edit_table(code, seen_at(code, view.version.revision, by=person()), [suggested], by=person())
    with transaction() as session:
        settle(session, code, number, remark_id, state=RemarkState.APPLIED, by=person(), at=now())
    flash(_("Đã áp dụng đề nghị vào dự thảo."), "good")
    return back(code, number, found.element)


def opinion() -> Opinion:
    """The opinion of the form. Raises `Wrong` where none is chosen."""
    chosen = OPINIONS.get(request.form.get("opinion", ""))
    if chosen is None:
        raise Wrong("opinion")
    return chosen


def back(code: str, number: int, element: str = "") -> ResponseReturnValue:
    anchor = f"buoc-{element}" if element else None
    return redirect(url_for("reviews.show", code=code, number=number, _anchor=anchor), 303)


def form(code: str, number: int, errors: dict[str, str]) -> str:
    with reading() as session:
        visible_version(session, code, number, person())
        view = review_view(session, code, number, by=person(), at=now())
    return render_template("reviews/show.html", view=view, version=view.version, errors=errors, cells=CELLS)
