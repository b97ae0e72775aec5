"""Procedures, their drafts and their way through approval."""

from apiflask import APIBlueprint
from flask import Response, jsonify, make_response, request
from flask.typing import ResponseReturnValue

from bpmn.convert import bpmn_to_table, write_json, write_yaml
from bpmn.document import read_document
from procedures.access import visible_version
from procedures.commands.appraise import Judgement, appraise
from procedures.commands.create_procedure import NewProcedure, create_procedure
from procedures.errors import Stale
from procedures.model.appraisal import Verdict
from procedures.queries.catalogue import Wanted, catalogue, draft, version_page
from procedures.uploads import Upload, read_upload
from web.api.schemas import (
    AppraisalBody,
    CatalogueQuery,
    CatalogueShown,
    NewProcedureBody,
    ProcedureShown,
    VersionShown,
)
from web.api.shown import draft_shown, version_shown
from web.drawing import BPMN
from web.errors import UnsupportedType
from web.identity import person
from web.limits import UPLOAD, caller, limiter
from web.request import now, reading, transaction
from web.submitting import replace_draft, submit_draft
from web.uploads import town_today

blueprint = APIBlueprint("api_procedures", __name__, url_prefix="/api/v1/procedures", tag="procedures")
ENDINGS = {
    "application/xml": ".bpmn",
    "text/xml": ".bpmn",
    "application/yaml": ".yaml",
    "application/x-yaml": ".yaml",
    "application/json": ".json",
}


@blueprint.post("")
@blueprint.input(NewProcedureBody)
@blueprint.output(ProcedureShown, status_code=201)
@blueprint.doc(security="token")
def create(json_data: NewProcedureBody) -> ProcedureShown:
    new = NewProcedure(json_data.code, json_data.title, json_data.unit, json_data.kind)
    with transaction() as session:
        made = create_procedure(session, new, by=person(), at=now())
    return ProcedureShown(code=made.code, title=made.title, unit=made.unit.code, kind=made.kind)


@blueprint.get("")
@blueprint.input(CatalogueQuery, location="query")
@blueprint.output(CatalogueShown)
@blueprint.doc(security="token")
def index(query_data: CatalogueQuery) -> CatalogueShown:
    wanted = Wanted(query_data.unit, query_data.stage, query_data.q, query_data.page)
    with reading() as session:
        found = catalogue(session, person(), wanted)
    versions = [version_shown(version) for version in found.versions]
    return CatalogueShown(versions=versions, page=found.page, pages=found.pages, count=found.count)


@blueprint.get("/<code>")
@blueprint.output(VersionShown)
@blueprint.doc(security="token", summary="The version in force, else the newest that the caller may see")
def show(code: str) -> VersionShown:
    with reading() as session:
        return version_shown(version_page(session, code, None, person()).version)


@blueprint.get("/<code>/draft")
@blueprint.doc(security="token", summary="The draft as BPMN, or as five-clear/1 YAML or JSON by Accept; ETag")
def show_draft(code: str) -> ResponseReturnValue:
    with reading() as session:
        version = draft(session, code, person())
    response = as_accepted(version.source)
    response.set_etag(str(version.revision))
    return response


@blueprint.put("/<code>/draft")
@blueprint.doc(security="token", summary="Replace the draft (BPMN, or five-clear/1 YAML or JSON) seen by If-Match")
@limiter.limit(UPLOAD, key_func=caller)
def update_draft(code: str) -> ResponseReturnValue:
    upload = sent()
    version = replace_draft(code, upload, matched(code), by=person())
    response = jsonify(draft_shown(code, version, upload.doubts).model_dump(mode="json"))
    response.set_etag(str(version.revision))
    return response


@blueprint.post("/<code>/submit")
@blueprint.output(VersionShown)
@blueprint.doc(security="token")
def submit(code: str) -> VersionShown:
    number = submit_draft(code, by=person()).number
    with reading() as session:
        return version_shown(visible_version(session, code, number, person()))


@blueprint.post("/<code>/versions/<int:number>/appraise")
@blueprint.input(AppraisalBody)
@blueprint.output(VersionShown)
@blueprint.doc(security="token")
def give_verdict(code: str, number: int, json_data: AppraisalBody) -> VersionShown:
    judgement = Judgement(Verdict(json_data.verdict), json_data.reason)
    with transaction() as session:
        return version_shown(appraise(session, code, number, judgement, by=person(), at=now()))


def sent() -> Upload:
    """The body, read by its Content-Type. Raises `UnsupportedType`, or `Unclear` with the findings."""
    ending = ENDINGS.get(request.mimetype)
    if ending is None:
        raise UnsupportedType(known=sorted(ENDINGS))
    return read_upload(request.get_data(), f"body{ending}", town_today())


def matched(code: str) -> int | None:
    """The revision that the writer has seen (If-Match); None where he names none."""
    tags = request.if_match
    if not tags:
        return None
    tag = next(iter(tags.as_set()), "")
    if not tag.isdecimal():
        raise Stale(procedure=code)
    return int(tag)


def as_accepted(source: str) -> Response:
    """A source as the caller wants it: BPMN unless YAML or JSON is asked for."""
    wanted = request.accept_mimetypes.best_match(["application/xml", "application/yaml", "application/json"])
    if wanted in (None, "application/xml"):
        return make_response(source, 200, {"Content-Type": BPMN})
    document = read_document(source.encode()).document
    if document is None:
        raise UnsupportedType(known=["application/xml"])
    table = bpmn_to_table(document)
    content = write_yaml(table) if wanted == "application/yaml" else write_json(table)
    return make_response(content, 200, {"Content-Type": f"{wanted}; charset=utf-8"})
