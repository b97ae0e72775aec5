"""Which parts, attributes and orders the merged document takes from whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from bpmn.document import Document
from bpmn.threeway.build import tree
from bpmn.threeway.parts import DRAWN, Part, Parts, crowded, parts_of

ENDS = ("sourceRef", "targetRef", "attachedToRef", "calledElement")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both changed one place. `element` is the nearest id above it, `place` the attribute or word.

    `mine` is what was not taken, `theirs` what stands in the merged document; None: the place is gone there.
    """

    element: str | None
    place: str
    mine: str | None
    theirs: str | None


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged document as UTF-8 XML, and where the two disagree."""

    source: bytes
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """The parts of the three versions."""

    base: Parts
    mine: Parts
    theirs: Parts

    def all(self) -> tuple[Parts, Parts, Parts]:
        """Theirs before mine before the base: whoever is first is asked first."""
        return self.theirs, self.mine, self.base


def three_way(base: Document, mine: Document, theirs: Document) -> Merged:
    """What `mine` and `theirs` made of `base`, together. Whoever reads the result checks whether it is a document."""
    roots = (base.root, mine.root, theirs.root)
    places = frozenset().union(*(crowded(root) for root in roots))
    sides = Sides(*(parts_of(root, places) for root in roots))
    conflicts: list[Conflict] = []
    parts = {key: _settled(key, sides, conflicts) for key in _alive(sides, conflicts)}
    _revive(sides, parts, conflicts)
    ordered = {key: _children(key, sides, parts) for key in parts}
    root = tree(roots, parts, ordered)
    return Merged(etree.tostring(root, encoding="UTF-8", xml_declaration=True), tuple(conflicts))


def _alive(sides: Sides, conflicts: list[Conflict]) -> dict[str, None]:
    """The keys that stay, in a stable order: kept by both, new on one side, or removed under another's change."""
    alive: dict[str, None] = {}
    for key in dict.fromkeys(key for side in sides.all() for key in side):
        here, there, before = key in sides.mine, key in sides.theirs, key in sides.base
        if (here and there) or ((here or there) and not before):
            alive[key] = None
        elif before and (here or there):
            stayed = sides.mine if here else sides.theirs
            if _touched(key, stayed, sides.base):
                alive[key] = None
                _tell(conflicts, key, stayed, mine="" if here else None, theirs="" if there else None)
    return alive


def _touched(key: str, stayed: Parts, base: Parts) -> bool:
    """Whether the side that kept a part changed it, or anything in it."""
    now, before = stayed[key], base[key]
    if (now.attributes, now.text) != (before.attributes, before.text):
        return True
    return any(child not in base or _touched(child, stayed, base) for child in now.children)


def _revive(sides: Sides, parts: dict[str, Part], conflicts: list[Conflict]) -> None:
    """Keep what the parts that stay need: the parts that they stand in, and the nodes that they join."""
    waiting = list(parts)
    while waiting:
        part = parts[waiting.pop()]
        needed = [part.parent] if part.parent is not None else []
        needed += [f"#{part.attributes[name]}" for name in ENDS if name in part.attributes]
        for key in needed:
            if key not in parts and any(key in side for side in sides.all()):
                parts[key] = _settled(key, sides, conflicts)
                waiting.append(key)
                side = next(side for side in sides.all() if key in side)
                _tell(conflicts, key, side, mine=None, theirs="")


def _found(key: str, sides: Sides) -> Part:
    return next(side[key] for side in sides.all() if key in side)


def _settled(key: str, sides: Sides, conflicts: list[Conflict]) -> Part:
    """A part with what each side made of its attributes, text and parent."""
    part = _found(key, sides)
    mine, theirs, base = sides.mine.get(key), sides.theirs.get(key), sides.base.get(key)
    if mine is None or theirs is None:
        return part
    names = dict.fromkeys((*theirs.attributes, *mine.attributes))
    chosen: dict[str, str] = {}
    for name in names:
        asked = [side.attributes.get(name) if side else None for side in (base, mine, theirs)]
        value = _chosen(*asked, at=(part, name), sides=sides, conflicts=conflicts)
        if value is not None:
            chosen[name] = value
    was = base.text if base else None
    text = _chosen(was, mine.text, theirs.text, at=(part, "text"), sides=sides, conflicts=conflicts)
    parent = mine.parent if base and theirs.parent == base.parent else theirs.parent
    whole = mine.whole if text == mine.text else theirs.whole
    return Part(key, parent, part.tag, chosen, text or "", part.children, whole)


def _chosen(
    base: str | None,
    mine: str | None,
    theirs: str | None,
    *,
    at: tuple[Part, str],
    sides: Sides,
    conflicts: list[Conflict],
) -> str | None:
    if mine in (theirs, base):
        return theirs
    if theirs == base:
        return mine
    part, place = at
    if part.tag in DRAWN:
        conflicts.append(Conflict(part.attributes.get("bpmnElement"), "drawing", None, None))
    elif part.whole is None or place == "text":
        word = part.tag.rpartition("}")[2]
        named = place if part.key.startswith("#") and place != "text" else f"{word}/{place}"
        conflicts.append(Conflict(_element(part.key, sides.theirs), named, mine, theirs))
    return theirs


def _tell(conflicts: list[Conflict], key: str, side: Parts, *, mine: str | None, theirs: str | None) -> None:
    """Tell of a part that one removed and that the other needs; what lies inside it goes without saying."""
    part = side[key]
    named = part.attributes.get("name") or part.tag.rpartition("}")[2]
    if key.startswith("#") and part.tag not in DRAWN:
        gone = None if mine is None else named, None if theirs is None else named
        conflicts.append(Conflict(key[1:], "removed", *gone))


def _element(key: str, side: Parts) -> str | None:
    """The nearest id above a part."""
    at: str | None = key
    while at is not None and not at.startswith("#"):
        at = side[at].parent if at in side else None
    return at[1:] if at else None


def _children(key: str, sides: Sides, parts: Parts) -> Sequence[str]:
    """The children that stay, in the order of whoever changed it; others' stand behind what they stood behind."""
    mine, theirs, base = (side[key].children if key in side else () for side in (sides.mine, sides.theirs, sides.base))
    leads = theirs if not _moved(mine, base, theirs) else mine
    order = [child for child in leads if child in parts and parts[child].parent == key]
    for other in (theirs, mine, base):
        _weave(order, [child for child in other if child in parts and parts[child].parent == key])
    return order


def _moved(mine: Sequence[str], base: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether only mine changed the order of what all three hold."""
    common = set(mine) & set(base) & set(theirs)
    orders = [[child for child in side if child in common] for side in (mine, base, theirs)]
    return orders[0] != orders[1] and orders[2] == orders[1]


def _weave(order: list[str], other: Iterable[str]) -> None:
    before: str | None = None
    for child in other:
        if child not in order:
            order.insert(0 if before is None else order.index(before) + 1, child)
        before = child
