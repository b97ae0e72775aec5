"""Texts: bounded in length, without characters that deceive the eye or break a log line."""

import re
from collections.abc import Iterator

from lxml import etree

from bpmn.document.identity import nearest_id
from bpmn.document.names import BIDI, DRAWING, local, namespace
from bpmn.findings import Clear, Finding, Severity
from bpmn.source import line_number
from bpmn.verdicts import reject

MAX_NAME = 255
MAX_TEXT = 20_000
CONTROL = re.compile("[\r\x7f-\x9f\u2028\u2029]")
INVISIBLE = re.compile("[\u00ad\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb]|[\U000e0000-\U000e007f]")


def check_texts(root: etree._Element) -> Iterator[Finding]:
    """Over-long texts are rejects; control, bidi and invisible characters are said once for an element."""
    for element in root.iter(etree.Element):
        if namespace(element) in DRAWING:
            continue
        yield from too_long(element)
        yield from deceiving(element)


def too_long(element: etree._Element) -> Iterator[Finding]:
    texts = [(str(key), str(value), MAX_NAME if key == "name" else MAX_TEXT) for key, value in element.attrib.items()]
    texts.append(("text", element.text or "", MAX_TEXT))
    for attribute, text, limit in texts:
        if len(text) > limit and attribute != "id":
            yield reject(
                "limit-text",
                clear=Clear.PROCESS,
                element=nearest_id(element),
                line=line_number(element),
                length=len(text),
                limit=limit,
                attribute=attribute,
            )


def deceiving(element: etree._Element) -> Iterator[Finding]:
    name = element.get("name") or ""
    everything = "\0".join([*(str(value) for value in element.attrib.values()), element.text or ""])
    if CONTROL.search(everything):
        yield spotted("text-control", Severity.WARNING, element)
    elif "\n" in name or "\t" in name:
        yield spotted("text-control", Severity.INFO, element)
    if BIDI.search(everything):
        yield spotted("text-bidi", Severity.WARNING, element)
    if INVISIBLE.search(everything):
        yield spotted("text-invisible", Severity.WARNING, element)


def spotted(code: str, severity: Severity, element: etree._Element) -> Finding:
    return Finding(code, severity, Clear.PROCESS, nearest_id(element), line_number(element), {"tag": local(element)})
