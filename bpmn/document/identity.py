"""Ids: every element that can be referred to has one, well-formed, unique and of bounded length."""

from collections.abc import Iterator

from lxml import etree

from bpmn.document.names import BPMN, BPMNDI, FLOW_NODES, is_ncname, local, namespace
from bpmn.findings import Clear, Finding
from bpmn.source import line_number
from bpmn.verdicts import reject, warning

MAX_ID = 255
NEED_ID = FLOW_NODES | {"process", "sequenceFlow", "lane", "participant", "messageFlow", "message"}


def check_ids(root: etree._Element) -> Iterator[Finding]:
    """Missing, malformed and repeated ids. Ids inside extensions are no business of BPMN."""
    seen: dict[str, str] = {}
    for element in root.iter(f"{{{BPMN}}}*", f"{{{BPMNDI}}}*"):
        identifier = element.get("id")
        if identifier is None:
            yield from missing(element)
            continue
        yield from malformed(element, identifier)
        if identifier in seen:
            yield repeated(element, identifier, seen[identifier])
        seen.setdefault(identifier, namespace(element))


def missing(element: etree._Element) -> Iterator[Finding]:
    if namespace(element) == BPMN and local(element) in NEED_ID:
        yield reject(
            "id-missing",
            clear=Clear.PROCESS,
            element=nearest_id(element),
            line=line_number(element),
            tag=local(element),
            name=(element.get("name") or "")[:80],
        )


def malformed(element: etree._Element, identifier: str) -> Iterator[Finding]:
    line = line_number(element)
    if len(identifier) > MAX_ID:
        yield reject(
            "limit-text",
            clear=Clear.PROCESS,
            element=identifier[:MAX_ID],
            line=line,
            length=len(identifier),
            limit=MAX_ID,
            attribute="id",
        )
    elif not is_ncname(identifier):
        say = reject if namespace(element) == BPMN else warning
        yield say("id-syntax", clear=Clear.PROCESS, element=identifier, line=line, id=identifier, attribute="id")


def repeated(element: etree._Element, identifier: str, first: str) -> Finding:
    """Two model elements with one id cannot be told apart; in the drawing it does no harm."""
    say = reject if namespace(element) == first == BPMN else warning
    return say(
        "id-duplicate", clear=Clear.PROCESS, element=identifier[:MAX_ID], line=line_number(element), tag=local(element)
    )


def nearest_id(element: etree._Element) -> str | None:
    """The id of the element itself or of its nearest ancestor that has one."""
    for candidate in (element, *element.iterancestors()):
        identifier = candidate.get("id")
        if identifier:
            return identifier[:MAX_ID]
    return None
