"""What a rehearsal shows: where the case stands, and how it came there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bpmn.elements import Node
from engine.deadlines import Due


class PlaceKind(StrEnum):
    """Who or what a place waits for."""

    PERSON = "person"
    MESSAGE = "message"
    TIMER = "timer"


@dataclass(frozen=True, slots=True)
class Place:
    """A place where the case waits; with `host` an event on the border of that element, which may come instead.

    `item` tells apart what waits at one element.  `counts_from` is where the budget began, as for steps that share
    one.  `outcomes` are all that a person may choose, `asks` the variables that the conditions behind it read.
    """

    element: str
    item: int
    kind: PlaceKind
    node: Node
    performer: str
    opened_at: datetime
    counts_from: datetime
    due: Due
    outcomes: Sequence[str]
    asks: Sequence[str]
    host: str | None


class EntryKind(StrEnum):
    """What happened. `overtaken`: the act came too late, a timer had decided."""

    STARTED = "started"
    DONE = "done"
    CAME = "came"
    FIRED = "fired"
    WITHDRAWN = "withdrawn"
    WENT = "went"
    OVERTAKEN = "overtaken"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline. `said` is the outcome of a step, or the way that a gateway took."""

    kind: EntryKind
    at: datetime
    node: Node | None = None
    performer: str = ""
    opened_at: datetime | None = None
    due_at: datetime | None = None
    said: str = ""

    @property
    def late(self) -> bool:
        return self.due_at is not None and self.at > self.due_at


@dataclass(frozen=True, slots=True)
class Stop:
    """Why the case does not go further: a code with facts. `act` is the index of the act that was not played.

    Codes are those of `engine.spiff.errors`, and gone (nothing waits there), too-many-acts, beyond-calendar.
    """

    code: str
    facts: Mapping[str, object]
    act: int | None = None

    @property
    def missing(self) -> str | None:
        """The variable that a condition asked for and that nobody gave."""
        return str(self.facts.get("name")) if self.code == "unknown-name" else None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A case as it stands. `taken` acts were played; `places` by due, what has none last; `case` the statutory due.

    `asks`: what conditions read before anybody has been asked.
    """

    started_at: datetime
    at: datetime
    places: Sequence[Place]
    entries: Sequence[Entry]
    variables: Mapping[str, object]
    case: Due
    paused: bool
    taken: int
    finished: bool
    end: Node | None
    asks: Sequence[str]
    stop: Stop | None = None

    @property
    def current(self) -> Sequence[str]:
        """Elements where the case waits, those of border events left out."""
        return sorted({place.element for place in self.places if place.host is None})

    @property
    def done(self) -> Sequence[str]:
        """Elements that were gone through and where nothing waits now."""
        gone = {entry.node.id for entry in self.entries if entry.node is not None and entry.kind in THROUGH}
        return sorted(gone - set(self.current))


THROUGH = frozenset({EntryKind.DONE, EntryKind.CAME, EntryKind.FIRED, EntryKind.WENT, EntryKind.ENDED})
