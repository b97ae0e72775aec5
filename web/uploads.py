"""A file that somebody sends. It is read, never run."""

from flask import request

from bpmn.folding import normal
from procedures.evidence import Gate
from procedures.queries.people import organisation
from web.forms import Wrong
from web.profiles import chosen_profile
from web.request import now, reading, town


def sent(field: str) -> tuple[str, bytes]:
    """The name and the bytes of a form's file. Raises `Wrong` where there is none."""
    file = request.files.get(field)
    if file is None or not file.filename:
        raise Wrong(field)
    with file.stream as stream:
        return normal(file.filename), stream.read()


def town_today() -> Gate:
    """What the gate knows of the town now: units, positions and holders, the moment, the profile it chose."""
    with reading() as session:
        return Gate(organisation(session, at=now()), now(), chosen_profile(town().settings.profile))
