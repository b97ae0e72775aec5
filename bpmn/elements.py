"""The elements of a BPMN document as frozen dataclasses, already resolved: what rules, engine and drawing read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bpmn.fiveclear import FiveClear, Step


@dataclass(frozen=True, slots=True)
class TimerText:
    """A timer as written. `kind` is date | duration | cycle | working; `text` is ISO 8601, or a five-clear value
    such as `3 working_day` for kind working."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class EventDefinition:
    """`kind`: timer, message, signal, error, escalation, terminate, link, conditional, compensation, cancel.

    `name` and `code` are those of what `ref` points at; a link has its own name, only errors and escalations a code.
    """

    kind: str
    timer: TimerText | None = None
    ref: str | None = None
    name: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Loop:
    """Multi-instance or standard loop. `kind`: parallel | sequential | standard; texts as written."""

    kind: str
    cardinality: str | None = None
    collection: str | None = None
    completion: str | None = None
    maximum: str | None = None
    condition: str | None = None
    item: str | None = None  # the name under which each instance knows its member of the collection


@dataclass(frozen=True, slots=True)
class Node:
    """A flow node. `tag` is the BPMN local name (userTask, exclusiveGateway, startEvent …); `parent` the id of the
    process or sub-process it lies in; `lane` the id of the innermost lane that lists it."""

    id: str
    tag: str
    name: str
    parent: str
    line: int
    lane: str | None = None
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    default: str | None = None
    attached_to: str | None = None
    interrupting: bool = True
    events: tuple[EventDefinition, ...] = ()
    loop: Loop | None = None
    called: str | None = None
    message: str | None = None
    documentation: str | None = None
    triggered_by_event: bool = False
    step: Step | None = None
    clock: str | None = None  # what the case's clock does while it waits here: continue | pause | restart | stop
    attributes: Mapping[str, str] = field(default_factory=dict)
    inputs: tuple[tuple[str, str], ...] = ()  # names that hold inside alone, with the expressions of their values
    goto: str | None = None  # what a call from a table stands for: `call:<code>` or `complaint_subprocess`
    decision: str | None = None  # the decision of a business rule task, and the variable for its result
    result: str | None = None

    @property
    def is_task(self) -> bool:
        return self.tag == "task" or self.tag.endswith("Task")


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow. `condition` is the expression's text, None where there is none; `clock` what taking it does to
    the case's clock, as at a wait (None: it goes on)."""

    id: str
    source: str
    target: str
    name: str
    line: int
    condition: str | None = None
    clock: str | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    id: str
    name: str
    line: int
    nodes: tuple[str, ...]
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class MessageFlow:
    id: str
    source: str
    target: str
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Participant:
    """A pool; `process` is None for a black box such as the citizen."""

    id: str
    name: str
    line: int
    process: str | None = None


@dataclass(frozen=True, slots=True)
class Process:
    """One process with all its nodes and flows, those of sub-processes included (see `Node.parent`)."""

    id: str
    name: str
    line: int
    executable: bool
    nodes: Mapping[str, Node]
    flows: Mapping[str, Flow]
    lanes: Mapping[str, Lane]
    head: FiveClear | None = None  # what the process itself says (steps and branches empty)
