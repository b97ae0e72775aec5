"""Values that are not the same, as changes: of a head, a step, a branch."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from bpmn.compare.change import Change, plain
from bpmn.compare.numbers import NONE, Numbers
from bpmn.fiveclear import FiveClear
from bpmn.folding import normal

LISTS = ("legal_basis", "inputs", "outputs", "windows")
NOT_HEAD = frozenset({"steps", "branches", "extra", *LISTS})


@dataclass(frozen=True, slots=True)
class Place:
    """What a change belongs to: its kind, the element, the step's number; `numbers` are other numbers of steps."""

    kind: str
    element: str | None = None
    no: str | None = None
    numbers: Numbers = NONE

    def change(self, field: str, old: object, new: object) -> Change:
        return Change(self.kind, self.element, self.no, field, plain(old), plain(new))


HEAD = Place("head-changed")


def head_changes(old: FiveClear, new: FiveClear) -> Iterator[Change]:
    for each in fields(FiveClear):
        if each.name not in NOT_HEAD:
            yield from differing(HEAD, each.name, getattr(old, each.name), getattr(new, each.name))
    for name in LISTS:
        yield from item_changes(name, getattr(old, name), getattr(new, name))
    yield from extra_changes(HEAD, old.extra, new.extra)


def differing(place: Place, field: str, old: object, new: object) -> Iterator[Change]:
    """One change where two values do not say the same."""
    if not place.numbers.same(plain(old), plain(new), field=field):
        yield place.change(field, old, new)


def extra_changes(place: Place, old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[Change]:
    for key in dict.fromkeys([*old, *new]):
        yield from differing(place, f"extra.{key}", old.get(key), new.get(key))


def item_changes(name: str, old: Sequence[object], new: Sequence[object]) -> Iterator[Change]:
    """What was taken from a list and what was put in, or that only its order changed."""
    before, after = [repr(read(plain(item))) for item in old], [repr(read(plain(item))) for item in new]
    removed, added = Counter(before) - Counter(after), Counter(after) - Counter(before)
    for text, item in zip(before, old, strict=True):
        if removed[text] > 0:
            removed[text] -= 1
            yield Change("item-removed", field=name, old=plain(item))
    for text, item in zip(after, new, strict=True):
        if added[text] > 0:
            added[text] -= 1
            yield Change("item-added", field=name, new=plain(item))
    if before != after and Counter(before) == Counter(after):
        yield Change("items-reordered", field=name, old=plain(old), new=plain(new))


def read(value: object) -> object:
    """A plain value with its texts as a reader sees them."""
    match value:
        case str():
            return normal(value)
        case list():
            return [read(each) for each in value]
        case dict():
            return {key: read(each) for key, each in value.items()}
    return value
