"""The gate, without storing anything."""

from apiflask import APIBlueprint
from flask import jsonify, request
from flask.typing import ResponseReturnValue

from bpmn.check import check, report_as_json
from bpmn.profiles import profile as shipped_profile
from web.errors import BadRequest
from web.languages import language
from web.limits import UPLOAD, caller, limiter
from web.uploads import town_today

blueprint = APIBlueprint("api_checks", __name__, url_prefix="/api/v1", tag="check")
ENDINGS = {"application/xml": ".bpmn", "text/xml": ".bpmn", "application/yaml": ".yaml", "application/json": ".json"}


@blueprint.post("/check")
@blueprint.doc(security="token", summary="Run the gate over one file (multipart field `file`, or the body itself)")
@limiter.limit(UPLOAD, key_func=caller)
def create() -> ResponseReturnValue:
    data, name = given_file()
    town, wanted = town_today(), request.args.get("profile")
    profile = shipped_profile(wanted) if wanted else town.profile
    report = check(data, name, directory=town.organisation, at=town.at, profile=profile)
    return jsonify({"files": [report_as_json(report, language())]})


def given_file() -> tuple[bytes, str]:
    """The file sent and its name. Raises `BadRequest` where there is none."""
    file = request.files.get("file")
    if file is not None and file.filename:
        with file.stream as stream:
            return stream.read(), file.filename
    ending = ENDINGS.get(request.mimetype)
    if ending is None:
        raise BadRequest(field="file")
    return request.get_data(), f"body{ending}"
