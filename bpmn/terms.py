"""The words of a procedure that others would use again: its results, forms, dossier and legal bases."""

from collections.abc import Mapping
from enum import StrEnum
from io import BytesIO

from lxml import etree

from bpmn.dialect import NAMESPACE
from bpmn.folding import normal


class TermKind(StrEnum):
    OUTPUT = "output"
    FORM = "form"
    INPUT = "input"
    BASIS = "basis"


LONGEST = 300  # letters of a term; what is longer is a text, not a name
TAGS = [f"{{{NAMESPACE}}}{name}" for name in ("step", "form", "legalBasis", "input", "output")]


def terms_of(source: bytes) -> Mapping[TermKind, frozenset[str]]:
    """Return the terms of a canonical source by kind, each as it would be typed."""
    found: dict[TermKind, set[str]] = {kind: set() for kind in TermKind}
    for _, element in etree.iterparse(BytesIO(source), events=("end",), tag=TAGS, resolve_entities=False):
        kind, text = term(element)
        said = normal(text or "")
        if 0 < len(said) <= LONGEST:
            found[kind].add(said)
    return {kind: frozenset(texts) for kind, texts in found.items()}


def term(element: etree._Element) -> tuple[TermKind, str | None]:
    """The kind and the text of one element of the dialect."""
    match etree.QName(element).localname:
        case "step":
            return TermKind.OUTPUT, element.get("output")
        case "output":
            return TermKind.OUTPUT, element.get("name")
        case "input":
            return TermKind.INPUT, element.get("name")
        case "form":
            return TermKind.FORM, element.text
        case _:
            return TermKind.BASIS, element.get("document") or element.text
