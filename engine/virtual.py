"""Playing a procedure to its end on a virtual clock: no database, every step done at its due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from bpmn.document import Document
from bpmn.elements import Node, Process
from bpmn.fiveclear import CONTINUE, Duration
from bpmn.folding import same_text
from bpmn.outcomes import outcomes_of
from bpmn.paths import path_times
from bpmn.paths.weights import weights
from engine.budgets import budget_of
from engine.clock import CaseClock
from engine.errors import UnknownChoice
from engine.normal_way import normal_document, normal_outcomes
from engine.spiff import Compiled, PendingTimer, Run, StepLimit, WaitingFor, compile_document
from engine.worktime import WorkCalendar

MAX_ACTS = 2_000
PEOPLE = frozenset({"userTask", "manualTask", "task"})


@dataclass(slots=True)
class PlayedStep:
    """One visit of a person's task. `completed_at` and `outcome` are None where it was withdrawn."""

    key: str
    node: Node
    performer: str
    opened_at: datetime
    due_at: datetime | None
    outcome: str | None
    completed_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """When it is done: at its due, or at once where it has no limit or the limit has passed."""
        return self.opened_at if self.due_at is None else max(self.opened_at, self.due_at)


@dataclass(frozen=True, slots=True)
class Trace:
    """What a virtual run went through. `steps` by opening; `end` is the id of the end event reached last."""

    steps: Sequence[PlayedStep]
    end: str | None
    started_at: datetime
    ended_at: datetime
    zone: tzinfo

    def as_json(self) -> dict[str, object]:
        """The trace in plain values; moments as ISO 8601 with the offset of the calendar's zone."""
        return {
            "steps": [self._step(step) for step in self.steps],
            "end": self.end,
            "started": self._moment(self.started_at),
            "ended": self._moment(self.ended_at),
        }

    def _step(self, step: PlayedStep) -> dict[str, object]:
        return {
            "element": step.node.id,
            "name": step.node.name,
            "performer": step.performer,
            "opened": self._moment(step.opened_at),
            "due": self._moment(step.due_at),
            "completed": self._moment(step.completed_at),
            "outcome": step.outcome,
        }

    def _moment(self, moment: datetime | None) -> str | None:
        return None if moment is None else moment.astimezone(self.zone).isoformat()


def play(document: Document, *, start: datetime, choices: Mapping[str, Sequence[str]], calendar: WorkCalendar) -> Trace:
    """Run a procedure from an aware moment to its end.

    `choices` gives, by step_no or element id, the outcomes of a step's successive visits; otherwise the way without
    send-backs is taken.  Raises UnknownChoice, and what compiling and stepping raise (`engine.spiff.errors`).
    """
    compiled = compile_document(normal_document(document), sha256="")
    original = document.processes[compiled.process.id]
    return Player(compiled, original, resolve(choices, compiled, original), start=start, calendar=calendar).play()


class Player:
    """One virtual run."""

    def __init__(
        self,
        compiled: Compiled,
        original: Process,
        chosen: Mapping[str, Sequence[str]],
        *,
        start: datetime,
        calendar: WorkCalendar,
    ) -> None:
        self.elements = compiled.elements
        self.compiled = compiled
        self.original = original
        self.started_at = self.at = start
        self.chosen = {element: list(outcomes) for element, outcomes in chosen.items()}
        self.usual = normal_outcomes(original)
        self.silences = silences(compiled)
        self.clock = CaseClock(calendar, path_times(original), start)
        self.blocks = Blocks(original)
        self.steps: list[PlayedStep] = []
        self.open: dict[str, PlayedStep] = {}
        self.run = Run.start(compiled, {}, start, self.clock)

    def play(self) -> Trace:
        for _ in range(MAX_ACTS):
            self.look()
            if self.run.finished:
                zone = self.clock.calendar.zone
                return Trace(self.steps, self.run.ended_at, self.started_at, self.at, zone)
            if not self.pass_message():
                self.act()
        raise StepLimit("too-many-steps", limit=MAX_ACTS)

    def restart(self, origins: Sequence[str]) -> None:
        """Let the case's clock begin from zero where the case goes on."""
        self.clock.started_at = self.at
        self.clock.times = path_times(self.original, origins=origins)

    def look(self) -> None:
        """Note what opened and what was withdrawn."""
        flows = self.original.flows  # a called process has its own
        taken = [flows[way] for each in self.run.passed for way in each.flows if way in flows]
        again = [way.target for way in taken if way.clock == "restart"]
        if again and self.original.nodes[again[0]].clock is None:
            self.restart(again)
        waiting = {place.key: place for place in self.run.waiting() if place.kind is WaitingFor.USER}
        for key, place in waiting.items():
            if key not in self.open:
                self.open[key] = self.opened(key, self.elements[place.element])
                self.steps.append(self.open[key])
        for key in [key for key in self.open if key not in waiting]:
            step = self.open.pop(key)
            if step.completed_at is None:
                step.outcome = None

    def opened(self, key: str, node: Node) -> PlayedStep:
        left = self.chosen.get(node.id)
        outcome = left.pop(0) if left else self.usual.get(node.id, CONTINUE)
        budget = self.blocks.budget(node)
        counts_from = self.blocks.opened_at(node, self.at)
        due = self.clock.step_due(budget, counts_from, node.id).due_at
        return PlayedStep(key, node, performer_of(node, self.compiled.process), self.at, due, outcome)

    def pass_message(self) -> bool:
        """Let a wait for a message end at once; say whether there was one. A message on a border never comes."""
        for place in self.run.waiting():
            node = self.elements[place.element]
            if place.kind is not WaitingFor.USER and node.attached_to is None:
                self.run.receive(place.key, None, self.at)
                if node.clock == "restart":
                    self.restart([self.original.flows[way].target for way in node.outgoing])
                return True
        return False

    def act(self) -> None:
        """Do what comes next: a step at its due, or a timer on the way."""
        step = min(self.open.values(), key=lambda step: (step.ends_at, int(step.key)), default=None)
        timer = min(self.timers(), key=lambda timer: (timer.due_at, int(timer.key)), default=None)
        if timer is not None and (step is None or timer.due_at < step.ends_at):
            self.at = max(self.at, timer.due_at)
            self.run.fire(timer.key, self.at)
        elif step is not None:
            self.finish(step)

    def finish(self, step: PlayedStep) -> None:
        self.at = step.completed_at = max(self.at, step.ends_at)
        silence = next((event for event, name in self.silences.get(step.node.id, ()) if name == step.outcome), None)
        pending = next((timer for timer in self.run.timers() if timer.element == silence), None)
        if pending is not None:
            self.run.fire(pending.key, self.at)
        else:
            self.run.complete(step.key, step.outcome, None, self.at)

    def timers(self) -> list[PendingTimer]:
        """Timers that hold the case on its way; those on a border wait for a choice."""
        return [timer for timer in self.run.timers() if self.elements[timer.element].attached_to is None]


@dataclass(slots=True)
class Blocks:
    """Budgets, a block of steps that shares one counting from the opening of its first step."""

    process: Process
    firsts: dict[str, datetime] = field(default_factory=dict)

    def budget(self, node: Node) -> Duration | None:
        """Return the step's budget or that of its block, None where it is not counted."""
        return budget_of(node, weights(self.process.nodes.values()))

    def opened_at(self, node: Node, at: datetime) -> datetime:
        """Return from when the step's budget counts."""
        own = node.step.duration if node.step is not None and node.step.counted else None
        return self.firsts.setdefault(own.shared_block, at) if own is not None and own.shared_block else at


def silences(compiled: Compiled) -> dict[str, list[tuple[str, str]]]:
    """Return per activity its timers with the names they can be chosen by: their way's, or their own."""
    found: dict[str, list[tuple[str, str]]] = {}
    for node in compiled.elements.values():
        if node.attached_to is not None and any(event.kind == "timer" for event in node.events):
            ways = [compiled.process.flows[flow].name for flow in node.outgoing if flow in compiled.process.flows]
            names = [(node.id, name) for name in (*ways, node.name) if name]
            found.setdefault(node.attached_to, []).extend(names)
    return found


def resolve(choices: Mapping[str, Sequence[str]], compiled: Compiled, original: Process) -> dict[str, Sequence[str]]:
    """Return the choices by element id.  Raises UnknownChoice, which lists what is known."""
    tasks = [node for node in compiled.elements.values() if node.tag in PEOPLE]
    known, quiet = outcomes_of(original), silences(compiled)
    found: dict[str, Sequence[str]] = {}
    for step, outcomes in choices.items():
        node = next((node for node in tasks if is_called(node, step)), None)
        if node is None:
            raise UnknownChoice(step=step, known=[label(node) for node in tasks])
        names = [*known.get(node.id, ()), *(name for _, name in quiet.get(node.id, ()))]
        offered = list(dict.fromkeys([*names, CONTINUE]))
        found[node.id] = [as_written(outcome, offered, step=step) for outcome in outcomes]
    return found


def as_written(outcome: str, offered: Sequence[str], *, step: str) -> str:
    """Return the outcome as the file writes it.  Raises UnknownChoice."""
    written = next((name for name in offered if same_text(outcome, name)), None)
    if written is None:
        raise UnknownChoice(step=step, outcome=outcome, known=list(offered))
    return written


def is_called(node: Node, name: str) -> bool:
    return node.id == name or (node.step is not None and same_text(node.step.step_no, name))


def label(node: Node) -> str:
    return node.step.step_no if node.step is not None and node.step.step_no else node.id


def performer_of(node: Node, process: Process) -> str:
    """Return the position with its unit, or the lane where the step says nothing."""
    performer = node.step.performer if node.step is not None else None
    if performer is not None:
        return ", ".join(part for part in (performer.position, performer.unit) if part)
    lane = process.lanes.get(node.lane or "")
    return lane.name if lane is not None else ""
