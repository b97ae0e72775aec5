"""The PDF itself: the template with its data, set by Typst."""

import json
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import typst

from bpmn.document import Document
from bpmn.fiveclear import FiveClear
from bpmn.paper.content import Cover, content

STANDARDS: tuple[Literal["a-2a"], Literal["ua-1"]] = ("a-2a", "ua-1")  # for archives, and for readers who hear it
NOTHING = Cover()


def printed(table: FiveClear, document: Document, cover: Cover = NOTHING) -> bytes:
    """Return a procedure as PDF/A-2a and PDF/UA-1; the same content gives the same bytes.

    The template is the only code that Typst sees: what the table says is handed over as JSON text and set as text.
    """
    data = json.dumps(content(table, document, cover), ensure_ascii=False)
    return typst.compile(
        template(), format="pdf", font_paths=fonts(), sys_inputs={"data": data}, pdf_standards=list(STANDARDS)
    )


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The fonts beside this file, and those that Typst brings for signs which they lack; none of the host's."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(files("bpmn.paper") / "fonts")])


@lru_cache(maxsize=1)
def template() -> bytes:
    return (files("bpmn.paper") / "procedure.typ").read_bytes()
