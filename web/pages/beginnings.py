"""Lập quy trình: begin a procedure from one that exists, or from one empty row."""

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import Conflict, Invalid
from procedures.commands.copy_procedure import Model, empty
from procedures.commands.create_procedure import LONGEST_TITLE, NewProcedure
from procedures.queries.catalogue import Wanted, catalogue
from procedures.queries.codes import free_code
from web.forms import faults, number, text
from web.identity import person
from web.languages import _
from web.present.beginnings import seat_lines
from web.request import reading
from web.starting import alike, model_of, next_version, start_from

blueprint = APIBlueprint("beginnings", __name__, enable_openapi=False)


@blueprint.get("/lap-quy-trinh")
def new() -> ResponseReturnValue:
    return form({})


@blueprint.get("/tuong-tu")
def like() -> ResponseReturnValue:
    """The procedures like the name `?ten=` as a part of a page; nothing where there are none. `?bo=` leaves one out."""
    found = alike(request.args.get("ten", "")[:LONGEST_TITLE], request.args.get("bo", ""), by=person())
    return render_template("beginnings/_similar.html", like=found)


@blueprint.post("/lap-quy-trinh")
def create() -> ResponseReturnValue:
    """Open the procedure; where others are like it, tell them first and ask again."""
    wanted = named()
    if not request.form.get("anyway") and alike(wanted.title, request.form.get("from", ""), by=person()):
        return form({}, ask=True)
    model = chosen_model()
    try:
        begun = start_from(model or empty(), wanted, by=person())
    except (Invalid, Conflict) as error:
        return form(faults(error)), 422
    if model is None:
        flash(_("Đã lập quy trình. Hãy ghi các bước vào bảng."), "good")
    else:
        flash(_("Đã lập dự thảo từ “%(title)s”.", title=str(model.origin["title"])), "good")
    for kind, line in seat_lines(begun.seats):
        flash(line, kind)
    return redirect(url_for("editor.show", code=wanted.code), 303)


@blueprint.post("/quy-trinh/<code>/ban-moi")
def next_one(code: str) -> ResponseReturnValue:
    """Begin the next version from the one in force."""
    next_version(code, by=person())
    return redirect(url_for("editor.show", code=code), 303)


def named() -> NewProcedure:
    unit = text("unit")
    with reading() as session:
        code = text("code") or free_code(session, unit)
    return NewProcedure(code=code, title=text("title"), unit=unit, kind=text("kind"))


def chosen_model() -> Model | None:
    """The version that the form starts from; None for an empty table."""
    code = request.form.get("from", "")
    return model_of(code, number("number"), by=person()) if code else None


def form(errors: dict[str, str], *, ask: bool = False) -> str:
    """The form; `?tu=` names a procedure to start from, `?q=` searches for one."""
    values = request.form or {"from": request.args.get("tu", ""), "number": request.args.get("ban", "")}
    source, words = None, request.args.get("q", "")
    like = alike(values.get("title", ""), values.get("from", ""), by=person()) if ask else ()
    with reading() as session:
        if values.get("from") and str(values.get("number", "")).isdecimal():
            source = model_of(values["from"], int(values["number"][:9]), by=person()).origin
        listed = catalogue(session, person(), Wanted(text=words)) if words else None
    return render_template(
        "beginnings/new.html",
        values=values,
        source=source,
        like=like,
        ask=ask,
        listed=listed,
        words=words,
        errors=errors,
    )
