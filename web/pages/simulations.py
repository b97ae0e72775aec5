"""Mô phỏng: many cases of a version, without a database row."""

from datetime import datetime

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import Invalid
from procedures.commands.keep_trial import keep_trial
from procedures.model.trial import TrialKind
from web.forms import moment_of
from web.identity import person
from web.languages import _
from web.limits import caller, limiter
from web.present.rehearsal import at_or_later
from web.present.simulation import number, percent, simulation_view, time_of
from web.present.trials import simulation_facts
from web.request import now, reading, transaction

blueprint = APIBlueprint(
    "simulations", __name__, url_prefix="/quy-trinh/<code>/ban/<int:number>/chay-thu/mo-phong", enable_openapi=False
)
OFTEN = "60 per minute"


@blueprint.get("")
@limiter.limit(OFTEN, key_func=caller)
def show(code: str, number: int) -> ResponseReturnValue:
    """The form; with its fields in the address also what came out."""
    with reading() as session:
        view = simulation_view(session, code, number, request.args, by=person(), at=started())
    return render_template("rehearsals/simulation.html", view=view, version=view.version, start=started(), **WORDS)


WORDS = {"number": number, "percent": percent, "time_of": time_of}


@blueprint.post("/luu")
@limiter.limit(OFTEN, key_func=caller)
def keep(code: str, number: int) -> ResponseReturnValue:
    """Keep what came out; it is simulated again here, from the moment at which it was, with the same luck."""
    with reading() as session:
        view = simulation_view(session, code, number, request.form, by=person(), at=started())
    if view.given is None or view.outcome is None:
        raise Invalid(field="cases")
    facts = simulation_facts(view.given, view.outcome)
    with transaction() as session:
        keep_trial(
            session,
            code,
            number,
            kind=TrialKind.SIMULATION,
            facts=facts,
            sha256=view.version.sha256,
            by=person(),
            at=now(),
        )
    flash(_("Đã lưu kết quả chạy thử."), "good")
    return redirect(url_for("procedures.version", code=code, number=number, _anchor="chay-thu"), 303)


def started() -> datetime:
    """From when the simulation counts: as the form says, else now, to the minute."""
    return at_or_later(moment_of("start"), now=now())
