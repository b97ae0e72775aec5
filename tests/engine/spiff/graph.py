"""What the reference interpreter plays: a graph for each process and sub-process."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Arc:
    """A flow. `test` is (variable, value), None for a flow without condition or the default."""

    source: str
    target: str
    test: tuple[str, int] | None = None


@dataclass(frozen=True)
class Watch:
    """An event that waits. `kind`: timer, message, signal, error, escalation; `name` None catches every error."""

    event: str
    kind: str
    name: str | None = None
    interrupting: bool = True


@dataclass(frozen=True)
class Rules:
    """A decision: the first row whose test `(sign, number)` holds of the variable gives the output its number."""

    variable: str
    rows: Sequence[tuple[str, int, int]]
    output: str


@dataclass
class Graph:
    """Kinds: start, end, task, box, xor, and, or, catch, gate, throw, rule, link.

    `borders` gives the events on an activity, `catches` what a catch event (or each event after a gate) waits for,
    `thrown` the (kind, name) of a throwing event; an end may throw too, or terminate.  `inner` is the content of a box,
    `count` the number of instances of an activity and whether they come one after the other.
    """

    kinds: dict[str, str] = field(default_factory=dict)
    arcs: list[Arc] = field(default_factory=list)
    borders: dict[str, list[Watch]] = field(default_factory=dict)
    catches: dict[str, Watch] = field(default_factory=dict)
    thrown: dict[str, tuple[str, str]] = field(default_factory=dict)
    inner: dict[str, "Graph"] = field(default_factory=dict)
    count: dict[str, tuple[int, bool]] = field(default_factory=dict)
    rules: dict[str, Rules] = field(default_factory=dict)

    def out(self, node: str) -> list[int]:
        return [number for number, arc in enumerate(self.arcs) if arc.source == node]

    def into(self, node: str) -> list[int]:
        return [number for number, arc in enumerate(self.arcs) if arc.target == node]
