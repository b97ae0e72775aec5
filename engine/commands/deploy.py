"""Deploy a procedure: from then on it can be started."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bpmn.elements import Node, Process
from engine.binding import bind, performers_of
from engine.definitions import try_out
from engine.errors import NotDeployable
from engine.model.definition import Definition
from engine.spiff import Compiled


@dataclass(frozen=True, slots=True)
class Deployment:
    """What is to be deployed. `performers` maps an element to {"group", "unit_code", "unit", "position"}."""

    code: str
    number: int
    title: str
    unit_code: str
    source: bytes
    performers: Mapping[str, Mapping[str, str]]


def deploy(session: Session, deployment: Deployment, *, at: datetime) -> Definition:
    """Compile and store an immutable definition, bound to the versions of other procedures that it calls.

    Raises `NotDeployable` when the engine cannot run the model, a person's task has no performer, or a procedure that
    is called is not deployed.
    """
    called = bind(session, deployment.source)
    found = try_out(deployment.source, called)
    performers = {**performers_of(session, called), **deployment.performers}
    performers |= by_hand(found.compiled, performers)
    missing = [element for element in manned(found.compiled) if element not in performers]
    if missing:
        raise NotDeployable(reason="performer-unknown", elements=missing)
    head = found.process.head
    definition = Definition(
        code=deployment.code,
        number=deployment.number,
        title=deployment.title,
        unit_code=deployment.unit_code,
        sha256=found.compiled.sha256,
        source=deployment.source.decode(),
        performers={element: dict(performer) for element, performer in performers.items()},
        called=called,
        limit=dict((head.statutory_limit if head else None) or {}),
        deployed_at=at,
    )
    session.add(definition)
    session.flush()
    return definition


def manned(compiled: Compiled) -> list[str]:
    """The elements that open as a task of somebody's."""
    tasks = [node.id for node in compiled.elements.values() if node.is_task and node.tag not in UNMANNED]
    return [*tasks, *(node.id for _, node in outside(compiled))]


def outside(compiled: Compiled) -> Iterator[tuple[Process, Node]]:
    """The calls that are done outside the system, each with its process."""
    for process in compiled.processes.values():
        for node in process.nodes.values():
            if node.tag == "callActivity" and node.called not in compiled.processes:
                yield process, node


def by_hand(compiled: Compiled, performers: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """Who sees to a call that is done outside the system: who performs the nearest step before it."""
    found: dict[str, Mapping[str, str]] = {}
    for process, node in outside(compiled):
        if node.id not in performers:
            step = next((step for step in steps_before(process, node.id) if step in performers), None)
            if step is not None:
                found[node.id] = performers[step]
    return found


def steps_before(process: Process, element: str) -> Iterator[str]:
    """The elements from which a flow leads to this one, nearest first."""
    seen, waiting = {element}, deque([element])
    while waiting:
        for flow in process.nodes[waiting.popleft()].incoming:
            source = process.flows[flow].source
            if source not in seen:
                seen.add(source)
                waiting.append(source)
                yield source


UNMANNED = frozenset({"sendTask", "receiveTask", "businessRuleTask"})
"""Tasks that need no performer."""
