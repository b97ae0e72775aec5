"""Called procedures, bound when a definition is deployed: to the version that is the latest then, for good."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bpmn.document import Document, read_document
from bpmn.elements import Node
from bpmn.table.identifiers import process_id
from engine.errors import NotDeployable
from engine.model.definition import Definition

MAX_BYTES = 3_000_000  # of all sources that one definition brings with it


def bind(session: Session, source: bytes) -> dict[str, Any]:
    """Return what a source calls outside its file, by `calledElement`: for each the code, version and source in force,
    with what that calls in turn.

    A procedure that is not deployed is left out: compiling says so.  Raises `NotDeployable` when it grows too large.
    """
    found: dict[str, Any] = {}
    for node in outside(read_document(source).document):
        definition = definition_for(session, node)
        if definition is not None:
            facts = {"code": definition.code, "number": definition.number, "definition": definition.id}
            found[node.called or ""] = {**facts, "source": definition.source, "called": dict(definition.called)}
    if sum(size(bound) for bound in found.values()) > MAX_BYTES:
        raise NotDeployable(reason="limit-size", limit=MAX_BYTES)
    return found


def performers_of(session: Session, called: Mapping[str, Any]) -> dict[str, Any]:
    """Who performs the steps of the procedures bound, as they were deployed, by the ids that the steps have here."""
    performers: dict[str, Any] = {}
    for name, bound in called.items():
        inner = session.get_one(Definition, bound["definition"]).performers
        performers.update({f"{name}.{element}": performer for element, performer in inner.items()})
    return performers


def outside(document: Document | None) -> Iterator[Node]:
    """The calls of procedures that are not in the file."""
    known = document.processes if document is not None else {}
    for process in known.values():
        for node in process.nodes.values():
            if node.tag == "callActivity" and node.called is not None and node.called not in known:
                yield node


def definition_for(session: Session, node: Node) -> Definition | None:
    """The latest definition of the procedure that a call names: by its code, or by the id made from a code."""
    code = (node.goto or "").removeprefix("call:")
    codes = list(session.scalars(select(Definition.code).distinct().order_by(Definition.code)))
    wanted = next((each for each in codes if each in (code, node.called)), None) or next(
        (each for each in codes if process_id(each) == node.called), None
    )
    if wanted is None:
        return None
    latest = select(Definition).where(Definition.code == wanted).order_by(Definition.number.desc()).limit(1)
    return session.scalars(latest).one()


def size(bound: Mapping[str, Any]) -> int:
    return len(bound["source"]) + sum(size(inner) for inner in bound["called"].values())
