"""Names of the BPMN 2.0 vocabulary, and how texts and references are read from it."""

import re

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
NAMRO = "urn:namro:5ro:1.0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
DMN = "/DMN/"
"""Part of the namespace of every release of DMN."""
DRAWING = frozenset({BPMNDI, DC, DI})

TASKS = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "scriptTask",
        "businessRuleTask",
        "sendTask",
        "receiveTask",
    }
)
SUBPROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"})
EVENTS = frozenset(
    {
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
        "implicitThrowEvent",
    }
)
CHOREOGRAPHY = frozenset({"choreographyTask", "subChoreography", "callChoreography"})
ACTIVITIES = TASKS | SUBPROCESSES | {"callActivity"}
FLOW_NODES = ACTIVITIES | GATEWAYS | EVENTS | CHOREOGRAPHY

NAME_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NCNAME = re.compile(f"[{NAME_START}][{NAME_START}.0-9\xb7\u0300-\u036f\u203f-\u2040-]*")
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
BREAKS = re.compile("[\\x00-\\x20\\x7f-\\x9f\u2028\u2029]+")


def q(tag: str) -> str:
    """The qualified name of a BPMN element."""
    return f"{{{BPMN}}}{tag}"


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def namespace(element: etree._Element) -> str:
    return etree.QName(element).namespace or ""


def is_ncname(text: str) -> bool:
    return NCNAME.fullmatch(text) is not None


def plain(text: str | None) -> str:
    """A text on one line: control characters and runs of space become one space, bidi controls vanish."""
    return BREAKS.sub(" ", BIDI.sub("", text or "")).strip(" ")


def reference(text: str | None) -> str | None:
    """The local part of a reference, which may carry a prefix; None where there is none."""
    name = (text or "").strip()
    return name.rpartition(":")[2] or None


def content(element: etree._Element | None) -> str | None:
    """The whole text below an element, trimmed; None where it is empty or there is no element."""
    if element is None:
        return None
    return "".join(str(part) for part in element.itertext()).strip() or None
