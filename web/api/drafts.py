"""What can be done about the findings of a draft: mend one, or let a leader waive it."""

from apiflask import APIBlueprint
from flask import jsonify
from flask.typing import ResponseReturnValue

from procedures.commands.waive import NewWaiver, waive
from web.api.procedures import matched
from web.api.schemas import FixBody, WaiverBody, WaiverShown
from web.api.shown import draft_shown
from web.identity import person
from web.limits import UPLOAD, caller, limiter
from web.request import now, transaction
from web.submitting import mend_draft

blueprint = APIBlueprint("api_drafts", __name__, url_prefix="/api/v1/procedures", tag="procedures")


@blueprint.post("/<code>/draft/fix")
@blueprint.input(FixBody)
@blueprint.doc(security="token", summary="Mend the findings of a code in the draft seen by If-Match; ETag")
@limiter.limit(UPLOAD, key_func=caller)
def fix(code: str, json_data: FixBody) -> ResponseReturnValue:
    version = mend_draft(code, json_data.code, json_data.element, revision=matched(code), by=person())
    response = jsonify(draft_shown(code, version).model_dump(mode="json"))
    response.set_etag(str(version.revision))
    return response


@blueprint.post("/<code>/draft/waivers")
@blueprint.input(WaiverBody)
@blueprint.output(WaiverShown, status_code=201)
@blueprint.doc(security="token", summary="A leader lets one error of the draft pass, with a reason")
def create_waiver(code: str, json_data: WaiverBody) -> WaiverShown:
    new = NewWaiver(json_data.code, json_data.element, json_data.reason)
    with transaction() as session:
        return WaiverShown.model_validate(waive(session, code, new, by=person(), at=now()))
