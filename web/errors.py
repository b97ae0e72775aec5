"""Refusals in the language of HTTP: the one place where a class of error gets a status.

Rejected
├── NotSignedIn            nobody is signed in: pages lead to the sign-in page, the API answers 401
├── ForeignOrigin          a write that another site's page sent
├── FormExpired            a form whose token is missing or too old
├── BadRequest             the request itself does not fit: no file, a wrong type
└── UnsupportedType        the API cannot read this kind of content
"""

import json
import secrets
from collections.abc import Mapping, Sequence

import structlog
from flask import Flask, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError

from bpmn.check import finding_as_json
from bpmn.errors import BpmnError, Unreadable
from bpmn.findings import Finding
from engine.errors import Busy, Conflict, Invalid, NotAllowed, NotFound, Refused
from procedures.errors import MissingMatch, Stale, Unclear
from procedures.queries.people import name_of
from web.languages import language
from web.present.findings import finding_lines
from web.request import reading
from web.sentences import heading, sentence

RETRY_AFTER = 5  # seconds
PROBLEM = "application/problem+json"
log = structlog.get_logger()


class Rejected(Exception):  # noqa: N818  # it names what happened to the request
    """Base: a stable `code` and facts."""

    code = "rejected"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts: Mapping[str, object] = facts


class NotSignedIn(Rejected):
    code = "not-signed-in"


class ForeignOrigin(Rejected):
    code = "foreign-origin"


class FormExpired(Rejected):
    code = "form-expired"


class BadRequest(Rejected):
    code = "bad-request"


class UnsupportedType(Rejected):
    code = "unsupported-type"


STATUS: Mapping[type[Exception], int] = {
    NotFound: 404,
    NotAllowed: 403,
    Conflict: 409,
    Invalid: 422,
    Stale: 412,
    MissingMatch: 428,
    Busy: 503,
    BpmnError: 422,
    NotSignedIn: 401,
    ForeignOrigin: 403,
    FormExpired: 403,
    BadRequest: 400,
    UnsupportedType: 415,
}


def status_of(error: Exception) -> int:
    """The status of the nearest class that has one. Raises `LookupError` for an error that nobody mapped."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            return STATUS[kind]
    raise LookupError(type(error).__name__)


def answer_errors(app: Flask) -> None:
    """Give every refusal its answer, and every bug a reference and a line in the log."""
    app.register_error_handler(Refused, refuse)
    app.register_error_handler(BpmnError, refuse)
    app.register_error_handler(Rejected, refuse)
    app.register_error_handler(NotSignedIn, ask_to_sign_in)
    app.register_error_handler(InternalServerError, own_up)
    app.register_error_handler(HTTPException, protocol)


def refuse(error: Refused | BpmnError | Rejected) -> ResponseReturnValue:
    """Answer a refusal with its status, code and facts."""
    findings = error.findings if isinstance(error, Unreadable | Unclear) else ()
    return answer(status_of(error), error.code, named(error.facts), findings)


def named(facts: Mapping[str, object]) -> Mapping[str, object]:
    """The facts; where they tell `by` whom something was done, with his name as `by_name`."""
    by = facts.get("by")
    if not isinstance(by, int):
        return facts
    with reading() as session:
        return {**facts, "by_name": name_of(session, by)}


def ask_to_sign_in(error: NotSignedIn) -> ResponseReturnValue:
    """Lead a person to the sign-in page; tell a program that it needs a token, and a script that nobody is there."""
    if for_program():
        response = answer(401, error.code, error.facts)
        response.headers["WWW-Authenticate"] = 'Bearer realm="namro"'
        return response
    if by_script():
        return answer(401, error.code, error.facts)
    return redirect(url_for("sessions.new"), 303)


def own_up(error: InternalServerError) -> ResponseReturnValue:
    """Answer a bug with a reference under which the log has all of it."""
    reference = secrets.token_hex(6)
    log.error("request failed", reference=reference, path=request.path, exc_info=error.original_exception)
    return answer(500, "internal", {"reference": reference})


def protocol(error: HTTPException) -> ResponseReturnValue:
    """Answer what HTTP itself refuses: unknown address, wrong method, too large, too many."""
    if error.code is None or error.code < 400:
        return error.get_response()
    response = answer(error.code, error.name.lower().replace(" ", "-"), {})
    if error.code == 405 and error.get_response().headers.get("Allow"):
        response.headers["Allow"] = error.get_response().headers["Allow"]
    return response


def answer(status: int, code: str, facts: Mapping[str, object], findings: Sequence[Finding] = ()) -> Response:
    """A problem document for programs, a page for people."""
    response = (problem if for_program() or by_script() else page)(status, code, facts, findings)
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def problem(status: int, code: str, facts: Mapping[str, object], findings: Sequence[Finding] = ()) -> Response:
    """An RFC 9457 problem document with `code`, `facts` and, where a file was judged, `findings`."""
    content: dict[str, object] = {
        "type": f"urn:namro:problem:{code}",
        "title": str(heading(status)),
        "status": status,
        "code": code,
        "detail": sentence(code, status, facts),
        "facts": facts,
    }
    if findings:
        content["findings"] = [finding_as_json(finding, language()) for finding in findings]
    return Response(json.dumps(content, ensure_ascii=False, default=str), status, content_type=PROBLEM)


def page(status: int, code: str, facts: Mapping[str, object], findings: Sequence[Finding] = ()) -> Response:
    lines = finding_lines(findings, {}, language=language())
    detail = sentence(code, status, facts)
    said = render_template("errors/show.html", status=status, heading=heading(status), detail=detail, lines=lines)
    return make_response(said, status)


def for_program() -> bool:
    """Whether a program asks: the API and what belongs to it."""
    return request.path.startswith("/api/") or request.path in {"/healthz", "/metrics"}


def by_script() -> bool:
    """Whether a script of one of our pages asks: it wants JSON where a browser wants a page."""
    return request.accept_mimetypes.best == "application/json"
