"""The outcomes of a step: what a performer may answer, read from the conditions behind it."""

from collections.abc import Iterator, Mapping

from bpmn.elements import Process
from bpmn.errors import ExpressionError
from bpmn.expression import parse
from bpmn.expression.tree import Call, Comparison, Items, Literal, Logic, Tree, Unary


def outcomes_of(process: Process) -> Mapping[str, tuple[str, ...]]:
    """Return per element the texts that conditions compare `ket_qua("<element>")` with, in the file's order."""
    found: dict[str, dict[str, None]] = {}
    for flow in process.flows.values():
        for element, text in _compared(flow.condition):
            found.setdefault(element, {})[text] = None
    return {element: tuple(texts) for element, texts in found.items()}


def _compared(condition: str | None) -> Iterator[tuple[str, str]]:
    if condition is None:
        return
    try:
        tree = parse(condition).tree
    except ExpressionError:  # the gate reports it
        return
    yield from _in_tree(tree)


def _in_tree(tree: Tree) -> Iterator[tuple[str, str]]:
    match tree:
        case Comparison(Call("ket_qua", (Literal(str(element)),)), ((("==" | "!=" | "in" | "not in"), other),)):
            yield from ((element, text) for text in _texts(other))
        case Comparison(Literal(str(text)), (("==" | "!=", Call("ket_qua", (Literal(str(element)),))),)):
            yield element, text
        case Logic(_, operands):
            for operand in operands:
                yield from _in_tree(operand)
        case Unary(_, operand):
            yield from _in_tree(operand)


def _texts(tree: Tree) -> Iterator[str]:
    match tree:
        case Literal(str(text)):
            yield text
        case Items(items):
            for item in items:
                yield from _texts(item)
