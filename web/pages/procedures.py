"""Kho quy trình: find a standard, read one."""

from apiflask import APIBlueprint
from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from bpmn.folding import normal
from procedures.access import visible_hash, visible_version
from procedures.queries.catalogue import Wanted, catalogue, fields_of_work
from procedures.queries.feedback import open_feedback
from procedures.queries.people import valid_units
from web.drawing import BPMN, PDF, SVG, drawing, thumbnail
from web.identity import person
from web.present.paper import cover_of, pdf
from web.present.version import version_view
from web.request import now, reading
from web.statics import YEAR

HASH = 16  # letters of a content's hash that tell it from others
blueprint = APIBlueprint("procedures", __name__, url_prefix="/quy-trinh", enable_openapi=False)


@blueprint.get("")
def index() -> ResponseReturnValue:
    wanted = Wanted(
        unit=request.args.get("unit", ""),
        stage=request.args.get("stage", ""),
        text=normal(request.args.get("q", "")),
        page=request.args.get("page", 1, type=int),
        kind=request.args.get("kind", ""),
        field=normal(request.args.get("field", "")),
    )
    with reading() as session:
        listed, units = catalogue(session, person(), wanted), valid_units(session, at=now())
        fields, waiting = fields_of_work(session, person()), open_feedback(session, person())
    return render_template(
        "procedures/index.html", listed=listed, wanted=wanted, units=units, fields=fields, waiting=waiting
    )


@blueprint.get("/<code>")
def show(code: str) -> ResponseReturnValue:
    return page(code, None)


@blueprint.get("/<code>/ban/<int:number>")
def version(code: str, number: int) -> ResponseReturnValue:
    return page(code, number)


@blueprint.get("/<code>/ban/<int:number>/quy-trinh.bpmn")
def source(code: str, number: int) -> ResponseReturnValue:
    with reading() as session:
        found = visible_version(session, code, number, person())
    return Response(found.source, content_type=BPMN)


@blueprint.get("/<code>/ban/<int:number>/so-do.svg")
def picture(code: str, number: int) -> ResponseReturnValue:
    with reading() as session:
        found = visible_version(session, code, number, person())
    return Response(drawing(found.source), content_type=SVG)


@blueprint.get("/<code>/ban/<int:number>/hinh-nho.svg")
def small(code: str, number: int) -> ResponseReturnValue:
    """A version's picture for a list. Asked for by the hash of its content, a browser may keep it for good."""
    with reading() as session:
        digest = visible_hash(session, code, number, person())
    answer = Response(content_type=SVG)
    answer.set_etag(digest[:HASH])
    bound = request.args.get("v") == digest[:HASH]
    answer.headers["Cache-Control"] = f"private, max-age={YEAR}, immutable" if bound else "private, no-cache"
    if digest[:HASH] not in request.if_none_match:
        with reading() as session:
            answer.set_data(thumbnail(visible_version(session, code, number, person()).source))
    return answer.make_conditional(request)


@blueprint.get("/<code>/ban/<int:number>/quy-trinh.pdf")
def paper(code: str, number: int) -> ResponseReturnValue:
    with reading() as session:
        found = visible_version(session, code, number, person())
        cover = cover_of(session, found, at=now())
    answer = Response(pdf(found.source, cover), content_type=PDF)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{code}-ban-{number}.pdf")
    return answer


def page(code: str, number: int | None) -> str:
    """The page of a version; without a number of the one that counts."""
    with reading() as session:
        view = version_view(session, code, number, by=person(), at=now())
    return render_template("procedures/show.html", view=view, version=view.page.version)
