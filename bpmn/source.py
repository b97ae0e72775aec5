"""From bytes to an XML tree, hardened: no DTD, no entity, no network, bounded size, depth and count.

Whatever the bytes are, the answer is a tree or findings, never an exception of the XML library.
"""

import re
from dataclasses import dataclass
from unicodedata import is_normalized, normalize

from lxml import etree

from bpmn.findings import Clear, Finding
from bpmn.verdicts import reject, warning

MAX_BYTES = 2 * 1024 * 1024
MAX_COMMENT_BYTES = 64 * 1024
MAX_XML_ELEMENTS = 60_000
MAX_ATTRIBUTES = 200

ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "utf-16": "utf-16",
    "iso-8859-1": "latin-1",
    "windows-1252": "cp1252",
    "windows-1258": "cp1258",
}
"""Encodings that may be declared; any other name is refused, since no tool needs a rare decoder."""

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
DECLARATION = re.compile(r"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["'][^>]*\?>""")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
PROLOG_PART = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
REFUSALS = {
    int(etree.ErrorTypes.ERR_INVALID_CHAR): "xml-char",
    int(etree.ErrorTypes.ERR_INVALID_ENCODING): "xml-encoding",
}
DOCTYPE = re.compile(r"<!DOCTYPE", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """What the bytes hold: `root` without comments and processing instructions, or None; `findings` say why."""

    root: etree._Element | None
    findings: tuple[Finding, ...]


def read_source(data: bytes) -> Source:
    """Read bytes as XML. A root is given exactly when no finding is a reject."""
    refused = refuse_size(data)
    if refused is not None:
        return Source(None, (refused,))
    text = decode(data)
    if isinstance(text, Finding):
        return Source(None, (text,))
    refused = refuse_text(text)
    if refused is not None:
        return Source(None, (refused,))
    return parse(text)


def canonical(root: etree._Element) -> bytes:
    """Canonical XML (C14N 2.0): the same bytes for the same content, whatever the order of attributes."""
    written: bytes = etree.tostring(root, method="c14n2")
    return written


def refuse_size(data: bytes) -> Finding | None:
    if len(data) > MAX_BYTES:
        return reject("limit-size", bytes=len(data), limit=MAX_BYTES)
    if not data.strip(b" \t\r\n\x00") or data in (b"\xef\xbb\xbf", *UTF16_MARKS):
        return reject("xml-empty", bytes=len(data))
    return None


def decode(data: bytes) -> str | Finding:
    """Decode by the byte-order mark, else by the declared encoding, else as UTF-8."""
    marked = data.startswith(UTF16_MARKS)
    if not marked and not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return reject("xml-syntax", line=1, reason="not-xml")
    declared = DECLARATION.match(data[:400].removeprefix(b"\xef\xbb\xbf").decode("latin-1"))
    name = "utf-16" if marked else (declared[1].lower() if declared else "utf-8")
    codec = ENCODINGS.get(name)
    if codec is None or (codec == "utf-16" and not marked):
        return reject("xml-encoding", line=1, declared=name)
    try:
        return data.removeprefix(b"\xef\xbb\xbf").decode(codec)
    except UnicodeDecodeError as failure:
        return reject("xml-encoding", line=data.count(b"\n", 0, failure.start) + 1, declared=name)


def refuse_text(text: str) -> Finding | None:
    start = text.lstrip()
    if not start:
        return reject("xml-empty", bytes=len(text))
    if not start.startswith("<"):
        return reject("xml-syntax", line=1, reason="not-xml")
    forbidden = FORBIDDEN.search(text)
    if forbidden is not None:
        return reject("xml-char", line=line_of(text, forbidden.start()), character=f"U+{ord(forbidden[0]):04X}")
    at = doctype_position(text)
    return None if at is None else reject("xml-dtd", line=line_of(text, at))


def doctype_position(text: str) -> int | None:
    """Where a DOCTYPE stands: only before the root, since `<!DOCTYPE` in a comment or CDATA declares nothing."""
    position = 0
    while part := PROLOG_PART.match(text, position):
        position = part.end()
    return position if DOCTYPE.match(text, position) else None


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def parser(*, keep_all: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=not keep_all,
        remove_pis=not keep_all,
    )


def parse(text: str) -> Source:
    data = text.encode("utf-8")
    try:
        whole = etree.fromstring(data, parser(keep_all=True))
    except etree.XMLSyntaxError as failure:
        return Source(None, (refused_syntax(failure),))
    refused = refuse_tree(whole)
    if refused is not None:
        return Source(None, (refused,))
    root = etree.fromstring(data, parser(keep_all=False))
    compose(root)
    return Source(root, tuple(dropped(whole)))


def compose(root: etree._Element) -> None:
    """Bring every text to NFC, in place.

    Only after parsing: in the raw text a combining mark after `<`, `=` or `>` would melt into the markup.
    """
    for element in root.iter():
        for key, value in element.attrib.items():
            if not is_normalized("NFC", str(value)):
                element.set(key, normalize("NFC", str(value)))
        if element.text and not is_normalized("NFC", element.text):
            element.text = normalize("NFC", element.text)
        if element.tail and not is_normalized("NFC", element.tail):
            element.tail = normalize("NFC", element.tail)


def refused_syntax(failure: etree.XMLSyntaxError) -> Finding:
    """Translate the XML library's error; its own sentence travels as a fact, cut short."""
    line = max(failure.lineno or 1, 1)
    reason = (failure.msg or "")[:200]
    if "Excessive depth" in reason:
        return reject("limit-depth", line=line, reason=reason)
    number: int = failure.code  # type: ignore[attr-defined]  # the stubs lack it
    return reject(REFUSALS.get(number, "xml-syntax"), line=line, reason=reason)


def refuse_tree(root: etree._Element) -> Finding | None:
    """What must not stand in a parsed tree: a document type that slipped through, too many elements."""
    if root.getroottree().docinfo.doctype:  # type: ignore[attr-defined]  # the stubs lack it
        return reject("xml-dtd", line=1)
    count = 0
    for element in root.iter(etree.Element):
        count += 1
        if len(element.attrib) > MAX_ATTRIBUTES:  # the library takes quadratic time to list them
            return reject(
                "limit-attributes", line=line_number(element), count=len(element.attrib), limit=MAX_ATTRIBUTES
            )
    if count > MAX_XML_ELEMENTS:
        return reject("limit-elements", count=count, limit=MAX_XML_ELEMENTS)
    return None


def dropped(root: etree._Element) -> list[Finding]:
    """Name what is not kept: processing instructions always, comments when they are large."""
    nodes = [*root.itersiblings(preceding=True), *root.iter(), *root.itersiblings()]
    findings = []
    instructions = [node for node in nodes if isinstance(node, etree._ProcessingInstruction)]
    if instructions:
        first = instructions[0]
        findings.append(warning("xml-pi", clear=Clear.FILE, line=line_number(first), count=len(instructions)))
    size = sum(len((node.text or "").encode()) for node in nodes if isinstance(node, etree._Comment))
    if size > MAX_COMMENT_BYTES:
        findings.append(warning("limit-comment", clear=Clear.FILE, bytes=size, limit=MAX_COMMENT_BYTES))
    return findings


def line_number(node: etree._Element) -> int:
    """The line where an element starts, 1 where the library does not know it."""
    line: object = node.sourceline
    return line if isinstance(line, int) else 1
