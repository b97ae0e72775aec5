"""Hướng dẫn: the guide, a worked example to try things on, and the first steps."""

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import NotAllowed, NotFound
from procedures.commands.create_procedure import NewProcedure
from procedures.commands.drop_example import drop_example
from procedures.demo.shipped import EXAMPLE, example_sheet
from procedures.queries.codes import free_code
from procedures.queries.first_steps import dismiss
from procedures.uploads import read_upload
from web.guide import chapter
from web.identity import person
from web.languages import _
from web.present.help import GUIDE
from web.request import now, reading, transaction
from web.submitting import import_procedure
from web.uploads import town_today

blueprint = APIBlueprint("guide", __name__, url_prefix="/huong-dan", enable_openapi=False)
FIRST = "bat-dau"


@blueprint.get("")
def index() -> ResponseReturnValue:
    return page(FIRST)


@blueprint.get("/<name>")
def show(name: str) -> ResponseReturnValue:
    if name not in GUIDE:
        raise NotFound(page=name)
    return page(name)


@blueprint.post("/vi-du")
def example() -> ResponseReturnValue:
    """Open a sheet with faults as a draft of one's own unit, to learn on."""
    by = person()
    if not by.positions:
        raise NotAllowed
    unit = by.positions[0].unit.code
    upload = read_upload(example_sheet(), EXAMPLE, town_today())
    with reading() as session:
        code = free_code(session, unit, kind="VD")
    title = _("Ví dụ: %(title)s", title=upload.table.title)
    import_procedure(NewProcedure(code, title, unit, "tthc", example=True), upload, by=by)
    return redirect(url_for("editor.show", code=code), 303)


@blueprint.post("/vi-du/<code>/bo")
def drop(code: str) -> ResponseReturnValue:
    """Put an example away."""
    with transaction() as session:
        drop_example(session, code, by=person(), at=now())
    flash(_("Đã bỏ ví dụ."), "good")
    return redirect(url_for("drafts.index"), 303)


@blueprint.post("/buoc-dau")
def first_steps() -> ResponseReturnValue:
    """Put the first steps away, or bring them back."""
    with transaction() as session:
        dismiss(session, person(), away=request.form.get("away") == "1")
    return redirect(url_for("worklist.index"), 303)


def page(name: str) -> str:
    return render_template("help/show.html", name=name, guide=GUIDE, chapter=chapter(name))
