"""What an activity says in other tools' words: every word of the table that stands on it, with its value and line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from bpmn.document.names import BPMN, DRAWING, NAMRO, content, local, namespace, q, reference
from bpmn.folding import search_key
from bpmn.foreign.words import ATTRIBUTES, BODIES, EMPTY, INPUTS, PARTED, family_of, named
from bpmn.source import line_number

UNIT = re.compile(
    r"(?:phong|ban|so|uy ban|ubnd|trung tam|chi cuc|cuc|doi|to|van phong|bo phan|department|division|office|unit)\b"
)
OURS = DRAWING | {BPMN, NAMRO}
ROLES = ("potentialOwner", "humanPerformer", "performer", "resourceRole")
OUTPUTS = ("dataObjectReference", "dataObject", "dataOutput")
KEYS = (("name", "value"), ("key", "value"), ("metaKey", "metaValue"), ("stereotype", "value"))
"""How tools write a free property in two attributes."""


@dataclass(frozen=True, slots=True)
class Said:
    """One word as it stands in the file. `means` as in `bpmn.foreign.words`."""

    word: str
    value: str
    means: str
    line: int


@dataclass(frozen=True, slots=True)
class Named:
    """What elements of BPMN point at: names of resources and of data; by element the notes that hang on it, and the
    lane around its own where that is a unit's."""

    resources: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, Sequence[etree._Element]] = field(default_factory=dict)
    units: Mapping[str, etree._Element] = field(default_factory=dict)


def names_in(root: etree._Element) -> Named:
    resources = {str(found.get("id")): found.get("name", "") for found in root.iter(q("resource"))}
    data = {str(found.get("id")): found.get("name", "") for tag in OUTPUTS for found in root.iter(q(tag))}
    texts = {str(found.get("id")): found for found in root.iter(q("textAnnotation"))}
    notes: dict[str, list[etree._Element]] = {}
    for association in root.iter(q("association")):
        ends = [reference(association.get(end)) or "" for end in ("sourceRef", "targetRef")]
        for one, other in (ends, ends[::-1]):
            if one in texts:
                notes.setdefault(other, []).append(texts[one])
    return Named(resources, data, notes, units_in(root))


def units_in(root: etree._Element) -> dict[str, etree._Element]:
    """The lanes of units, by the nodes of the lanes inside them."""
    found: dict[str, etree._Element] = {}
    for inner in root.iterfind(f".//{q('childLaneSet')}/{q('lane')}"):
        outer = next((lane for lane in inner.iterancestors(q("lane")) if is_unit(lane.get("name", ""))), None)
        if outer is not None and not is_unit(inner.get("name", "")):
            found |= {(listed.text or "").strip(): outer for listed in inner.iterchildren(q("flowNodeRef"))}
    return found


def is_unit(text: str) -> bool:
    """Whether a text begins as the name of a unit does."""
    return UNIT.match(search_key(text)) is not None


def said_by(activity: etree._Element, names: Named) -> Iterator[Said]:
    """All that an activity says in words of the table, in document order: attributes, extensions, then BPMN's own."""
    yield from said_beside(activity)
    yield from by_inputs(activity)
    yield from by_roles(activity, names)
    unit = names.units.get(activity.get("id", ""))
    if unit is not None:
        yield Said("lane", unit.get("name", "").strip(), "unit", line_number(unit))
    for association in activity.iterchildren(q("dataOutputAssociation")):
        name = names.data.get(reference(association.findtext(q("targetRef"))) or "", "").strip()
        if name:
            yield Said("dataOutputAssociation", name, "output", line_number(association))
    for note in names.notes.get(activity.get("id", ""), ()):
        text = content(note.find(q("text")))
        if text:
            yield Said("textAnnotation", text, "note", line_number(note))


def said_beside(element: etree._Element) -> Iterator[Said]:
    """What an element that is no step says in words of the table: its attributes and extensions."""
    yield from by_attributes(element)
    for holder in element.iterchildren(q("extensionElements")):
        yield from by_extensions(holder)


def by_attributes(activity: etree._Element) -> Iterator[Said]:
    for key, value in attributes(activity):
        name = etree.QName(key)
        means = ATTRIBUTES.get((family_of(name.namespace or "") or "", name.localname))
        if means and value:
            yield Said(prefixed(activity, key), value, means, line_number(activity))


def attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    return ((str(key), str(value).strip()) for key, value in element.attrib.items())


def by_extensions(holder: etree._Element) -> Iterator[Said]:
    """The words among extensions; what stands within a program is part of it."""
    waiting = list(holder.iterchildren(etree.Element))[::-1]
    while waiting:
        element = waiting.pop()
        if namespace(element) in OURS:
            continue
        found = list(by_element(element))
        yield from found
        if not any(each.means in ("code", "no") for each in found):
            waiting.extend(list(element.iterchildren(etree.Element))[::-1])


def by_element(element: etree._Element) -> Iterator[Said]:
    family, tag, line = family_of(namespace(element)) or "", local(element), line_number(element)
    word = prefixed(element, str(element.tag))
    whole = BODIES.get((family, tag))
    if whole is not None:
        text = content(element) or " ".join(value for _, value in attributes(element))
        yield Said(word, text or "", whole, line)
        return
    for key, value in attributes(element):
        means = PARTED.get((family, f"{tag}@{key}"))
        if means and value:
            yield Said(f"{word} {key}", value, means, line)
    key, text = free_property(element)
    meant = named(key) if key else None
    if meant and text.strip().casefold() not in EMPTY:
        yield Said(f"{word} «{key}»", text.strip(), meant, line)


def free_property(element: etree._Element) -> tuple[str, str]:
    """Name and value of a property that a modeller made himself; empty where the element is none."""
    for key, value in KEYS:
        if element.get(key) and element.get(value) is not None:
            return element.get(key, ""), element.get(value, "")
    if element.get("name"):
        values = (child for child in element.iterchildren(etree.Element) if local(child).lower().endswith("value"))
        return element.get("name", ""), content(next(values, element)) or ""
    return "", ""


def by_inputs(activity: etree._Element) -> Iterator[Said]:
    """Data inputs with a fixed value, as jBPM writes who does a task."""
    inputs = {str(found.get("id")): found.get("name", "") for found in activity.iter(q("dataInput"))}
    for assignment in activity.iterfind(f"{q('dataInputAssociation')}/{q('assignment')}"):
        name = inputs.get(reference(content(assignment.find(q("to")))) or "", "")
        means, value = INPUTS.get(("jbpm", name)), content(assignment.find(q("from")))
        if means and value and value.casefold() not in EMPTY:
            yield Said(name, value, means, line_number(assignment))


def by_roles(activity: etree._Element, names: Named) -> Iterator[Said]:
    for role in activity.iterchildren(*(q(tag) for tag in ROLES)):
        written = content(role.find(q("resourceAssignmentExpression")))
        name = names.resources.get(reference(content(role.find(q("resourceRef")))) or "", "")
        text = written or name.strip()
        if text:
            yield Said(local(role), text, "owner", line_number(role))


def prefixed(element: etree._Element, qualified: str) -> str:
    """A name with the prefix that the file gives its namespace."""
    name = etree.QName(qualified)
    prefix = next((key for key, space in element.nsmap.items() if key and space == name.namespace), None)
    return f"{prefix}:{name.localname}" if prefix else name.localname
