"""What a BPMN file of another tool carries besides the standard, for who is about to save it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from bpmn.document import read_document
from bpmn.document.names import BPMN, DRAWING, NAMRO

XML = "http://www.w3.org/XML/1998/namespace"
KNOWN = DRAWING | {BPMN, NAMRO, XML, "", "http://www.w3.org/2001/XMLSchema-instance"}
TOOLS: Mapping[str, str] = {
    "camunda.org": "Camunda",
    "zeebe": "Camunda 8",
    "activiti.org": "Activiti",
    "flowable.org": "Flowable",
    "signavio": "Signavio",
    "bizagi": "Bizagi",
    "trisotech": "Trisotech",
    "ibm.com": "IBM",
    "visual-paradigm": "Visual Paradigm",
    "sparxsystems": "Enterprise Architect",
    "w4.eu": "W4",
    "drools": "jBPM",
    "jbpm": "jBPM",
}

SHOWN = 6  # names of one vocabulary


@dataclass(frozen=True, slots=True)
class Foreign:
    """Parts of one other tool: how many there are, and some of their names."""

    tool: str
    count: int
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class Origin:
    """The tool that wrote a file, empty where it does not say, and what it wrote beyond the standard."""

    tool: str
    foreign: Sequence[Foreign]


def origin_of(data: bytes) -> Origin | None:
    """Return where a BPMN file is from; None for a file that is no BPMN."""
    document = read_document(data).document
    if document is None:
        return None
    root = document.root
    said = " ".join(filter(None, (root.get("exporter"), root.get("exporterVersion"))))
    found: dict[str, Counter[str]] = {}
    for element in root.iter(etree.Element):
        for name in (element.tag, *map(str, element.keys())):
            space = etree.QName(str(name))
            if (space.namespace or "") not in KNOWN:
                found.setdefault(space.namespace or "", Counter())[space.localname] += 1
    foreign = [
        Foreign(tool_of(space), names.total(), [name for name, _ in names.most_common(6)])
        for space, names in found.items()
    ]
    return Origin(said[:80], sorted(foreign, key=lambda each: -each.count))


def tool_of(space: str) -> str:
    """The tool that owns a namespace, or the namespace itself."""
    return next((tool for mark, tool in TOOLS.items() if mark in space.lower()), space[:80])
