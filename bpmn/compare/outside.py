"""What two diagrams differ in beside their tables: the drawing, and elements that no table shows."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from bpmn.compare.change import Change
from bpmn.document.names import DRAWING, NAMRO, local, namespace
from bpmn.folding import normal

Sign = tuple[object, ...]
SHOWN = frozenset({"step", "procedure", "clockRule", "looseBranch"})
"""Words of the dialect that a table shows."""

STRUCTURE = frozenset(
    {
        "sequenceFlow",
        "messageFlow",
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "startEvent",
        "endEvent",
        "boundaryEvent",
        "intermediateCatchEvent",
        "timerEventDefinition",
        "receiveTask",
        "callActivity",
        "message",
        "laneSet",
        "lane",
    }
)
"""What follows from steps, branches and performers when the table is drawn."""

LOOPS = frozenset({"multiInstanceLoopCharacteristics"})


@dataclass(frozen=True, slots=True)
class Seen:
    """What the table's differences account for: steps by id, whether the flow of steps changed, and the head."""

    steps: frozenset[str]
    loops: frozenset[str]
    structure: bool
    head: bool


def outside_changes(old: etree._Element, new: etree._Element, seen: Seen) -> Iterator[Change]:
    """Elements that differ, then the drawing as one change with the number of its shapes and lines."""
    before, after = signs(old, seen), signs(new, seen)
    for name in dict.fromkeys([*before, *after]):
        one, other = before.get(name), after.get(name)
        tag = str((other or one or ("",))[0])
        if one == other or (seen.structure and tag in STRUCTURE) or (name in seen.steps and not (one and other)):
            continue
        kind = "element-changed" if one and other else "element-added" if other else "element-removed"
        yield Change(kind, name or None, field=tag)
    drawn = drawing_changes(old, new, kept=before.keys() & after.keys())
    if drawn:
        yield Change("layout-changed", new=drawn)


def signs(root: etree._Element, seen: Seen) -> dict[str, Sign]:
    """What each element says by itself, by id; the root stands under the empty id."""
    found = {"": (local(root), attributes(root, frozenset({"id"})), *within(root, frozenset()))}
    for element in root.iter(etree.Element):
        name = element.get("id")
        if name and element is not root and namespace(element) not in DRAWING:
            found[name] = sign(element, name, seen)
    return found


def sign(element: etree._Element, name: str, seen: Seen) -> Sign:
    """The element's own content without what a table shows of it."""
    left_out = {"id"}
    hidden: frozenset[str] = frozenset()
    if name in seen.steps:
        left_out.add("name")
        hidden = frozenset({"documentation", "incoming", "outgoing"}) | (LOOPS if name in seen.loops else frozenset())
    elif seen.structure:
        hidden = frozenset({"incoming", "outgoing"})
        left_out.add("default")
    if seen.head and local(element) in ("process", "participant"):
        left_out.add("name")
    parent = element.getparent()
    lies_in = parent.get("id") if parent is not None else None
    return local(element), namespace(element), lies_in, attributes(element, left_out), *within(element, hidden)


def attributes(element: etree._Element, left_out: Collection[str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((str(key), normal(str(value))) for key, value in element.items() if key not in left_out))


def within(element: etree._Element, hidden: Collection[str]) -> Iterator[object]:
    """Text and children without an id of their own."""
    yield normal(element.text or "")
    for child in element.iterchildren(etree.Element):
        shown = namespace(child) == NAMRO and local(child) in SHOWN
        if child.get("id") or shown or local(child) in hidden or namespace(child) in DRAWING:
            continue
        inner = tuple(within(child, frozenset()))
        if local(child) == "extensionElements" and not any(inner):
            continue  # an empty box for what a table shows
        yield local(child), namespace(child), attributes(child, ()), inner


def drawing_changes(old: etree._Element, new: etree._Element, *, kept: Collection[str]) -> int:
    """How many shapes and lines of elements that stand in both versions are drawn otherwise."""
    before, after = drawings(old), drawings(new)
    return sum(before.get(name) != after.get(name) for name in {*before, *after} if name in kept)


def drawings(root: etree._Element) -> Mapping[str, Sign]:
    found: dict[str, Sign] = {}
    for element in root.iter(etree.Element):
        name = element.get("bpmnElement")
        if namespace(element) in DRAWING and name and local(element) != "BPMNPlane":
            found[name] = (attributes(element, {"id"}), tuple(deep(child) for child in element.iterchildren()))
    return found


def deep(element: etree._Element) -> Sign:
    text = normal(element.text or "")
    children = tuple(deep(child) for child in element.iterchildren(etree.Element))
    return local(element), namespace(element), attributes(element, {"id"}), text, children


def same_order(old: etree._Element, new: etree._Element) -> bool:
    """Whether two documents say the same in the same order, white space and Unicode's forms aside."""
    return whole(old) == whole(new)


def whole(element: etree._Element) -> Sign:
    text = normal(element.text or "")
    children = tuple(whole(child) for child in element.iterchildren(etree.Element))
    return element.tag, attributes(element, ()), text, children
