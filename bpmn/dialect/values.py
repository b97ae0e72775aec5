"""Plain values (texts, numbers, mappings) in elements of the dialect and back, without loss.

A key that a word knows becomes its attribute; any other key, or a value of another kind, becomes an `extra` child with
the value as JSON.
"""

import json
import re
from collections.abc import Iterator, Mapping

from lxml import etree

from bpmn.dialect.words import WORDS, Attribute, Word, bpmn_tag, tag

INTEGER = re.compile(r"[+-]?\d{1,300}")


def child(parent: etree._Element, name: str) -> etree._Element:
    """Append an element of the dialect."""
    return etree.SubElement(parent, tag(name))


def put(element: etree._Element, values: Mapping[str, object]) -> None:
    """Write a mapping onto the element of a word."""
    known = {item.key: item for item in word_of(element).attributes}
    for key, value in values.items():
        text = attribute_text(known.get(key), value)
        if text is None:
            put_extra(element, key, value)
        else:
            element.set(known[key].name, text)


def attribute_text(found: Attribute | None, value: object) -> str | None:
    """How a value is written in an attribute, or None where it does not fit."""
    if found is None:
        return None
    if found.kind == "boolean":
        return str(value).lower() if isinstance(value, bool) else None
    if found.kind == "number":
        fits = isinstance(value, int | float) and not isinstance(value, bool)
        return repr(value) if fits else None
    return value if isinstance(value, str) else None


def put_extra(element: etree._Element, key: str, value: object) -> None:
    """Keep what the dialect has no word for."""
    extra = child(element, "extra")
    extra.set("key", key)
    extra.text = json.dumps(value, ensure_ascii=False)


def put_extras(element: etree._Element, extra: Mapping[str, object]) -> None:
    """Keep all that stands beside the known keys."""
    for key, value in extra.items():
        put_extra(element, key, value)


def take(element: etree._Element) -> dict[str, object]:
    """Read back what `put` wrote: attributes first, then extras."""
    return take_attributes(element) | take_extra(element)


def take_attributes(element: etree._Element) -> dict[str, object]:
    """The attributes of an element under their keys."""
    values: dict[str, object] = {}
    for found in word_of(element).attributes:
        text = element.get(found.name)
        if text is not None:
            values[found.key] = attribute_value(found, text)
    return values


def attribute_value(found: Attribute, text: str) -> object:
    """The value of an attribute; a text that is no number or boolean stays a text."""
    if found.kind == "boolean" and text in {"true", "false"}:
        return text == "true"
    if found.kind != "number":
        return text
    if INTEGER.fullmatch(text):
        return int(text)
    try:
        return float(text)
    except ValueError:
        return text


def take_extra(element: etree._Element) -> dict[str, object]:
    """The extras of an element; one that is no JSON is kept as its text."""
    return {extra.get("key", ""): json_value(extra.text or "") for extra in element.iterchildren(tag("extra"))}


def json_value(text: str) -> object:
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value


def word_of(element: etree._Element) -> Word:
    """The word that an element of the dialect is."""
    return WORDS[etree.QName(element).localname]


def body(element: etree._Element) -> str:
    return element.text or ""


def bodies(element: etree._Element, name: str) -> Iterator[str]:
    """The texts of all children of one word."""
    return (body(found) for found in element.iterchildren(tag(name)))


def extensions(element: etree._Element) -> etree._Element:
    """The element's bpmn:extensionElements, made after the documentation where missing."""
    found = element.find(bpmn_tag("extensionElements"))
    if found is None:
        found = etree.Element(bpmn_tag("extensionElements"))
        element.insert(len(element.findall(bpmn_tag("documentation"))), found)
    return found


def extension(element: etree._Element, name: str) -> etree._Element | None:
    """The first element of one word among the element's extensions."""
    return element.find(f"{bpmn_tag('extensionElements')}/{tag(name)}")


def write_extension(element: etree._Element, name: str) -> etree._Element:
    """A fresh element of one word among the extensions, in place of an earlier one.

    What the word does not know, such as another tool's attribute, is taken over from the earlier one.
    """
    place = extensions(element)
    fresh = etree.Element(tag(name))
    earlier = place.findall(tag(name))
    if earlier:
        place.insert(place.index(earlier[0]), fresh)
        fresh.tail = earlier[0].tail
        take_over(earlier[0], fresh)
    else:
        place.append(fresh)
    for old in earlier:
        place.remove(old)
    return fresh


def take_over(earlier: etree._Element, fresh: etree._Element) -> None:
    """Copy attributes and children that the word does not know."""
    word = word_of(fresh)
    attributes = {found.name for found in word.attributes}
    children = {tag(child) for child in word.children}
    for key, value in earlier.attrib.items():
        if key not in attributes:
            fresh.set(key, value)
    for unknown in [found for found in earlier if found.tag not in children]:
        fresh.append(unknown)
