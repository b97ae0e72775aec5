"""Chạy thử: play one case of a version by hand, or many by chance."""

from apiflask import APIBlueprint
from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import Invalid
from engine.rehearsal import Act, ActKind, Pace
from procedures.commands.keep_trial import keep_trial
from procedures.model.trial import TrialKind
from web.drawing import SVG, drawing
from web.forms import Wrong, moment_of
from web.identity import person
from web.languages import _
from web.present.rehearsal import at_or_later, called, happened, rehearsal_view
from web.present.trials import steps_facts
from web.rehearsing import Script, given, unpack, written
from web.request import now, reading, transaction

blueprint = APIBlueprint(
    "rehearsals", __name__, url_prefix="/quy-trinh/<code>/ban/<int:number>/chay-thu", enable_openapi=False
)
HERE = "dang-cho"


@blueprint.get("")
def show(code: str, number: int) -> ResponseReturnValue:
    """The case as far as it was played; an act or another start leads to the address of what follows."""
    script = unpack(request.args["s"]) if request.args.get("s") else fresh()
    if not request.args.get("do"):
        return page(code, number, script)
    wanted = changed(script)
    if not wanted.fits:
        flash(_("Lần thử đã quá dài. Hãy làm lại từ đầu."), "soon")
        wanted = script
    return redirect(url_for("rehearsals.show", code=code, number=number, s=wanted.packed(), _anchor=HERE), 303)


@blueprint.get("/so-do.svg")
def picture(code: str, number: int) -> ResponseReturnValue:
    """The diagram with what is done and what waits."""
    script = unpack(request.args["s"]) if request.args.get("s") else fresh()
    with reading() as session:
        view = rehearsal_view(session, code, number, script, by=person())
    case = view.case
    marks = {"current": case.current, "done": case.done} if case is not None else {}
    return Response(drawing(view.version.source, **marks), content_type=SVG)


@blueprint.post("/luu")
def keep(code: str, number: int) -> ResponseReturnValue:
    """Keep the case as far as it was played; it is played again here, so that nothing else can be kept."""
    script = unpack(request.form.get("s", ""))
    with reading() as session:
        view = rehearsal_view(session, code, number, script, by=person())
    if view.case is None:
        raise Invalid(field="s")
    facts, sha256 = steps_facts(view.case, script), view.version.sha256
    with transaction() as session:
        keep_trial(session, code, number, kind=TrialKind.STEPS, facts=facts, sha256=sha256, by=person(), at=now())
    flash(_("Đã lưu kết quả chạy thử."), "good")
    return redirect(url_for("procedures.version", code=code, number=number, _anchor="chay-thu"), 303)


def page(code: str, number: int, script: Script) -> str:
    with reading() as session:
        view = rehearsal_view(session, code, number, script, by=person())
    if view.case is not None and view.case.taken < len(script.acts):
        script = Script(script.start, script.variables, script.acts[: view.case.taken])
    words = {"called": called, "happened": happened, "written": written}
    return render_template("rehearsals/show.html", view=view, version=view.version, script=script, **words)


def fresh() -> Script:
    return Script(at_or_later(None, now=now()))


def changed(script: Script) -> Script:
    """The script with what the form adds to it. Raises `Wrong`."""
    if request.args["do"] == "start":
        return Script(at_or_later(moment_of("start"), now=now()), given(request.args))
    try:
        return script.followed_by(
            Act(
                ActKind(request.args["do"]),
                request.args.get("element", ""),
                Pace(request.args.get("pace", Pace.DUE)),
                request.args.get("outcome", ""),
                request.args.get("item", 0, type=int),
                given(request.args),
            )
        )
    except ValueError as error:
        raise Wrong("do") from error
