"""What watches the server from outside."""

from apiflask import APIBlueprint
from flask import Response, jsonify
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from engine.calendar import year_missing
from engine.errors import NotAllowed
from web.identity import person
from web.moments import here
from web.request import now, reading

blueprint = APIBlueprint("health", __name__, tag="health")


@blueprint.get("/healthz")
@blueprint.doc(summary="Whether the database answers")
def health() -> ResponseReturnValue:
    with reading() as session:
        missing = year_missing(session, here(now()).date())
    warnings = [] if missing is None else [{"code": "calendar-missing", "facts": {"year": missing}}]
    return jsonify({"ok": True, "calendar_loaded": missing != here(now()).year, "warnings": warnings})


@blueprint.get("/metrics")
@blueprint.doc(security="token", summary="Figures for Prometheus, for administrators")
def metrics() -> ResponseReturnValue:
    if not person().officer.administrator:
        raise NotAllowed(action="metrics")
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)
