"""What watches the server from outside."""

from apiflask import APIBlueprint
from flask import Response, jsonify
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from engine.calendar import calendar_of
from engine.errors import NotAllowed
from web.identity import person
from web.request import now, reading

blueprint = APIBlueprint("health", __name__, tag="health")


@blueprint.get("/healthz")
@blueprint.doc(summary="Whether the database answers")
def health() -> ResponseReturnValue:
    with reading() as session:
        calendar = calendar_of(session)
    return jsonify({"ok": True, "calendar_loaded": not calendar.provisional(now())})


@blueprint.get("/metrics")
@blueprint.doc(security="token", summary="Figures for Prometheus, for administrators")
def metrics() -> ResponseReturnValue:
    if not person().officer.administrator:
        raise NotAllowed(action="metrics")
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)
