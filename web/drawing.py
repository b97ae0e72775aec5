"""The server's own drawing of a source, for print, phones and browsers without scripts."""

from collections.abc import Sequence

from bpmn.document import read_document
from bpmn.draw import draw
from bpmn.errors import Unreadable

BPMN = "application/xml; charset=utf-8"
SVG = "image/svg+xml; charset=utf-8"


def drawing(source: str, *, current: Sequence[str] = (), done: Sequence[str] = ()) -> str:
    """The source as SVG, with what is done and what is being done marked. Raises `Unreadable`."""
    reading = read_document(source.encode())
    if reading.document is None:
        raise Unreadable(reading.findings)
    return draw(reading.document.root, highlights=dict.fromkeys(done, "done") | dict.fromkeys(current, "current"))
