"""A definition made ready to run: compiled once per hash, with its times."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from threading import Lock
from typing import Any

from bpmn.elements import Node, Process
from bpmn.fiveclear import Duration
from bpmn.graph import in_order
from bpmn.outcomes import outcomes_of
from bpmn.paths import NOTHING, Amount, PathTimes, path_times
from bpmn.paths.weights import Weight, weights
from engine.budgets import budget_of
from engine.errors import NotDeployable
from engine.model.definition import Definition
from engine.spiff import Callee, Compiled, Uncompilable, compile_definition

CACHED = 256  # definitions held per process


class Ready:
    """A compiled definition with the path times of its process and of those it calls."""

    def __init__(self, source: bytes, called: Mapping[str, Callee], *, trial: bool = False) -> None:
        self.compiled: Compiled = compile_definition(source, called, trial=trial)
        self.process: Process = self.compiled.process
        self.times: PathTimes = times_of(self.compiled)
        every = self.compiled.processes.values()
        self.outcomes = {element: texts for process in every for element, texts in outcomes_of(process).items()}
        self._restarted: dict[str, PathTimes] = {}
        self._weights: dict[str, Weight] = {}
        for process in every:
            self._weights |= weights(process.nodes.values())

    def node(self, element: str) -> Node:
        return self.compiled.elements[element]

    def budget(self, element: str) -> Duration | None:
        """Return the time limit of a step: its own, or that of the block it shares one with; None where none counts."""
        node = self.node(element)
        return None if node.tag == "receiveTask" else budget_of(node, self._weights)

    def block(self, element: str) -> tuple[str, ...]:
        """Return the steps that share one limit with this one, itself among them; none where it has its own."""
        name = self._weights[element].block if element in self._weights else None
        if name is None:
            return ()
        beside = next((each.nodes for each in self.compiled.processes.values() if element in each.nodes), {})
        return tuple(node for node, weight in self._weights.items() if node in beside and weight.block == name)

    def times_from(self, place: str) -> PathTimes:
        """Return the times of the paths that begin where a wait or a flow leads to."""
        if place not in self._restarted:
            flows = self.process.flows
            node = self.process.nodes.get(place)
            ways = [place] if node is None else node.outgoing
            origins = [flows[way].target for way in ways if way in flows]
            self._restarted[place] = path_times(self.process, origins=origins) if origins else self.times
        return self._restarted[place]


def times_of(compiled: Compiled) -> PathTimes:
    """The times of the process; steps of a called one count from the latest opening of a call of it."""
    own = {name: path_times(process) for name, process in compiled.processes.items()}
    times = own[compiled.process.id]
    opened, due = dict(times.opened), dict(times.due)
    for process in callers_first(compiled.processes):
        for node in process.nodes.values():
            inner = own.get(node.called or "")
            if inner is not None:
                begins = opened.get(node.id, NOTHING)
                latest(opened, inner.opened, begins)
                latest(due, inner.due, begins)
    return replace(times, opened=opened, due=due)


def callers_first(processes: Mapping[str, Process]) -> list[Process]:
    """The processes so that each stands after all that call it. Asks for calls without a circle."""
    calls = {
        name: {node.called for node in process.nodes.values() if node.called is not None and node.called in processes}
        for name, process in processes.items()
    }
    return [processes[name] for name in in_order(list(processes), calls)]


def latest(times: dict[str, Amount], inner: Mapping[str, Amount], begins: Amount) -> None:
    """Take over the times of a called process, moved to where it begins; of several calls the latest counts."""
    for element, amount in inner.items():
        moved = begins + amount
        times[element] = max(times.get(element, moved), moved, key=lambda each: each.size)


_made: OrderedDict[str, Ready] = OrderedDict()
_lock = Lock()


def ready(definition: Definition) -> Ready:
    """Return the definition ready to run, compiled anew only when it was not used lately."""
    with _lock:
        found = _made.get(definition.sha256)
        if found is not None:
            _made.move_to_end(definition.sha256)
            return found
    made = Ready(definition.source.encode(), callees(definition.called))
    with _lock:
        _made[definition.sha256] = made
        while len(_made) > CACHED:
            _made.popitem(last=False)
    return made


def callees(called: Mapping[str, Any]) -> Mapping[str, Callee]:
    """What `Definition.called` holds, as the compiler wants it."""
    return {name: Callee(bound["source"].encode(), callees(bound["called"])) for name, bound in called.items()}


def try_out(source: bytes, called: Mapping[str, Any] | None = None) -> Ready:
    """Compile a source that is to be deployed. Raises `NotDeployable` with the reason and the element.

    `called` are the procedures bound to it; without it a call of a procedure that is not in force yet is let pass.
    """
    try:
        return Ready(source, callees(called or {}), trial=called is None)
    except Uncompilable as error:
        raise NotDeployable(reason=error.code, **error.facts) from error
