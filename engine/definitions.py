"""A definition made ready to run: compiled once per hash, with its times."""

from collections import OrderedDict
from threading import Lock

from bpmn.elements import Node, Process
from bpmn.fiveclear import Duration
from bpmn.outcomes import outcomes_of
from bpmn.paths import PathTimes, path_times
from bpmn.paths.weights import weights
from engine.budgets import budget_of
from engine.errors import NotDeployable
from engine.model.definition import Definition
from engine.spiff import Compiled, Uncompilable, compile_definition

CACHED = 256  # definitions held per process


class Ready:
    """A compiled definition with the path times of its process."""

    def __init__(self, source: bytes) -> None:
        self.compiled: Compiled = compile_definition(source)
        self.process: Process = self.compiled.process
        self.times: PathTimes = path_times(self.process)
        self.outcomes = outcomes_of(self.process)
        self._restarted: dict[str, PathTimes] = {}
        self._weights = weights(self.process.nodes.values())

    def node(self, element: str) -> Node:
        return self.compiled.elements[element]

    def budget(self, element: str) -> Duration | None:
        """Return the time limit of a step: its own, or that of the block it shares one with; None where none counts."""
        node = self.node(element)
        return None if node.tag == "receiveTask" else budget_of(node, self._weights)

    def block(self, element: str) -> tuple[str, ...]:
        """Return the steps that share one limit with this one, itself among them; none where it has its own."""
        name = self._weights[element].block if element in self._weights else None
        return tuple(node for node, weight in self._weights.items() if name is not None and weight.block == name)

    def times_from(self, place: str) -> PathTimes:
        """Return the times of the paths that begin where a wait or a flow leads to."""
        if place not in self._restarted:
            flows = self.process.flows
            node = self.process.nodes.get(place)
            ways = [place] if node is None else node.outgoing
            origins = [flows[way].target for way in ways if way in flows]
            self._restarted[place] = path_times(self.process, origins=origins) if origins else self.times
        return self._restarted[place]


_made: OrderedDict[str, Ready] = OrderedDict()
_lock = Lock()


def ready(definition: Definition) -> Ready:
    """Return the definition ready to run, compiled anew only when it was not used lately."""
    with _lock:
        found = _made.get(definition.sha256)
        if found is not None:
            _made.move_to_end(definition.sha256)
            return found
    made = Ready(definition.source.encode())
    with _lock:
        _made[definition.sha256] = made
        while len(_made) > CACHED:
            _made.popitem(last=False)
    return made


def try_out(source: bytes) -> Ready:
    """Compile a source that is to be deployed. Raises `NotDeployable` with the reason and the element."""
    try:
        return Ready(source)
    except Uncompilable as error:
        raise NotDeployable(reason=error.code, **error.facts) from error
