"""Who performs the steps of a version: texts of the table, resolved to positions of the town."""

from collections.abc import Mapping

from bpmn.document import Document, read_document
from bpmn.elements import Node, Process
from bpmn.fiveclear import FiveClear, Performer
from bpmn.organisation import Organisation, Place
from procedures.errors import PerformerUnknown, Unclear


def performer_of(node: Node, process: Process) -> Performer | None:
    """Return who performs a task: its five-clear performer, else the lane it lies in.

    What comes in from outside is taken in by who goes on with it: a wait is its next step's.
    """
    if node.step is not None and node.step.performer is not None:
        return node.step.performer
    if node.tag == "receiveTask":
        following = [process.nodes[process.flows[flow].target] for flow in node.outgoing if flow in process.flows]
        found = next((each.step.performer for each in following if each.step is not None), None)
        if found is not None:
            return found
    lane = process.lanes.get(node.lane or "")
    return Performer(lane.name) if lane is not None else None


def places_of(document: Document, organisation: Organisation, owner: str) -> dict[str, Place | None]:
    """Return the position of every task of a document that a person does; None where none is found."""
    found: dict[str, Place | None] = {}
    for process in document.processes.values():
        for node in process.nodes.values():
            if node.is_task:
                performer = performer_of(node, process)
                found[node.id] = organisation.resolve(performer, owner) if performer else None
    return found


def deployable(source: bytes, organisation: Organisation, owner: str) -> Mapping[str, Mapping[str, str]]:
    """Return the performers as the engine wants them.

    Raises `PerformerUnknown` listing the steps without one, `Unclear` for a source that cannot be read.
    """
    reading = read_document(source)
    document = reading.document
    if document is None:
        raise Unclear(reading.findings)
    places = places_of(document, organisation, owner)
    unknown = [element for element, place in places.items() if place is None and element not in _unmanned(document)]
    if unknown:
        raise PerformerUnknown(elements=unknown)
    return {
        element: {"group": place.group, "unit_code": place.unit_code, "unit": place.unit, "position": place.position}
        for element, place in places.items()
        if place is not None
    }


def named_units(table: FiveClear, organisation: Organisation, owner: str) -> frozenset[str]:
    """Return the codes of the units, other than the owner, that perform or support a step."""
    performers = [each for step in table.steps for each in (step.performer, *step.co_performers) if each is not None]
    places = [organisation.resolve(each, owner) for each in performers]
    return frozenset(place.unit_code for place in places if place is not None) - {owner}


def _unmanned(document: Document) -> frozenset[str]:
    tags = ("sendTask", "receiveTask", "businessRuleTask")
    return frozenset(
        node.id for process in document.processes.values() for node in process.nodes.values() if node.tag in tags
    )
