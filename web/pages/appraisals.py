"""Thẩm định: accept a submitted version, or return it with a reason."""

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import Invalid
from procedures.approval import APPRAISE
from procedures.commands.appraise import Judgement, appraise
from procedures.model.appraisal import Verdict
from procedures.queries.catalogue import awaiting
from web.forms import Wrong, faults, text
from web.identity import person
from web.languages import _
from web.present.version import version_view
from web.request import now, reading, transaction

blueprint = APIBlueprint("appraisals", __name__, url_prefix="/tham-dinh", enable_openapi=False)
VERDICTS = {verdict.value: verdict for verdict in Verdict}


@blueprint.get("")
def index() -> ResponseReturnValue:
    with reading() as session:
        versions = awaiting(session, person(), APPRAISE)
    return render_template("appraisals/index.html", versions=versions)


@blueprint.get("/<code>/<int:number>")
def edit(code: str, number: int) -> ResponseReturnValue:
    return form(code, number, {})


@blueprint.post("/<code>/<int:number>")
def update(code: str, number: int) -> ResponseReturnValue:
    try:
        with transaction() as session:
            appraise(session, code, number, judgement(), by=person(), at=now())
    except Invalid as error:
        return form(code, number, faults(error)), 422
    flash(_("Đã ghi kết quả thẩm định."), "good")
    return redirect(url_for("appraisals.index"), 303)


def judgement() -> Judgement:
    """The verdict of the form. Raises `Wrong` where none is chosen."""
    verdict = VERDICTS.get(request.form.get("verdict", ""))
    if verdict is None:
        raise Wrong("verdict")
    return Judgement(verdict, text("reason"))


def form(code: str, number: int, errors: dict[str, str]) -> str:
    with reading() as session:
        view = version_view(session, code, number, by=person(), at=now())
    return render_template("appraisals/edit.html", view=view, version=view.page.version, errors=errors)
