"""Soạn thảo: bring a procedure in as a file, see what is not clear yet, submit it."""

from collections.abc import Mapping, Sequence

from apiflask import APIBlueprint
from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from engine.errors import Invalid, NotFound
from procedures.access import visible_procedure
from procedures.commands.bring_file import Brought
from procedures.demo.shipped import SAMPLE, sample_word_file
from procedures.errors import Unclear
from procedures.model.version import Stage
from procedures.queries.brought_files import brought_files
from procedures.queries.catalogue import Wanted, catalogue, draft
from web.forms import faults
from web.identity import person
from web.importing import answers_of, take
from web.languages import _
from web.limits import UPLOAD, caller, limiter
from web.present.findings import FindingLine
from web.present.version import refused_lines
from web.request import now, reading
from web.submitting import let_all_answer, submit_draft
from web.uploads import sent

blueprint = APIBlueprint("drafts", __name__, enable_openapi=False)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/soan-thao")
def index() -> ResponseReturnValue:
    wanted = Wanted(stage=Stage.DRAFT, page=request.args.get("page", 1, type=int))
    with reading() as session:
        listed = catalogue(session, person(), wanted)
    return render_template("drafts/index.html", listed=listed)


@blueprint.get("/nhap")
def new() -> ResponseReturnValue:
    return bringing()


@blueprint.get("/nhap/tep-mau.docx")
def sample() -> ResponseReturnValue:
    """A Word table as offices write them, to try the import with."""
    headers = {"Content-Type": WORD, "Content-Disposition": f'attachment; filename="{SAMPLE}"'}
    return make_response(sample_word_file(), headers)


@blueprint.post("/nhap")
@limiter.limit(UPLOAD, key_func=caller)
def create() -> ResponseReturnValue:
    """Take a file in and show how it is understood; nothing is saved as a draft yet."""
    try:
        brought = Brought(*sent("file"), answers=answers_of(request.form))
        file = take(brought, by=person())
    except Unclear as error:
        return bringing(lines=refused_lines(error.findings)), 422
    except Invalid as error:
        return bringing(errors=faults(error)), 422
    return redirect(url_for("imports.show", file_id=file), 303)


@blueprint.get("/quy-trinh/<code>/nhap")
def edit(code: str) -> ResponseReturnValue:
    return render_template("drafts/edit.html", errors={}, lines=(), **subject(code))


@blueprint.post("/quy-trinh/<code>/nhap")
@limiter.limit(UPLOAD, key_func=caller)
def update(code: str) -> ResponseReturnValue:
    """Take a file in for a procedure that is there, and show what it would change."""
    try:
        answers = {"revision": request.form["revision"]} if request.form.get("revision", type=int) else {}
        file = take(Brought(*sent("file"), procedure=code, answers=answers), by=person())
    except Unclear as error:
        return render_template("drafts/edit.html", errors={}, lines=refused_lines(error.findings), **subject(code)), 422
    return redirect(url_for("imports.show", file_id=file), 303)


@blueprint.post("/quy-trinh/<code>/trach-nhiem")
def answer(code: str) -> ResponseReturnValue:
    """Let every performer answer for his own step where the draft names nobody."""
    version = let_all_answer(code, request.form.get("revision", type=int), by=person())
    flash(_("Đã ghi trách nhiệm cho các bước còn để trống."), "good")
    return redirect(url_for("procedures.version", code=code, number=version.number), 303)


@blueprint.post("/quy-trinh/<code>/trinh")
def submit(code: str) -> ResponseReturnValue:
    version = submit_draft(code, by=person())
    flash(_("Đã trình thẩm định."), "good")
    return redirect(url_for("procedures.version", code=code, number=version.number), 303)


def bringing(*, errors: Mapping[str, str] | None = None, lines: Sequence[FindingLine] = ()) -> str:
    """The page that takes a file in, with those that wait to be saved."""
    with reading() as session:
        waiting = brought_files(session, person(), at=now())
    return render_template("drafts/new.html", errors=errors or {}, lines=lines, waiting=waiting)


def subject(code: str) -> dict[str, object]:
    """The procedure whose draft is replaced, and the state of the draft that is seen."""
    with reading() as session:
        procedure = visible_procedure(session, code, person())
        revision = seen_revision(session, code)
    return {"procedure": procedure, "revision": revision}


def seen_revision(session: Session, code: str) -> int | None:
    """The revision of the draft that will be replaced; None where there is none yet."""
    try:
        return draft(session, code, person()).revision
    except NotFound:
        return None
