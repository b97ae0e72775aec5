"""A document as a program can show it that draws only what has a place."""

from copy import deepcopy

from lxml import etree

from bpmn.draw.diagram import hides, read_diagram
from bpmn.layout import add_diagram, place_missing


def drawable(root: etree._Element) -> etree._Element:
    """Return a document in which every pool, flow node and flow has a place: itself, or a copy with places added.

    What somebody placed stays; a document without a diagram gets one.
    """
    picture = read_diagram(root)
    if picture is not None and not hides(picture, root):
        return root
    root = deepcopy(root)
    if picture is None:
        add_diagram(root)
    else:
        place_missing(root)
    return root
