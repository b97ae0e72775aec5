"""Compiling a BPMN file once, for all its instances."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from threading import Lock
from types import MappingProxyType

from bpmn.document import Document, read_document, within
from bpmn.elements import Node, Process
from engine.spiff.build import build_specs
from engine.spiff.errors import Uncompilable
from engine.spiff.support import calls, refusals
from engine.spiff.token import Spec

CACHED = 128
NOTHING: Mapping[str, "Callee"] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Compiled:
    """A definition ready to run. Never changes: instances and threads share it.

    `process` is the one that an instance runs, `processes` that and all that it calls; `elements` gives every node by
    its id, those of sub-processes and of called processes included, with what the file says about it.
    """

    sha256: str
    process: Process
    processes: Mapping[str, Process]
    elements: Mapping[str, Node]
    spec: Spec
    subprocess_specs: Mapping[str, Spec]


@dataclass(frozen=True, slots=True)
class Callee:
    """Another procedure that a definition calls, bound to one version of it; `called` are those that it calls itself.

    Both maps go by the `calledElement` as written.
    """

    source: bytes
    called: Mapping[str, "Callee"] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        return digest(self.source, self.called)


def digest(source: bytes, called: Mapping[str, Callee]) -> str:
    """The name of a source with the versions it calls: its own hash where it calls none."""
    own = sha256(source)
    for name in sorted(called):
        own.update(f"\0{name}\0{called[name].sha256}".encode())
    return own.hexdigest()


def compile_definition(source: bytes, called: Mapping[str, Callee] = NOTHING, *, trial: bool = False) -> Compiled:
    """Compile the bytes of a BPMN file, with the procedures outside it that it calls.

    On trial, a call of a procedure that is not there is let pass, as a step done by hand: it may be bound later.
    Raises Uncompilable for a file that cannot be read, and for whatever would run wrongly: see `engine.spiff.support`.
    """
    return compile_document(assembled(source, called), sha256=digest(source, called), trial=trial)


def assembled(source: bytes, called: Mapping[str, Callee]) -> Document:
    """Read a source and put what it calls beside it, each procedure's ids behind `<calledElement>.`"""
    reading = read_document(source)
    if reading.document is None:
        first = next(finding for finding in reading.findings if finding.reject)
        raise Uncompilable(first.code, **{**first.facts, "element": first.element})
    document = reading.document
    for name in sorted(called):
        document = with_callee(document, name, assembled(called[name].source, called[name].called))
    return document


def with_callee(document: Document, name: str, other: Document) -> Document:
    """The document with another beside it, and its calls of that name leading there."""
    begins, inner = name + ".", within(other, name + ".")
    own = [element for process in document.processes.values() for element in (process.id, *process.nodes)]
    if any(element.startswith(begins) for element in own):
        raise Uncompilable("id-reserved", element=next(each for each in own if each.startswith(begins)))
    target = begins + main_process(other).id
    mine = {key: redirected(process, name, target) for key, process in document.processes.items()}
    return replace(
        document,
        processes=mine | dict(inner.processes),
        messages={**document.messages, **inner.messages},
        decisions={**document.decisions, **inner.decisions},
    )


def redirected(process: Process, name: str, target: str) -> Process:
    nodes = {key: replace(node, called=target) if node.called == name else node for key, node in process.nodes.items()}
    return replace(process, nodes=nodes)


def compile_document(document: Document, *, sha256: str, trial: bool = False) -> Compiled:
    """Compile a document that was read already; `sha256` names it."""
    main = main_process(document)
    processes = [main, *(document.processes[name] for name in called_from(document, main.id))]
    for process in processes:
        for refusal in refusals(document, process, trial=trial):
            raise Uncompilable(refusal.code, **{**refusal.facts, "element": refusal.element})
    specs: dict[str, Spec] = {}
    for process in processes:
        specs.update(build_specs(document, process))
    nodes = {node.id: node for process in processes for node in process.nodes.values()}
    known = MappingProxyType({process.id: process for process in processes})
    return Compiled(sha256, main, known, MappingProxyType(nodes), specs.pop(main.id), MappingProxyType(specs))


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
