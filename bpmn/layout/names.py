"""BPMN names as the drawing groups them."""

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"

EDGES = {"sequenceFlow": "sequence", "messageFlow": "message", "association": "association"}
_KINDS = {
    "task": "task",
    "callActivity": "task",
    "subProcess": "part",
    "transaction": "part",
    "adHocSubProcess": "part",
    "boundaryEvent": "boundary",
    "startEvent": "event",
    "endEvent": "event",
    "intermediateCatchEvent": "event",
    "intermediateThrowEvent": "event",
    "implicitThrowEvent": "event",
    "textAnnotation": "artifact",
    "dataObjectReference": "artifact",
    "dataStoreReference": "artifact",
}


def tag_of(element: etree._Element) -> str:
    """Return the local name of a BPMN element, "" for comments and foreign elements."""
    tag = element.tag
    prefix = f"{{{BPMN}}}"
    return tag[len(prefix) :] if isinstance(tag, str) and tag.startswith(prefix) else ""


def kind(tag: str) -> str | None:
    """Return task | part | event | boundary | gateway | artifact, None for what has no shape of its own."""
    if tag.endswith("Task") and not tag.startswith("global"):
        return "task"
    if tag.endswith("Gateway"):
        return "gateway"
    return _KINDS.get(tag)
