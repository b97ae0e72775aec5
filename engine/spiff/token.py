"""Tokens and the workflow objects that hold them.

The library keeps a tree of all that was and may be; here the tree is cut down to tokens: what waits now, nothing
predicted, nothing finished.  That gives a stored state of constant size and no depth that could run out.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from time import thread_time
from typing import Any, Protocol, TypeAlias

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from bpmn.fiveclear import Duration
from engine.spiff.errors import StepLimit
from engine.spiff.script import SealedScriptEngine

MAX_TOKENS = 5_000
ROOT = "0"

# SpiffWorkflow is untyped: its specs and workflows stay Any, here and nowhere outside this package.
Spec: TypeAlias = Any
Workflow: TypeAlias = Any


class Clock(Protocol):
    """Working time, as the caller's calendar has it."""

    def after(self, start: datetime, duration: Duration, element: str) -> datetime:
        """Return when a five-clear duration counted from `start` has passed, aware.

        `element` is the activity that the timer watches, or the timer event itself: days of a calendar may have to be
        added up along the path to it.
        """


@dataclass(frozen=True, slots=True)
class Passed:
    """An element other than a person's task that a step went through: an event, or a gateway with the flows taken."""

    element: str
    kind: str
    flows: tuple[str, ...] = ()


class Token(Task):
    """One token. `via` is the sequence flow it arrived by."""

    via: str | None = None

    def _set_state(self, value: int) -> None:
        # The library builds log facts and reads the clock here, about fourteen times a step.
        self._state = value

    @property
    def is_open(self) -> bool:
        return bool(self._state & TaskState.NOT_FINISHED_MASK)


class Instance(BpmnWorkflow):
    """The tokens of one running instance, with what the step under way needs.

    `deliveries` are thrown events on their way to who waits for them, `signals` the names of those thrown in this step.
    `stopwatch` gives the seconds of CPU that this thread has used, from any beginning.
    """

    stopwatch: Callable[[], float] = staticmethod(thread_time)

    def __init__(self, spec: Spec, subprocess_specs: Mapping[str, Spec]) -> None:
        self.agenda: deque[Token] = deque()
        self.passed: list[Passed] = []
        self.deliveries: deque[Callable[[], None]] = deque()
        self.signals: list[str] = []
        self.variables: dict[str, object] = {}
        self.outcomes: dict[str, str] = {}
        self.ended_at: str | None = None
        self.serial = 0
        self.population = 0
        self.at: datetime
        self.clock: Clock
        super().__init__(spec, dict(subprocess_specs), script_engine=SealedScriptEngine(), deserializing=True)
        plant(self)

    def create_subprocess(self, my_task: Token, spec_name: str) -> "Inner":
        inner = Inner(self.subprocess_specs[spec_name], my_task.id, self, deserializing=True)
        inner.begun_as = spec_name
        plant(inner)
        self.subprocesses[my_task.id] = inner
        return inner

    def _task_completed_notify(self, task: Token) -> None:
        """Do nothing: the library would walk the whole tree here, at every completion."""

    @property
    def workflows(self) -> tuple[Workflow, ...]:
        """The instance and its open sub-processes, outer ones first."""
        return (self, *self.subprocesses.values())


class Inner(BpmnSubWorkflow):
    """The tokens inside one sub-process or called process; `begun_as` names its spec."""

    begun_as: str

    def _task_completed_notify(self, task: Token) -> None:
        """Do nothing, as `Instance`."""


def plant(workflow: Workflow) -> None:
    """Give the workflow its root, the only finished token that is always kept."""
    workflow.task_tree = Token(workflow, workflow.spec.start, state=TaskState.COMPLETED, id=ROOT)


def spawn(parent: Token, spec: Spec, *, via: str | None = None) -> Token:
    """Put a new token on `spec`.  Raises StepLimit beyond MAX_TOKENS."""
    top = parent.workflow.top_workflow
    top.serial += 1
    top.population += 1
    if top.population > MAX_TOKENS:
        raise StepLimit("too-many-tokens", element=spec.bpmn_id, limit=MAX_TOKENS)
    token = Token(parent.workflow, spec, parent, state=TaskState.FUTURE, id=str(top.serial))
    token.via = via
    return token


def open_tokens(workflow: Workflow) -> Iterator[Token]:
    """The tokens of one workflow that are not finished, oldest first."""
    return (token for token in list(workflow.tasks.values()) if token.is_open)


def withdraw(token: Token) -> None:
    """Take a token away with all that hangs on it: instances of a multi-instance activity, an inner process."""
    for child in token.children if token.task_spec.gathers else ():
        withdraw(child)
    inner = token.workflow.top_workflow.subprocesses.pop(token.id, None)
    for held in open_tokens(inner) if inner is not None else ():
        withdraw(held)
    if token.is_open:
        token._set_state(TaskState.CANCELLED)


def prune(workflow: Workflow) -> None:
    """Forget finished tokens; keep a group's parent while one of its members is open."""
    root = workflow.task_tree
    kept = {token.id: token for token in open_tokens(workflow)}
    groups = {token.parent.id: token.parent for token in kept.values() if token.parent.task_spec.groups}
    kept = {token.id: token for token in workflow.tasks.values() if token.id in kept or token.id in groups}
    for token in kept.values():
        token._children = [child for child in token._children if child in kept]
        if token._parent not in groups:
            token._parent = ROOT
    root._children = [token.id for token in kept.values() if token._parent == ROOT]
    workflow.tasks = {ROOT: root, **kept}
