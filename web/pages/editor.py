"""Soạn thảo: the five-clear table and the diagram of one draft, saved as one works."""

from dataclasses import replace

from apiflask import APIBlueprint
from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from lxml import etree

from bpmn.draw import drawable
from bpmn.editing import Edit
from bpmn.errors import BpmnError
from engine.errors import Refused
from procedures.errors import Unclear
from procedures.queries.catalogue import draft
from procedures.queries.draft_changes import Seen, colleagues, seen
from procedures.uploads import canonical_form, opened
from web.editing import Saved, edit_diagram, edit_table, mend, own_procedure, seen_at, take_back
from web.errors import by_script, status_of
from web.errors import refuse as refuse_on_a_page
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
KEY = 64  # letters
WHOLE = "day-du"  # asks for the page with all that a script would fill in


@blueprint.get("")
def show(code: str) -> ResponseReturnValue:
    with reading() as session:
        own_procedure(session, code, person())
    view = viewed(code)
    whole = "" if WHOLE in request.args else whole_page(code)
    return render_template("editor/show.html", view=view, rows=view.rows, code=code, conflicts=[], whole_at=whole)


@blueprint.get("/moi")
def fresh(code: str) -> ResponseReturnValue:
    """What others saved since a revision; where nobody did, who was at it a short while ago."""
    with reading() as session:
        version = draft(session, code, person())
        others = colleagues(session, version, person().officer.id, at=now())
    if version.revision > request.args.get("revision", 0, type=int):
        return told(code, None)
    return jsonify({"others": render_template("editor/others.html", others=others)})


@blueprint.post("/bang")
def table(code: str) -> ResponseReturnValue:
    """Save what was written into the table."""
    base, edits = written(code)
    return told(code, edit_table(code, base, edits, by=person(), key=sent_as()))


@blueprint.post("/sua-giup")
@limiter.limit(UPLOAD, key_func=caller)
def fix(code: str) -> ResponseReturnValue:
    """Save what was written, then let the machine mend what a button names: a finding's code, its element or all."""
    finding, _colon, element = request.form.get("fix", "").partition(":")
    base, edits = written(code)
    saved = edit_table(code, base, edits, by=person(), key=sent_as("table")) if edits else None
    known = saved.draft if saved else base
    fixed = mend(code, known, finding, element or None, by=person(), key=sent_as())
    conflicts = [*(saved.conflicts if saved else ()), *fixed.conflicts]
    return told(code, replace(fixed, conflicts=conflicts))


@blueprint.post("/so-do")
def diagram(code: str) -> ResponseReturnValue:
    """Save what was drawn."""
    revision = number("revision")
    source = request.form.get("source", "").encode()
    saved = edit_diagram(code, revision, source, by=person(), key=sent_as())
    return told(code, saved, drawn=saved.draft.source != canonical_form(source))


@blueprint.post("/hoan-tac")
def undo(code: str) -> ResponseReturnValue:
    return told(code, take_back(code, by=person(), key=sent_as()))


@blueprint.post("/lam-lai")
def redo(code: str) -> ResponseReturnValue:
    return told(code, take_back(code, by=person(), redo=True, key=sent_as()))


@blueprint.errorhandler(BpmnError)
@blueprint.errorhandler(Refused)
def refuse(error: BpmnError | Refused) -> ResponseReturnValue:
    """Tell a script in words why nothing was saved; everybody else gets the page that all refusals have."""
    if not by_script():
        return refuse_on_a_page(error)
    lines = [line.message for line in refused_lines(error.findings)][:5] if isinstance(error, Unclear) else []
    said = {"code": error.code, "message": sentence(error.code, status_of(error), error.facts), "lines": lines}
    return jsonify(said), status_of(error)


def sent_as(part: str = "") -> str | None:
    """The key under which a script sends a change, again where no answer came; None for a form. `part`: of a change of
    several."""
    key = request.form.get("key", "")[:KEY]
    return f"{key}/{part}" if key and part else key or None


def written(code: str) -> tuple[Seen, list[Edit]]:
    """The draft that the form was filled in on, and what the form says and its table did not."""
    base = seen_at(code, number("revision"), by=person())
    return base, edits_of(request.form, base.table)


def viewed(code: str, known: Seen | None = None) -> EditorView:
    """The draft as it is now; `known` is what was read of it already."""
    with reading() as session:
        version = draft(session, code, person())
        read = known if known and known.revision == version.revision else seen(session, version)
        return editor_view(session, version, read, by=person(), at=now())


def whole_page(code: str) -> str:
    return f"{url_for('editor.show', code=code)}?{WHOLE}=co"


def told(code: str, saved: Saved | None, *, drawn: bool = True) -> ResponseReturnValue:
    """The draft as it is now: for a script the parts that its page does not show yet, for all others the whole page.

    `drawn`: whether the diagram is told too, if the page shows one.
    """
    view = viewed(code, saved.draft if saved else None)
    lines = conflict_lines(saved.conflicts if saved else [], view)
    if not by_script():
        flash(_("Đã lưu dự thảo."), "good")
        for line in lines:
            flash(line.words, "soon")
        return redirect(whole_page(code), 303)
    answer: dict[str, object] = {
        "revision": view.version.revision,
        "undo": view.may_undo,
        "redo": view.may_redo,
        "order": [row.mark for row in view.rows],
        "rows": rows_not_shown(view, code),
        "targets": render_template("editor/targets.html", view=view),
        "side": render_template("editor/side.html", view=view, code=code, conflicts=lines),
        "head": dict(view.head),
        "others": render_template("editor/others.html", others=view.others),
        "errors": view.errors,
    }
    if "drawn" in request.values:
        answer["shapes"] = view.shapes
        if drawn:
            answer["source"] = placed(view.version.source)
    return jsonify(answer)


def placed(source: str) -> str:
    """The draft as the diagram shows it: with a place for what nobody has drawn."""
    root = opened(source.encode()).root
    shown = drawable(root)
    return source if shown is root else etree.tostring(shown, encoding="unicode")


def rows_not_shown(view: EditorView, code: str) -> str:
    """The rows whose marks the page did not name."""
    known = frozenset(request.values.get("shown", "").split())
    rows = [row for row in view.rows if row.mark not in known]
    return render_template("editor/rows.html", view=view, rows=rows, code=code, whole_at=request.path) if rows else ""
