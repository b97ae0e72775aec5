"""What else in a document refers to its flow: lists of lanes, messages, associations, the drawing."""

from collections.abc import Iterable, Mapping

from lxml import etree

from bpmn.dialect import NAMESPACE, PREFIX
from bpmn.dialect.values import extension
from bpmn.dialect.words import bpmn_tag
from bpmn.document.names import BPMNDI, reference
from bpmn.fiveclear import FiveClear
from bpmn.table.emit import CITIZEN, MESSAGES, RESULT, WAITING, add
from bpmn.table.flows import Flows
from bpmn.table.graph import Spot

LINKS = ("messageFlow", "association", "dataInputAssociation", "dataOutputAssociation", "conversationLink")


def prune(flows: Flows) -> None:
    """Take out all that refers to removed elements."""
    for link in [found for found in flows.root.iter(*map(bpmn_tag, LINKS)) if ends_of(found) & flows.removed]:
        flows.take_out(link)
    for kind in ("flowNodeRef", "incoming", "outgoing"):
        for listed in list(flows.root.iter(bpmn_tag(kind))):
            if reference(listed.text) in flows.removed:
                remove(listed)
    undraw(flows.root, flows.removed)


def links_of(root: etree._Element, nodes: set[str]) -> set[str]:
    """All that is drawn as a line from or to one of some nodes."""
    lines = (*LINKS, "sequenceFlow")
    return {link.get("id", "") for link in root.iter(*map(bpmn_tag, lines)) if ends_of(link) & nodes} - {""}


def ends_of(link: etree._Element) -> set[str]:
    written = [link.get("sourceRef"), link.get("targetRef")]
    written += [child.text for child in link.iterchildren(bpmn_tag("sourceRef"), bpmn_tag("targetRef"))]
    if link.tag in (bpmn_tag("dataInputAssociation"), bpmn_tag("dataOutputAssociation")):
        parent = link.getparent()
        written.append(None if parent is None else parent.get("id"))
    return {name for text in written if (name := reference(text)) is not None}


def undraw(root: etree._Element, elements: Iterable[str]) -> None:
    """Take the shapes and edges of some elements out of the drawing."""
    gone = set(elements)
    for kind in ("BPMNShape", "BPMNEdge"):
        for drawn in list(root.iter(f"{{{BPMNDI}}}{kind}")):
            if reference(drawn.get("bpmnElement")) in gone:
                remove(drawn)


def remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def messages_for(flows: Flows, waits: Iterable[Spot]) -> Mapping[str, str]:
    """The message that each ending waits for: those of the document, and new ones for waits that are to be added."""
    found: dict[str, str] = {}
    for wait in flows.root.iter(bpmn_tag("receiveTask")):
        mark, known = extension(wait, "wait"), reference(wait.get("messageRef"))
        if mark is not None and known:
            found.setdefault(mark.get("goto", ""), known)
    for message in flows.root.iterchildren(bpmn_tag("message")):
        for goto, name in MESSAGES.items():
            if message.get("name") == name and message.get("id"):
                found.setdefault(goto, message.get("id", ""))
    for goto in sorted({wait.goto for wait in waits if wait.goto} - found.keys()):
        found[goto] = flows.ids.new(f"message_{goto}")
        message = add(flows.root, "message", found[goto], MESSAGES[goto])
        first = next(flows.root.iterchildren(bpmn_tag("collaboration"), bpmn_tag("process")))
        first.addprevious(message)
    return found


def feed(flows: Flows, table: FiveClear, waits: Iterable[str], *, last: tuple[str, str]) -> None:
    """Let the citizen's pool feed new waits, and the result come from the last step. `last`: before and now."""
    pools = [pool for pool in flows.root.iter(bpmn_tag("participant")) if not pool.get("processRef")]
    citizen = next((pool for pool in pools if pool.get("name") == CITIZEN), None)
    collaboration = None if citizen is None else citizen.getparent()
    if table.kind != "tthc" or citizen is None or collaboration is None:
        return
    before, now = last
    for flow in flows.root.iter(bpmn_tag("messageFlow")):
        ends = flow.get("sourceRef"), flow.get("targetRef"), flow.get("name")
        if ends == (before, citizen.get("id"), RESULT) and before != now:
            flow.set("sourceRef", now)
            flows.redrawn.add(flow.get("id", ""))
    for wait in waits:
        source = citizen.get("id", "")
        flow = add(collaboration, "messageFlow", flows.ids.new(f"message_flow_{source}_{wait}"))
        known = list(flow.itersiblings(bpmn_tag("messageFlow"), preceding=True))
        (known[0] if known else pools[-1]).addnext(flow)
        flow.set("name", MESSAGES[WAITING])
        flow.set("sourceRef", source)
        flow.set("targetRef", wait)


def declare(root: etree._Element) -> None:
    """Declare our words on the root, since other tools lose what is declared further in; every prefix stays."""
    if NAMESPACE in root.nsmap.values():
        return
    used = {prefix for element in root.iter("*") for prefix in element.nsmap if prefix is not None}
    number, prefix = 1, PREFIX
    while prefix in used and any(prefix in e.nsmap and e.nsmap[prefix] != NAMESPACE for e in root.iter("*")):
        number += 1
        prefix = f"{PREFIX}{number}"
    etree.cleanup_namespaces(root, top_nsmap={prefix: NAMESPACE}, keep_ns_prefixes=[*used, prefix])
