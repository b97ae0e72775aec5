"""Signing in by a one-time link, signing out, and, in the demo town, becoming somebody else."""

from apiflask import APIBlueprint
from flask import make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from engine.errors import NotAllowed, NotFound
from procedures.commands.sign_in import sign_in, sign_out
from procedures.commands.switch_person import switch_person
from web.demo import may_switch
from web.forms import number
from web.identity import forget, login_secret, remember
from web.limits import SIGN_IN, limiter
from web.request import now, transaction

blueprint = APIBlueprint("sessions", __name__, enable_openapi=False)


@blueprint.get("/dang-nhap")
def new() -> ResponseReturnValue:
    return render_template("sessions/new.html")


@blueprint.get("/dang-nhap/<secret>")
def show(secret: str) -> ResponseReturnValue:
    """Ask for one click: a link that is only looked at (by a mail filter, a preview) is not used up."""
    return render_template("sessions/show.html", secret=secret)


@blueprint.post("/dang-nhap/<secret>")
@limiter.limit(SIGN_IN)
def create(secret: str) -> ResponseReturnValue:
    try:
        with transaction() as database:
            login = sign_in(database, secret, at=now())
    except NotFound:
        return render_template("sessions/new.html", refused=True), 404
    session.clear()
    return remember(make_response(redirect(url_for("desk.index"), 303)), login)


@blueprint.post("/dang-xuat")
def delete() -> ResponseReturnValue:
    with transaction() as database:
        sign_out(database, login_secret())
    session.clear()
    return forget(make_response(redirect(url_for("sessions.new"), 303)))


@blueprint.post("/doi-vai")
def switch() -> ResponseReturnValue:
    if not may_switch():
        raise NotAllowed(action="switch-person")
    officer = number("officer")
    with transaction() as database:
        login = switch_person(database, login_secret(), officer, at=now())
    session.clear()
    return remember(make_response(redirect(url_for("desk.index"), 303)), login)
