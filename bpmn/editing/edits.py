"""What a person can do to the table. `row` is the id of a step; texts are as typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class SetField:
    """Write a cell. `field` is one of `FIELDS`; an empty text clears it."""

    row: str
    field: str
    value: str
    op: Literal["set"] = "set"


@dataclass(frozen=True, slots=True)
class AddRow:
    """Add a row behind `after`, or before all others where it is None. `id` is one that nobody else gives, or None."""

    after: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    id: str | None = None
    op: Literal["add"] = "add"


@dataclass(frozen=True, slots=True)
class RemoveRow:
    """Take a row out; ways that led to it lead to the row behind it."""

    row: str
    op: Literal["remove"] = "remove"


@dataclass(frozen=True, slots=True)
class MoveRow:
    """Put a row behind `after`, or before all others where it is None."""

    row: str
    after: str | None = None
    op: Literal["move"] = "move"


@dataclass(frozen=True, slots=True)
class SplitRow:
    """Make two rows of one: the second gets `name`, the `id`, the same performer, and the ways out."""

    row: str
    name: str
    id: str | None = None
    op: Literal["split"] = "split"


@dataclass(frozen=True, slots=True)
class JoinRows:
    """Make one row of a row and the one behind it: texts are put together, times of one unit added."""

    row: str
    op: Literal["join"] = "join"


@dataclass(frozen=True, slots=True)
class SetWay:
    """Write the row's way number `at` (from 0), or add one where `at` is None.

    `to` is a row's id, or an ending: `end_rejected`, `wait_citizen`, `call:QT-02` and the like.
    """

    row: str
    condition: str
    to: str
    at: int | None = None
    clock: str | None = None
    op: Literal["way"] = "way"


@dataclass(frozen=True, slots=True)
class RemoveWay:
    """Take the row's way number `at` (from 0) out."""

    row: str
    at: int
    op: Literal["unway"] = "unway"


@dataclass(frozen=True, slots=True)
class SetHead:
    """Write something about the whole procedure. `field` is one of `HEAD_FIELDS`."""

    field: str
    value: str
    op: Literal["head"] = "head"


Edit = SetField | AddRow | RemoveRow | MoveRow | SplitRow | JoinRows | SetWay | RemoveWay | SetHead
