"""A definition made ready to run: compiled once per hash, with its times."""

from collections import OrderedDict
from threading import Lock

from bpmn.elements import Node, Process
from bpmn.outcomes import outcomes_of
from bpmn.paths import PathTimes, path_times
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

    def node(self, element: str) -> Node:
        return self.compiled.elements[element]


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
