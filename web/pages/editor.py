"""Soạn thảo: the five-clear table and the diagram of one draft, saved as one works."""

from dataclasses import replace

from apiflask import APIBlueprint
from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bpmn.convert import bpmn_to_table
from bpmn.editing import Edit
from bpmn.errors import BpmnError
from bpmn.threeway import Conflict
from engine.errors import Refused
from procedures.errors import Unclear
from procedures.queries.catalogue import draft
from procedures.queries.draft_changes import changes_since, source_at
from web.editing import Saved, edit_diagram, edit_table, mend, opened, own_procedure, take_back
from web.errors import refuse as refuse_on_a_page
from web.errors import status_of
from web.forms import number
from web.identity import person
from web.languages import _
from web.limits import UPLOAD, caller, limiter
from web.present.conflicts import conflict_lines
from web.present.editor import EditorView, editor_view
from web.present.edits import edits_of
from web.present.version import refused_lines
from web.request import now, reading
from web.sentences import sentence

blueprint = APIBlueprint("editor", __name__, url_prefix="/quy-trinh/<code>/soan", enable_openapi=False)
SCRIPT = "application/json"


@blueprint.get("")
def show(code: str) -> ResponseReturnValue:
    with reading() as session:
        own_procedure(session, code, person())
    return render_template("editor/show.html", view=viewed(code), code=code, conflicts=[])


@blueprint.get("/moi")
def fresh(code: str) -> ResponseReturnValue:
    """What others saved since a revision; 204 where nobody did."""
    seen = request.args.get("revision", 0, type=int)
    with reading() as session:
        version = draft(session, code, person())
        others = changes_since(session, version, seen)
    return told(code, None, xml=True) if others else ("", 204)


@blueprint.post("/bang")
def table(code: str) -> ResponseReturnValue:
    """Save what was written into the table."""
    revision = number("revision")
    return told(code, edit_table(code, revision, written(code, revision), by=person()), xml=True)


@blueprint.post("/sua-giup")
@limiter.limit(UPLOAD, key_func=caller)
def fix(code: str) -> ResponseReturnValue:
    """Save what was written, then let the machine mend what a button names: a finding's code, its element or all."""
    finding, _colon, element = request.form.get("fix", "").partition(":")
    revision = number("revision")
    edits = written(code, revision)
    saved = edit_table(code, revision, edits, by=person()) if edits else None
    fixed = mend(code, saved.version.revision if saved else revision, finding, element or None, by=person())
    conflicts = [*(saved.conflicts if saved else ()), *fixed.conflicts]
    return told(code, replace(fixed, conflicts=conflicts), xml=True)


@blueprint.post("/so-do")
def diagram(code: str) -> ResponseReturnValue:
    """Save what was drawn."""
    revision = number("revision")
    source = request.form.get("source", "").encode()
    saved = edit_diagram(code, revision, source, by=person())
    return told(code, saved, xml=saved.version.revision > revision + 1)


@blueprint.post("/hoan-tac")
def undo(code: str) -> ResponseReturnValue:
    return told(code, take_back(code, by=person()), xml=True)


@blueprint.post("/lam-lai")
def redo(code: str) -> ResponseReturnValue:
    return told(code, take_back(code, by=person(), redo=True), xml=True)


@blueprint.errorhandler(BpmnError)
@blueprint.errorhandler(Refused)
def refuse(error: BpmnError | Refused) -> ResponseReturnValue:
    """Tell a script in words why nothing was saved; everybody else gets the page that all refusals have."""
    if not by_script():
        return refuse_on_a_page(error)
    lines = [line.message for line in refused_lines(error.findings)][:5] if isinstance(error, Unclear) else []
    said = {"code": error.code, "message": sentence(error.code, status_of(error), error.facts), "lines": lines}
    return jsonify(said), status_of(error)


def written(code: str, revision: int) -> list[Edit]:
    """What the form says and the table of a revision did not."""
    with reading() as session:
        version = draft(session, code, person())
        source = version.source.encode() if revision == version.revision else source_at(session, version, revision)
    return edits_of(request.form, bpmn_to_table(opened(source)))


def viewed(code: str) -> EditorView:
    with reading() as session:
        return editor_view(session, code, by=person(), at=now())


def by_script() -> bool:
    return request.accept_mimetypes.best == SCRIPT


def told(code: str, saved: Saved | None, *, xml: bool) -> ResponseReturnValue:
    """The draft as it is now: its parts for a script, the whole page for everybody else."""
    conflicts: list[Conflict] = list(saved.conflicts) if saved else []
    view = viewed(code)
    if not by_script():
        flash(_("Đã lưu dự thảo."), "good")
        for line in conflict_lines(conflicts, view):
            flash(line.words, "soon")
        return redirect(url_for("editor.show", code=code), 303)
    lines = conflict_lines(conflicts, view)
    answer: dict[str, object] = {
        "revision": view.version.revision,
        "undo": view.may_undo,
        "redo": view.may_redo,
        "rows": render_template("editor/rows.html", view=view, code=code),
        "side": render_template("editor/side.html", view=view, code=code, conflicts=lines),
        "head": dict(view.head),
        "errors": view.errors,
    }
    if xml:
        answer["source"] = view.version.source
    return jsonify(answer)
