"""Activities that are done several times: how often is said, bounded, and of a kind that the engine runs."""

from collections.abc import Iterator

from bpmn.elements import Loop, Node
from bpmn.errors import ExpressionError
from bpmn.expression import parse
from bpmn.expression.tree import Literal
from bpmn.findings import Finding
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error

MAX_EACH = 200
MAX_TOGETHER = 1_000


def find(case: Case) -> Iterator[Finding]:
    for node in case.nodes.values():
        if node.loop is None:
            continue
        if node.loop.kind == "standard":
            yield error("loop-unsupported", element=node.id, line=node.line, name=node.name)
        elif node.loop.cardinality is None and node.loop.collection is None:
            yield error("loop-without-count", element=node.id, line=node.line, name=node.name)
        yield from too_many(case, node)


def too_many(case: Case, node: Node) -> Iterator[Finding]:
    """A count of its own above the limit, or too many together with the sub-processes around."""
    own = count(node.loop)
    if own is None:
        return
    together = own
    parent = case.nodes.get(node.parent)
    while parent is not None:
        together *= count(parent.loop) or 1
        parent = case.nodes.get(parent.parent)
    if not 1 <= own <= MAX_EACH:
        yield error("limit-multi", element=node.id, line=node.line, count=own, limit=MAX_EACH)
    elif together > MAX_TOGETHER:
        yield error("limit-multi", element=node.id, line=node.line, count=together, limit=MAX_TOGETHER)


def count(loop: Loop | None) -> int | None:
    """The count where it is written out as a number."""
    if loop is None or loop.cardinality is None:
        return None
    try:
        tree = parse(loop.cardinality).tree
    except ExpressionError:
        return None
    return tree.value if isinstance(tree, Literal) and isinstance(tree.value, int) else None


RULE = Rule(("loop-unsupported", "loop-without-count", "limit-multi"), find)
