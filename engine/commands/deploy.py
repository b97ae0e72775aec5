"""Deploy a procedure: from then on it can be started."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine.definitions import try_out
from engine.errors import NotDeployable
from engine.model.definition import Definition


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
    """Compile and store an immutable definition.

    Raises `NotDeployable` when the engine cannot run the model or a person's task has no performer.
    """
    found = try_out(deployment.source)
    people = [node.id for node in found.compiled.elements.values() if node.is_task and node.tag not in UNMANNED]
    missing = [element for element in people if element not in deployment.performers]
    if missing:
        raise NotDeployable(reason="performer-unknown", elements=missing)
    head = found.process.head
    definition = Definition(
        code=deployment.code,
        number=deployment.number,
        title=deployment.title,
        unit_code=deployment.unit_code,
        sha256=hashlib.sha256(deployment.source).hexdigest(),
        source=deployment.source.decode(),
        performers={element: dict(performer) for element, performer in deployment.performers.items()},
        limit=dict((head.statutory_limit if head else None) or {}),
        deployed_at=at,
    )
    session.add(definition)
    session.flush()
    return definition


UNMANNED = frozenset({"sendTask", "receiveTask", "businessRuleTask"})
"""Tasks that need no performer."""
