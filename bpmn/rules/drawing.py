"""The drawing's coordinates are numbers that a page can hold."""

import math
from collections.abc import Iterator

from lxml import etree

from bpmn.document.identity import nearest_id
from bpmn.document.names import DC, DI
from bpmn.findings import Finding
from bpmn.rules.case import Case, Rule
from bpmn.source import line_number
from bpmn.verdicts import warning

MAX_COORDINATE = 100_000


def find(case: Case) -> Iterator[Finding]:
    """Said once for the document, with its first process."""
    if case.process.id != next(iter(case.document.processes)):
        return
    for element in case.document.root.iter(f"{{{DC}}}Bounds", f"{{{DI}}}waypoint"):
        wrong = [key for key in ("x", "y", "width", "height") if not fits(element, key)]
        if wrong:
            yield warning("di-bounds", element=nearest_id(element), line=line_number(element), attributes=wrong)


def fits(element: etree._Element, key: str) -> bool:
    text = element.get(key)
    if text is None:
        return key in ("width", "height") and element.tag == f"{{{DI}}}waypoint"
    try:
        value = float(text)
    except ValueError:
        return False
    least = 0.0 if key in ("width", "height") else -MAX_COORDINATE
    return math.isfinite(value) and least <= value <= MAX_COORDINATE


RULE = Rule(("di-bounds",), find)
