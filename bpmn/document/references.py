"""References between elements: what points at nothing, or at the wrong kind, makes a file unusable."""

from collections.abc import Iterator

from bpmn.document.names import is_ncname
from bpmn.elements import Flow, Node, Process
from bpmn.findings import Clear, Finding
from bpmn.verdicts import reject, warning


def check_references(process: Process, ids: frozenset[str]) -> Iterator[Finding]:
    """Every reference of the process must lead somewhere. `ids` are all ids of the document."""
    for flow in process.flows.values():
        yield from flow_ends(flow, process, ids)
    for node in process.nodes.values():
        yield from node_references(node, process, ids)
    for lane in process.lanes.values():
        for name in lane.nodes:
            if name not in process.nodes:
                yield warning("ref-missing", element=lane.id, line=lane.line, attribute="flowNodeRef", ref=name)


def flow_ends(flow: Flow, process: Process, ids: frozenset[str]) -> Iterator[Finding]:
    for attribute, end in (("sourceRef", flow.source), ("targetRef", flow.target)):
        if end not in process.nodes:
            yield unresolved(flow, attribute, ref=end, known=end in ids)
    source, target = process.nodes.get(flow.source), process.nodes.get(flow.target)
    if source is not None and target is not None and source.parent != target.parent:
        yield reject(
            "flow-crosses-border",
            clear=Clear.PROCESS,
            element=flow.id,
            line=flow.line,
            source=source.id,
            target=target.id,
            inside=source.parent if process.id == target.parent else target.parent,
        )


def node_references(node: Node, process: Process, ids: frozenset[str]) -> Iterator[Finding]:
    if node.tag == "boundaryEvent" and node.attached_to not in process.nodes:
        yield unresolved(node, "attachedToRef", ref=node.attached_to or "", known=node.attached_to in ids)
    if node.default is not None and node.default not in node.outgoing:
        yield unresolved(node, "default", ref=node.default, known=node.default in ids)
    if node.message is not None and node.message not in ids:
        yield unresolved(node, "messageRef", ref=node.message, known=False)
    for event in node.events:
        if event.ref is not None and event.ref not in ids:
            yield unresolved(node, f"{event.kind}Ref", ref=event.ref, known=False)
    if node.called is not None and not is_ncname(node.called):
        yield reject(
            "id-syntax",
            clear=Clear.PROCESS,
            element=node.id,
            line=node.line,
            id=node.called[:255],
            attribute="calledElement",
        )


def unresolved(place: Flow | Node, attribute: str, *, ref: str, known: bool) -> Finding:
    """`known`: the id exists, but is not what may stand here."""
    return reject(
        "ref-type" if known else "ref-missing",
        clear=Clear.PROCESS,
        element=place.id,
        line=place.line,
        attribute=attribute,
        ref=ref[:255],
    )
