"""Which acts of the approval path are a person's."""

from sqlalchemy.orm import Session

from engine.definitions import ready
from engine.errors import NotFound
from procedures.approval import approval_path
from procedures.queries.people import Person


def acts_of(session: Session, viewer: Person) -> frozenset[str]:
    """The acts whose steps lie with a position that the person holds; none where no path is installed."""
    try:
        path = approval_path(session)
    except NotFound:
        return frozenset()
    nodes = ready(path).compiled.elements
    mine = [element for element, performer in path.performers.items() if performer["group"] in viewer.actor.groups]
    steps = [nodes[element].step for element in mine if element in nodes]
    return frozenset(step.act for step in steps if step is not None and step.act)
