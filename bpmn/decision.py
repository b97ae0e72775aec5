"""A DMN file under the gate: read as hostile input; what its tables hold that cannot be run is refused."""

from collections.abc import Iterator

from lxml import etree

from bpmn.dmn import read_decision
from bpmn.document.identity import nearest_id
from bpmn.document.names import content, local, namespace
from bpmn.document.read import at_most
from bpmn.document.texts import check_texts
from bpmn.errors import DecisionError, ExpressionError
from bpmn.expression import parse
from bpmn.findings import Clear, Finding
from bpmn.rules.decisions import refused
from bpmn.source import line_number, read_source
from bpmn.verdicts import error, reject

CELLS = frozenset({"inputExpression", "inputEntry", "outputEntry", "literalExpression", "defaultOutputEntry"})
MAX_SAME = 100


def check_decision(data: bytes) -> list[Finding]:
    """Everything that is wrong with a DMN file."""
    source = read_source(data)
    if source.root is None:
        return list(source.findings)
    root = source.root
    if "/DMN/" not in namespace(root) or local(root) != "definitions":
        code = "bpmn-namespace" if local(root) == "definitions" else "bpmn-root"
        refusal = reject(code, line=line_number(root), namespace=namespace(root)[:200], tag=local(root)[:80])
        return [*source.findings, refusal]
    return at_most(MAX_SAME, [*source.findings, *check_texts(root), *cells(root), *tables(root)])


def tables(root: etree._Element) -> Iterator[Finding]:
    """The decisions that the engine could not run; code in a cell has been told already."""
    for element in root.iter("{*}decision"):
        try:
            read_decision(element)
        except DecisionError as failure:
            if failure.code != "script-forbidden":
                yield refused(failure, element=nearest_id(element))


def cells(root: etree._Element) -> Iterator[Finding]:
    for element in root.iter(etree.Element):
        text = content(element) if local(element) in CELLS else None
        if text is not None and forbidden(text):
            yield error(
                "script-forbidden",
                clear=Clear.PROCESS,
                element=decision_of(element),
                line=line_number(element),
                attribute=local(element),
                text=text[:100],
            )


def forbidden(text: str) -> bool:
    """Whether a cell holds code; ranges, lists and dashes of FEEL are no expressions of ours, but harmless."""
    try:
        parse(text)
    except ExpressionError as failure:
        return failure.code == "script-forbidden"
    return False


def decision_of(element: etree._Element) -> str | None:
    for ancestor in element.iterancestors():
        if local(ancestor) in ("decision", "businessKnowledgeModel") and ancestor.get("id"):
            return (ancestor.get("id") or "")[:255]
    return nearest_id(element)
