"""Khởi tạo hồ sơ: from a procedure in force to a running case."""

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bpmn.folding import normal
from engine.errors import Invalid
from procedures.commands.open_case import NewCase, open_case
from procedures.model.version import Stage
from procedures.queries.catalogue import Wanted, catalogue
from web.forms import Wrong, faults, moment_of, text
from web.identity import person
from web.languages import _
from web.present.opening import opening_page
from web.request import now, reading, transaction

blueprint = APIBlueprint("openings", __name__, url_prefix="/khoi-tao", enable_openapi=False)


@blueprint.get("")
def index() -> ResponseReturnValue:
    wanted = Wanted(
        stage=Stage.IN_FORCE, text=normal(request.args.get("q", "")), page=request.args.get("page", 1, type=int)
    )
    with reading() as session:
        listed = catalogue(session, person(), wanted)
    return render_template("openings/index.html", listed=listed, wanted=wanted)


@blueprint.get("/<code>")
def new(code: str) -> ResponseReturnValue:
    return form(code, {}), 200


@blueprint.post("/<code>")
def create(code: str) -> ResponseReturnValue:
    try:
        with transaction() as session:
            instance = open_case(session, new_case(code), by=person(), at=now())
    except Invalid as error:
        return form(code, faults(error)), 422
    flash(_("Đã khởi tạo hồ sơ %(code)s.", code=instance.code), "good")
    return redirect(url_for("cases.show", instance_id=instance.id), 303)


def new_case(code: str) -> NewCase:
    """The case as the form describes it. Raises `Wrong` for a field that cannot be read."""
    ward = text("phuong_xa")
    if "phuong_xa" in request.form and not ward:
        raise Wrong("phuong_xa")
    return NewCase(code, text("title"), {"phuong_xa": ward} if ward else {}, moment_of("received_at"))


def form(code: str, errors: dict[str, str]) -> str:
    """The form, with what is wrong with it; a moment that cannot be read counts as now."""
    received_at = (moment_of("received_at") if "received_at" not in errors else None) or now()
    with reading() as session:
        page = opening_page(session, code, by=person(), received_at=received_at, at=now())
    return render_template("openings/new.html", page=page, code=code, errors=errors, received_at=received_at)
