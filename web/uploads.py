"""A file that somebody sends, read into BPMN. The file itself is neither kept nor run."""

from flask import request

from procedures.evidence import Gate
from procedures.queries.people import organisation
from procedures.uploads import Upload, read_upload
from web.forms import Wrong
from web.profiles import chosen_profile
from web.request import now, reading, town


def uploaded(field: str) -> Upload:
    """The file of a form. Raises `Wrong` where there is none, `Unclear` with the findings for an unusable one."""
    file = request.files.get(field)
    if file is None or not file.filename:
        raise Wrong(field)
    with file.stream as stream:
        data = stream.read()
    return read_upload(data, file.filename, town_today())


def town_today() -> Gate:
    """What the gate knows of the town now: units, positions and holders, the moment, the profile it chose."""
    with reading() as session:
        return Gate(organisation(session, at=now()), now(), chosen_profile(town().settings.profile))
