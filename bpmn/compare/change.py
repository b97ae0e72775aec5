"""One difference, and values as facts."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions.

    `kind`: head-changed, item-added, item-removed, items-reordered, step-added, step-removed, step-split,
    steps-merged, step-moved, step-changed, steps-renumbered, branch-added, branch-removed, branch-changed,
    branches-reordered, total-changed, layout-changed, element-added, element-removed, element-changed, order-changed.
    `element` is a BPMN id where there is one, `no` the step's number (the new one where both have one), `field` what of
    it changed.  `old` and `new` are plain values, None where there is none.  Of a move they are the step's numbers, and
    `new` names the step `before` or `after` which it stands now, by its old number.
    """

    kind: str
    element: str | None = None
    no: str | None = None
    field: str | None = None
    old: object = None
    new: object = None

    def as_json(self) -> dict[str, object]:
        return {each.name: getattr(self, each.name) for each in fields(self)}


def plain(value: object) -> object:
    """A value as JSON has it; of a dataclass only what is said."""
    match value:
        case Fraction():
            return value.numerator if value.denominator == 1 else str(value)
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
        case tuple() | list():
            return [plain(each) for each in value]
        case None | bool() | int() | float() | str():
            return str(value) if isinstance(value, str) else value
    if is_dataclass(value) and not isinstance(value, type):
        said = {each.name: plain(getattr(value, each.name)) for each in fields(value)}
        return {name: each for name, each in said.items() if each not in (None, {}, [])}
    return str(value)
