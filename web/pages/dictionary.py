"""Từ điển: what the town's procedures use already, to choose from while typing."""

from apiflask import APIBlueprint
from flask import jsonify, request
from flask.typing import ResponseReturnValue

from bpmn.folding import normal
from bpmn.terms import TermKind
from engine.errors import NotFound
from procedures.queries.dictionary import LONGEST, words
from procedures.queries.people import local_day
from web.identity import person
from web.present.dictionary import said, word_line
from web.request import now, reading

blueprint = APIBlueprint("dictionary", __name__, url_prefix="/tu-dien", enable_openapi=False)
KINDS = {kind.value: kind for kind in TermKind}


@blueprint.get("/<kind>")
def index(kind: str) -> ResponseReturnValue:
    """The words of a kind that hold `?q=`, without marks."""
    if kind not in KINDS:
        raise NotFound(kind=kind)
    typed = normal(request.args.get("q", "")[:LONGEST])
    with reading() as session:
        found = words(session, person(), KINDS[kind], typed, today=local_day(now()))
    return jsonify({"words": [word_line(word) for word in found], "said": said(len(found))})
