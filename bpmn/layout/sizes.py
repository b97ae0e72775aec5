"""How large a node is drawn, so that its name fits."""

from math import ceil

from lxml import etree

from bpmn.layout import measures, names
from bpmn.layout.scene import Node
from bpmn.layout.text import wrap


def sized(node: Node, *, text: str) -> Node:
    """Set size and outside label of a node named `text`, and return it."""
    if node.kind == "task":
        node.width, node.height = _task(text)
    elif node.kind == "part":
        node.width, node.height = _task(text)  # until its inside is known
    elif node.tag == "textAnnotation":
        lines = len(wrap(text, width=140.0, size=measures.FONT))
        node.width, node.height = 156.0, max(1, lines) * measures.LINE + 12
    elif node.kind == "artifact":
        node.width, node.height = (36.0, 50.0) if node.tag == "dataObjectReference" else (50.0, 50.0)
        node.label = text
    else:
        node.width = node.height = measures.GATEWAY if node.kind == "gateway" else measures.EVENT
        node.label = text
    return node


def fits(element: etree._Element, before: str, after: str) -> bool:
    """Claim that an element is drawn in the same place under another name."""
    boxed = names.kind(names.tag_of(element)) in ("task", "part")
    return _task(before) == _task(after) if boxed else before == after


def _task(text: str) -> tuple[float, float]:
    """Return the narrowest box that holds the name in three lines, else the widest, as high as the name asks."""
    width, lines = measures.TASK_WIDTHS[0], 1
    for width in measures.TASK_WIDTHS:
        lines = len(wrap(text, width=width - 2 * measures.TASK_PADDING, size=measures.FONT, most=12))
        if lines <= measures.TASK_LINES:
            break
    return width, max(measures.TASK_HEIGHT, float(ceil(2 * measures.TASK_ICON + lines * measures.LINE)))
