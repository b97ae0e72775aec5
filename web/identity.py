"""Who sends a request: a browser by its cookie, a program by its token; never one by the other's."""

from contextlib import suppress

from flask import Flask, Response, g, request

from engine.actor import Actor
from engine.errors import Busy
from procedures.commands.sign_in import keep_alive
from procedures.queries.people import Person
from procedures.queries.sign_ins import LONGEST, bearer, signed_in
from web.errors import NotSignedIn, for_program
from web.request import now, reading, town, transaction

BEARER = "Bearer "
MOMENT = 0.1  # seconds that a page waits to note that its login is in use; the next page notes it as well


def recognise_callers(app: Flask) -> None:
    """Find out before each request who sends it."""
    app.before_request(identify)
    app.add_template_global(visitor)


def identify() -> None:
    """Remember the caller for this request; nobody where cookie or token is unknown, idle or expired."""
    g.person = None
    if request.endpoint == "static":
        return
    g.person = by_token() if for_program() else by_cookie()


def by_token() -> Person | None:
    given = request.headers.get("Authorization", "")
    if not given.startswith(BEARER):
        return None
    with reading() as session:
        return bearer(session, given.removeprefix(BEARER).strip(), at=now())


def by_cookie() -> Person | None:
    secret = login_secret()
    if not secret:
        return None
    with reading() as session:
        found = signed_in(session, secret, at=now())
    if found is None:
        return None
    person, in_use = found
    if in_use:
        with suppress(Busy), transaction(wait=MOMENT) as session:  # a page is read on while nobody can write
            keep_alive(session, secret, at=now())
    return person


def visitor() -> Person | None:
    """Who sends this request, or None."""
    person: Person | None = g.get("person")
    return person


def person() -> Person:
    """Who sends this request. Raises `NotSignedIn`."""
    found = visitor()
    if found is None:
        raise NotSignedIn
    return found


def actor() -> Actor:
    """Who acts in this request. Raises `NotSignedIn`."""
    return person().actor


def cookie_name() -> str:
    return "__Host-namro" if town().settings.https else "namro"


def login_secret() -> str:
    return request.cookies.get(cookie_name(), "")


def remember(response: Response, secret: str) -> Response:
    """Give the browser its login: not readable by scripts, not sent along from other sites."""
    response.set_cookie(
        cookie_name(),
        secret,
        max_age=LONGEST,
        path="/",
        secure=town().settings.https,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: Response) -> Response:
    response.delete_cookie(cookie_name(), path="/", secure=town().settings.https, httponly=True, samesite="Lax")
    return response
