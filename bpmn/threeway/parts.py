"""A document as parts that can be told apart in another version of it.

A part is an XML element under a key that is the same in every version: its id, or its place under the nearest part
with a key. Elements without id that stand several times in one place are known by their content, and so are drawings
and other tools' words, which are taken or left whole.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from lxml import etree

from bpmn.dialect.words import BPMN, NAMESPACE, bpmn_tag

OURS = (f"{{{BPMN}}}", f"{{{NAMESPACE}}}")
DRAWING = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DRAWN = frozenset({f"{DRAWING}BPMNShape", f"{DRAWING}BPMNEdge"})
WHOLE = DRAWN | {bpmn_tag("conditionExpression")}
ROOT = "/"


@dataclass(frozen=True, slots=True)
class Part:
    """One element. `parent` is None for the root; `whole` is the element itself where it is taken or left whole."""

    key: str
    parent: str | None
    tag: str
    attributes: Mapping[str, str]
    text: str
    children: tuple[str, ...] = ()
    whole: etree._Element | None = field(default=None, compare=False)


Parts = Mapping[str, Part]
Places = frozenset[tuple[str, str]]
"""Parent's key and tag of elements without id that stand several times in one place in some version."""


def crowded(root: etree._Element) -> Places:
    """The places of a document where elements without id stand several times."""
    count: Counter[tuple[str, str]] = Counter()
    for parent, child in _walk(root):
        if not child.get("id"):
            count[parent, str(child.tag)] += 1
    return frozenset(place for place, times in count.items() if times > 1)


def _walk(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    waiting = [(ROOT, root)]
    while waiting:
        key, element = waiting.pop()
        for child in element.iterchildren("*"):
            yield key, child
            if not is_whole(child):
                waiting.append((plain_key(key, child), child))


def plain_key(parent: str, child: etree._Element) -> str:
    """The key of an element that stands alone in its place."""
    own = child.get("id")
    return f"#{own}" if own else f"{parent}>{child.tag}"


def is_whole(element: etree._Element) -> bool:
    """Whether an element is taken or left as it is, with all in it."""
    return element.tag in WHOLE or (not str(element.tag).startswith(OURS) and DRAWING not in str(element.tag))


def parts_of(root: etree._Element, places: Places) -> dict[str, Part]:
    """The parts of a document; `places` are those of all versions together."""
    found: dict[str, Part] = {}
    _collect(root, key=ROOT, parent=None, places=places, found=found)
    return found


def _collect(element: etree._Element, *, key: str, parent: str | None, places: Places, found: dict[str, Part]) -> None:
    whole = key != ROOT and (is_whole(element) or _is_crowded(element, parent or ROOT, places))
    keys: list[str] = []
    if not whole:
        for child in element.iterchildren("*"):
            name = _key(key, child, places)
            while name in keys:
                name += "+"
            keys.append(name)
            _collect(child, key=name, parent=key, places=places, found=found)
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    text = content(element) if whole else (element.text or "").strip()
    found[key] = Part(key, parent, str(element.tag), attributes, text, tuple(keys), element if whole else None)


def _is_crowded(element: etree._Element, parent: str, places: Places) -> bool:
    return not element.get("id") and (parent, str(element.tag)) in places


def _key(parent: str, child: etree._Element, places: Places) -> str:
    plain = plain_key(parent, child)
    if not _is_crowded(child, parent, places):
        return plain
    return f"{plain}={sha256(content(child).encode()).hexdigest()[:16]}"


def content(element: etree._Element) -> str:
    """All that an element says, without regard to indentation and prefixes."""
    inner = "".join(content(child) for child in element.iterchildren("*"))
    said = sorted((str(name), str(value)) for name, value in element.attrib.items())
    return f"<{element.tag}{said}>{(element.text or '').strip()}{inner}</>"
