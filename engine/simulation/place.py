"""A flow node ready to be simulated: everything that can be known before the first case comes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from bpmn.elements import Node
from bpmn.expression import Expression
from bpmn.fiveclear import CONTINUE, Duration
from bpmn.isotime import Timer
from engine.simulation.scenario import Spell

Share = tuple[float, str]


class Kind(Enum):
    """What a token meets."""

    TASK = auto()
    TIMER = auto()
    MESSAGE = auto()
    CHOICE = auto()
    JOIN = auto()
    INCLUSIVE = auto()
    EVENTS = auto()
    INSIDE = auto()
    END = auto()
    PASS = auto()


@dataclass(frozen=True, slots=True)
class Budget:
    """A step's limit: working `seconds`, or calendar `days`, or any `other` duration.

    Days are whole, rounded up: the step's own, and those of the path up to its opening (`before`) and to its end
    (`upto`).  `block`: the steps that share the limit; it counts from the opening of the first.
    """

    seconds: int | None = None
    days: int | None = None
    before: int = 0
    upto: int = 0
    other: Duration | None = None
    block: str | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """How often an activity is done in one visit."""

    count: int = 1
    sequential: bool = False
    completion: Expression | None = None


@dataclass(slots=True, eq=False)
class Way:
    """A way out: the sequence flow, where it leads, and its condition."""

    flow: str
    target: "Place"
    condition: Expression | None = None


@dataclass(slots=True, eq=False)
class Place:
    """A node and what belongs to it.

    `desk` names who works there, empty for nobody that queues.  `basis`: working seconds that shares of the limit are
    taken of.  `shares`: outcomes of a task, flows of a gateway.  `quiet`: boundary events by the outcome they stand
    for.  `bounds`: how often a case may have an outcome whose text says so ("01 lần").  `feeds`: per node the incoming
    flows of an inclusive gateway that a token there may still come by.
    """

    index: int
    node: Node
    kind: Kind
    ways: tuple[Way, ...] = ()
    default: Way | None = None
    boundaries: tuple["Place", ...] = ()
    begin: "Place | None" = None  # of what lies inside
    repeat: Repeat = Repeat()
    timer: Timer | None = None
    timer_budget: Budget | None = None
    desk: str = ""
    performer: str = ""
    budget: Budget | None = None
    basis: float = 0.0
    spell: Spell | None = None
    delay: Spell | None = None
    usual: str = CONTINUE
    shares: tuple[Share, ...] = ()
    quiet: Mapping[str, "Place"] = field(default_factory=dict)
    bounds: Mapping[str, int] = field(default_factory=dict)
    feeds: Mapping[str, frozenset[str]] = field(default_factory=dict)
