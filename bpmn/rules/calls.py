"""Called procedures are there and do not call each other in a circle."""

from collections.abc import Iterator, Mapping

from bpmn.dialect import COMPLAINT
from bpmn.elements import Node
from bpmn.findings import Finding
from bpmn.graph import reachable
from bpmn.rules.case import Case, Rule
from bpmn.table.identifiers import process_id
from bpmn.verdicts import error, info, warning


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
    elif not is_known(case, node):
        if node.goto is None:
            yield error("ref-missing", element=node.id, line=node.line, attribute="calledElement", ref=node.called)
        elif node.goto == COMPLAINT:
            yield info("call-by-hand", element=node.id, line=node.line)
        else:
            code = node.goto.removeprefix("call:")
            yield warning("call-outside", element=node.id, line=node.line, called=code)


def is_known(case: Case, node: Node) -> bool:
    """Whether the call names a procedure in force: by its code, or by the id that is made from a code."""
    code = (node.goto or "").removeprefix("call:")
    return any(known in (code, node.called) or process_id(known) == node.called for known in case.known)


RULE = Rule(("ref-missing", "call-cycle", "call-outside", "call-by-hand"), find)
