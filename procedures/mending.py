"""Mend a draft where the gate offers it: one finding, or all of one kind."""

from bpmn.document import read_document
from bpmn.fixes import NoFix, fixed, offered
from procedures.errors import Unclear
from procedures.evidence import Gate, examine_reading


def mended(source: bytes, gate: Gate, code: str, element: str | None) -> bytes:
    """Return the source with the findings of a code mended: that of one element, or all where none is named.

    Raises `NoFix` where nothing of the kind can be mended, `Unclear` for a source that cannot be read.
    """
    reading = read_document(source)
    document = reading.document
    if document is None:
        raise Unclear(reading.findings)
    report = examine_reading(source, reading, gate).report
    wanted = [each for each in report.findings if each.code == code and element in (None, each.element)]
    done = 0
    for finding in filter(offered, wanted):
        try:
            document = fixed(document, finding)
        except NoFix:  # what was mended before it has taken this one along
            continue
        done += 1
    if not done:
        raise NoFix(finding=code, element=element)
    return document.canonical()
