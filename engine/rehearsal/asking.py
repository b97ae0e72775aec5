"""What conditions ask for behind an element, before anybody or anything else is waited for."""

from collections.abc import Iterator, Mapping

from bpmn.document import Document
from bpmn.elements import Flow, Node
from bpmn.errors import ExpressionError
from bpmn.expression import parse
from engine.spiff import Compiled

WAITING = frozenset(
    {"userTask", "manualTask", "task", "receiveTask", "intermediateCatchEvent", "eventBasedGateway", "businessRuleTask"}
)
CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})


class Asking:
    """The names that conditions read, by the element they stand behind."""

    def __init__(self, compiled: Compiled, document: Document) -> None:
        self.nodes: Mapping[str, Node] = compiled.elements
        self.flows: Mapping[str, Flow] = {
            name: flow for process in document.processes.values() for name, flow in process.flows.items()
        }
        self.main = compiled.process.id

    def at_start(self) -> tuple[str, ...]:
        """Names that are read before the first wait."""
        starts = [node.id for node in self.inside(self.main)]
        return tuple(dict.fromkeys(name for start in starts for name in self.behind(start)))

    def behind(self, element: str) -> tuple[str, ...]:
        """Names that are read when an element is done, in the order of the drawing."""
        found: dict[str, None] = {}
        seen, waiting = {element}, [*self.next(self.nodes[element])]
        while waiting:
            node = waiting.pop(0)
            if node.id in seen:
                continue
            seen.add(node.id)
            if node.loop is not None:
                found |= dict.fromkeys([*names_in(node.loop.cardinality), *names_in(node.loop.collection)])
            if node.tag in CHOOSING:
                found |= dict.fromkeys(self.condition_names(node))
            if node.tag not in WAITING:
                waiting += self.next(node)
        return tuple(found)

    def next(self, node: Node) -> Iterator[Node]:
        """Where a token goes on: into a sub-process or a called process, out of a sub-process, along its flows."""
        within = node.id if node.tag == "subProcess" else node.called
        if node.tag in ("subProcess", "callActivity") and within:
            yield from self.inside(within)
            return
        yield from (self.nodes[self.flows[flow].target] for flow in node.outgoing)
        if node.tag == "endEvent" and node.parent in self.nodes:
            holder = self.nodes[node.parent]
            yield from (self.nodes[self.flows[flow].target] for flow in holder.outgoing)

    def inside(self, container: str) -> Iterator[Node]:
        return (node for node in self.nodes.values() if node.parent == container and node.tag == "startEvent")

    def condition_names(self, node: Node) -> Iterator[str]:
        for flow in node.outgoing:
            if flow != node.default:
                yield from names_in(self.flows[flow].condition)


def names_in(text: str | None) -> list[str]:
    """The names of an expression, sorted; none where it does not parse (compiling says so)."""
    if not text:
        return []
    try:
        return sorted(parse(text).names)
    except ExpressionError:
        return []
