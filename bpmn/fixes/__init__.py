"""One-click fixes: what the gate says, mended in the document by a machine where only one thing can be meant.

`offered` tells from a finding alone whether there is a fix; `fixed` gives the mended document and leaves the given one
as it is.  One entry of `FIXES` a code; everything the finding does not name stays as it was.
"""

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from bpmn.document import Document, read_document
from bpmn.errors import BpmnError
from bpmn.findings import Finding
from bpmn.fixes import code, conditions, drawing, flows, names, people, time
from bpmn.fixes.mending import Fix


class NoFix(BpmnError):  # noqa: N818  # it names what there is not
    """The finding has no fix, or is not true of this document any more. Facts: `finding`, `element`."""

    code = "no-fix"


FIXES: Mapping[str, Fix] = {
    **code.FIXES,
    **conditions.FIXES,
    **drawing.FIXES,
    **flows.FIXES,
    **names.FIXES,
    **people.FIXES,
    **time.FIXES,
}


def offered(finding: Finding) -> bool:
    """Whether this finding can be mended by a machine."""
    fix = FIXES.get(finding.code)
    return fix is not None and finding.element is not None and fix.fits(finding)


def fixed(document: Document, finding: Finding) -> Document:
    """Return the document with one finding mended. Raises `NoFix`."""
    fix = FIXES.get(finding.code)
    root = deepcopy(document.root)
    if fix is None or not offered(finding) or not fix.mend(root, document, finding):
        raise NoFix(finding=finding.code, element=finding.element)
    mended = read_document(etree.tostring(root, encoding="UTF-8")).document
    if mended is None:
        raise NoFix(finding=finding.code, element=finding.element)
    return mended


__all__ = ["FIXES", "NoFix", "fixed", "offered"]
