"""Compiling a BPMN file once, for all its instances."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from types import MappingProxyType

from bpmn.document import Document, read_document
from bpmn.elements import Node, Process
from engine.spiff.build import build_specs
from engine.spiff.errors import Uncompilable
from engine.spiff.support import calls, refusals
from engine.spiff.token import Spec

CACHED = 128


@dataclass(frozen=True, slots=True)
class Compiled:
    """A definition ready to run. Never changes: instances and threads share it.

    `process` is the one that an instance runs; `elements` gives every node by its id, those of sub-processes and of
    called processes included, with what the file says about it.
    """

    sha256: str
    process: Process
    elements: Mapping[str, Node]
    spec: Spec
    subprocess_specs: Mapping[str, Spec]


def compile_definition(source: bytes) -> Compiled:
    """Compile the bytes of a BPMN file.

    Raises Uncompilable for a file that cannot be read, and for whatever would run wrongly: see `engine.spiff.support`.
    """
    reading = read_document(source)
    if reading.document is None:
        first = next(finding for finding in reading.findings if finding.reject)
        raise Uncompilable(first.code, **{**first.facts, "element": first.element})
    return compile_document(reading.document, sha256=sha256(source).hexdigest())


def compile_document(document: Document, *, sha256: str) -> Compiled:
    """Compile a document that was read already; `sha256` names it."""
    main = main_process(document)
    processes = [main, *(document.processes[name] for name in called_from(document, main.id))]
    for process in processes:
        for refusal in refusals(document, process):
            raise Uncompilable(refusal.code, **{**refusal.facts, "element": refusal.element})
    specs: dict[str, Spec] = {}
    for process in processes:
        specs.update(build_specs(document, process))
    nodes = {node.id: node for process in processes for node in process.nodes.values()}
    return Compiled(sha256, main, MappingProxyType(nodes), specs.pop(main.id), MappingProxyType(specs))


def main_process(document: Document) -> Process:
    """The one process of the file that is executable and that no other calls."""
    called = {name for process_id in document.processes for name in calls(document, process_id)}
    executable = [process for process in document.processes.values() if process.executable and process.nodes]
    outer = [process for process in executable if process.id not in called] or executable
    if not outer:
        raise Uncompilable("not-executable", element=next(iter(document.processes), None))
    if len(outer) > 1:
        raise Uncompilable("many-processes", element=outer[1].id, processes=[process.id for process in outer])
    return outer[0]


def called_from(document: Document, process_id: str) -> Iterator[str]:
    """Ids of the processes that a process calls, directly or not, each once."""
    seen = {process_id}
    waiting = sorted(calls(document, process_id))
    while waiting:
        name = waiting.pop(0)
        if name not in seen:
            seen.add(name)
            yield name
            waiting.extend(sorted(calls(document, name)))


_cache: OrderedDict[str, Compiled] = OrderedDict()
_lock = Lock()


def cached(sha256: str, loader: Callable[[], bytes]) -> Compiled:
    """Return the definition of that hash, compiling what `loader` gives when it was not used lately."""
    with _lock:
        found = _cache.get(sha256)
        if found is not None:
            _cache.move_to_end(sha256)
            return found
    compiled = compile_definition(loader())
    if compiled.sha256 != sha256:
        raise Uncompilable("hash-mismatch", expected=sha256, found=compiled.sha256)
    with _lock:
        _cache[sha256] = compiled
        while len(_cache) > CACHED:
            _cache.popitem(last=False)
    return compiled
