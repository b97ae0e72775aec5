"""Hướng dẫn: the guide, a worked example to try things on, and the first steps."""

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import NotAllowed, NotFound
from procedures.commands.create_procedure import NewProcedure
from procedures.demo.shipped import library
from procedures.queries.catalogue import Wanted, catalogue
from procedures.queries.first_steps import dismiss
from procedures.uploads import of_source
from web.guide import chapter
from web.identity import person
from web.languages import _
from web.present.help import GUIDE
from web.request import reading, transaction
from web.submitting import import_procedure
from web.uploads import town_today

blueprint = APIBlueprint("guide", __name__, url_prefix="/huong-dan", enable_openapi=False)
EXAMPLE = "TCKH/QT-TCKH-01.bpmn"
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
    """Open a copy of a real procedure as a draft of one's own unit, to try everything on."""
    by = person()
    if not by.positions:
        raise NotAllowed
    unit = by.positions[0].unit.code
    upload = of_source(library(EXAMPLE), town_today())
    new = NewProcedure(free_code(unit), _("Ví dụ: %(title)s", title=upload.table.title), unit)
    code, _number = import_procedure(new, upload, by=by)
    flash(_("Đã mở một bản ví dụ để đồng chí thử. Bản này không ảnh hưởng quy trình thật."), "good")
    return redirect(url_for("editor.show", code=code), 303)


@blueprint.post("/buoc-dau")
def first_steps() -> ResponseReturnValue:
    """Put the first steps away, or bring them back."""
    with transaction() as session:
        dismiss(session, person(), away=request.form.get("away") == "1")
    return redirect(url_for("worklist.index"), 303)


def free_code(unit: str) -> str:
    """A code for a unit's next example, such as VD-QLDT-01; a taken one is refused by the command."""
    with reading() as session:
        count = catalogue(session, person(), Wanted(unit=unit, text=f"VD-{unit}")).count
    return f"VD-{unit}-{count + 1:02d}"


def page(name: str) -> str:
    return render_template("help/show.html", name=name, guide=GUIDE, chapter=chapter(name))
