"""Called procedures are there and do not call each other in a circle."""

from collections.abc import Iterator, Mapping

from bpmn.document.names import NAMRO, q
from bpmn.elements import Node
from bpmn.findings import Finding
from bpmn.graph import reachable
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error, warning


def find(case: Case) -> Iterator[Finding]:
    calls = {
        process.id: [node.called for node in process.nodes.values() if node.called]
        for process in case.document.processes.values()
    }
    for node in case.nodes.values():
        if node.tag == "callActivity":
            yield from called(case, node, calls)


def called(case: Case, node: Node, calls: Mapping[str, list[str]]) -> Iterator[Finding]:
    if node.called is None:
        yield error("ref-missing", element=node.id, line=node.line, attribute="calledElement", ref="")
    elif node.called in case.document.processes:
        if case.process.id in reachable([node.called], calls):
            yield error("call-cycle", element=node.id, line=node.line, called=node.called)
    elif node.called not in case.known:
        if stands_for_an_ending(case, node):
            yield warning("call-outside", element=node.id, line=node.line, called=node.called)
        else:
            yield error("ref-missing", element=node.id, line=node.line, attribute="calledElement", ref=node.called)


def stands_for_an_ending(case: Case, node: Node) -> bool:
    """Whether the call came from a table, which names another procedure by its code in the town's catalogue."""
    return case.elements[node.id].find(f"{q('extensionElements')}/{{{NAMRO}}}call") is not None


RULE = Rule(("ref-missing", "call-cycle", "call-outside"), find)
