"""The server's own drawing of a source, for print, phones and browsers without scripts."""

from collections.abc import Sequence
from functools import lru_cache

from bpmn.document import read_document
from bpmn.draw import draw, draw_small
from bpmn.errors import Unreadable

BPMN = "application/xml; charset=utf-8"
SVG = "image/svg+xml; charset=utf-8"
PDF = "application/pdf"


@lru_cache(maxsize=128)
def thumbnail(source: str) -> str:
    """The source as a small picture, shapes and lines alone. Raises `Unreadable`."""
    reading = read_document(source.encode())
    if reading.document is None:
        raise Unreadable(reading.findings)
    return draw_small(reading.document.root)


def drawing(source: str, *, current: Sequence[str] = (), done: Sequence[str] = ()) -> str:
    """The source as SVG, with what is done and what is being done marked. Raises `Unreadable`."""
    reading = read_document(source.encode())
    if reading.document is None:
        raise Unreadable(reading.findings)
    return draw(reading.document.root, highlights=dict.fromkeys(done, "done") | dict.fromkeys(current, "current"))
