"""The flow nodes and sequence flows of one process while a table is merged into it."""

from collections.abc import Collection

from lxml import etree

from bpmn.dialect.words import bpmn_tag
from bpmn.document.names import reference
from bpmn.table.diagram import elements_of
from bpmn.table.emit import add
from bpmn.table.identifiers import Ids

FIRST = ("documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef", "incoming", "outgoing")


class Flows:
    """Changes nodes and flows, and remembers what was removed and what has to be drawn again."""

    def __init__(self, root: etree._Element, process: etree._Element) -> None:
        self.root = root
        self.process = process
        self.ids = Ids()
        for element in root.iter("*"):
            self.ids.keep(element.get("id"))
            self.ids.taken.add((element.get("id") or "").casefold())
        self.nodes = {element.get("id", ""): element for element in elements_of(process)}
        self.flows = {flow.get("id", ""): flow for flow in process.iter(bpmn_tag("sequenceFlow"))}
        self.listing = any(True for _ in process.iter(bpmn_tag("incoming"), bpmn_tag("outgoing")))
        self.removed: set[str] = set()
        self.redrawn: set[str] = set()
        self.lost: set[str] = set()
        self.touched: set[str] = set()

    def container(self, node: str) -> etree._Element:
        parent = self.nodes[node].getparent()
        return self.process if parent is None else parent

    def coming(self, node: str) -> list[str]:
        return [name for name, flow in self.flows.items() if flow.get("targetRef") == node]

    def going(self, node: str) -> list[str]:
        return [name for name, flow in self.flows.items() if flow.get("sourceRef") == node]

    def add_node(self, tag: str, wanted: str, name: str, beside: str | None) -> etree._Element:
        """A new node behind another one, else in the process."""
        found = self.ids.new(wanted)
        parent = self.container(beside) if beside else self.process
        element = add(parent, tag, found, name)
        if beside:
            self.nodes[beside].addnext(element)
        else:
            self.place_before_artifacts(parent, element)
        self.nodes[found] = element
        return element

    def connect(self, source: str, target: str) -> str:
        """A new flow in the container of its source, behind the flows there."""
        found = self.ids.new(f"flow_{source}_{target}")
        parent = self.container(source)
        flow = add(parent, "sequenceFlow", found)
        earlier = [other for other in parent.iterchildren(bpmn_tag("sequenceFlow")) if other is not flow]
        if earlier:
            earlier[-1].addnext(flow)
        else:
            self.place_before_artifacts(parent, flow)
        flow.set("sourceRef", source)
        flow.set("targetRef", target)
        self.flows[found] = flow
        self.touched |= {source, target}
        return found

    def place_before_artifacts(self, parent: etree._Element, element: etree._Element) -> None:
        """The schema wants artifacts behind all flow elements."""
        artifacts = (bpmn_tag("association"), bpmn_tag("group"), bpmn_tag("textAnnotation"))
        first = next(parent.iterchildren(*artifacts), None)
        if first is not None:
            first.addprevious(element)

    def lead(self, flow: str, target: str) -> None:
        """Let a flow end at another node."""
        element = self.flows[flow]
        before = element.get("targetRef", "")
        if before != target:
            element.set("targetRef", target)
            self.lost.add(before)
            self.redrawn.add(flow)
            self.touched |= {before, target}

    def leave(self, flow: str, source: str) -> None:
        """Let a flow start at another node."""
        element = self.flows[flow]
        before = element.get("sourceRef", "")
        if before != source:
            if self.nodes[before].get("default") == flow:
                del self.nodes[before].attrib["default"]
            element.set("sourceRef", source)
            self.redrawn.add(flow)
            self.touched |= {before, source}

    def lift(self, element: etree._Element) -> None:
        """Take a node or flow out of its sub-process into the process, a node with its boundary events."""
        if element.getparent() is self.process:
            return
        name = element.get("id")
        guests = [other for other in self.nodes.values() if name and other.get("attachedToRef") == name]
        for moved in (element, *guests):
            self.process.append(moved)
            self.place_before_artifacts(self.process, moved)
            self.redrawn.add(moved.get("id", ""))

    def drop_flow(self, flow: str) -> None:
        element = self.flows.pop(flow)
        source, target = element.get("sourceRef", ""), element.get("targetRef", "")
        if source in self.nodes and self.nodes[source].get("default") == flow:
            del self.nodes[source].attrib["default"]
        self.lost.add(target)
        self.touched |= {source, target}
        self.take_out(element)

    def drop_node(self, node: str) -> None:
        """Remove a node with its flows and boundary events, a sub-process with all it holds."""
        element = self.nodes.get(node)
        if element is None:
            return
        inside = [child.get("id", "") for child in elements_of(element)]
        guests = [name for name, other in self.nodes.items() if other.get("attachedToRef") == node]
        for other in [*inside, *guests]:
            self.drop_node(other)
        for flow in [*self.coming(node), *self.going(node)]:
            self.drop_flow(flow)
        self.nodes.pop(node)
        self.take_out(element)

    def take_out(self, element: etree._Element) -> None:
        """Remove an element; white space around it stays as it is."""
        self.removed |= {str(found.get("id")) for found in element.iter("*") if found.get("id")}
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)

    def collect(self, kept: Collection[str]) -> None:
        """Remove what nothing leads to any more, from where flows were taken away."""
        waiting = [node for node in self.lost if node in self.nodes]
        while waiting:
            node = waiting.pop()
            element = self.nodes.get(node)
            if element is None or node in kept or element.get("attachedToRef") or self.coming(node):
                continue
            if element.tag == bpmn_tag("startEvent") or element.get("triggeredByEvent") == "true":
                continue
            waiting += [self.flows[flow].get("targetRef", "") for flow in self.going(node)]
            self.drop_node(node)

    def list_ends(self) -> None:
        """Let the touched nodes list their flows, where the document lists flows at all."""
        for node in sorted(self.touched & self.nodes.keys()):
            for kind, flows in (("incoming", self.coming(node)), ("outgoing", self.going(node))):
                self.list_flows(node, kind, flows)

    def list_flows(self, node: str, kind: str, flows: list[str]) -> None:
        element = self.nodes[node]
        listed = {}
        for found in element.findall(bpmn_tag(kind)):
            name = reference(found.text) or ""
            if name in flows and name not in listed:
                listed[name] = found
            else:
                element.remove(found)
        for flow in flows if self.listing else ():
            if flow not in listed:
                added = etree.Element(bpmn_tag(kind))
                added.text = flow
                element.insert(place_of(element, kind), added)


def place_of(element: etree._Element, kind: str) -> int:
    """Where the schema wants another `incoming` or `outgoing` to stand."""
    before = {bpmn_tag(name) for name in FIRST[: FIRST.index(kind) + 1]}
    return sum(1 for child in element if child.tag in before)
