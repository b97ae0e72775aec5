"""Reads BPMN DI, and decides whether it may be trusted to show everything."""

import math
from collections.abc import Iterator

from lxml import etree

from bpmn.layout import names
from bpmn.layout.names import tag_of
from bpmn.layout.scene import Box, Path, Picture, Point, Shape

FARTHEST = 50_000.0  # pixels; what lies beyond is no drawing


def read_diagram(root: etree._Element) -> Picture | None:
    """Return the first diagram of the document, None where it has none or a number that is none.

    Unit: pixels; what is not finite or lies beyond 50,000 makes the whole diagram unusable.
    """
    diagram = root.find(f"{{{names.BPMNDI}}}BPMNDiagram")
    if diagram is None:
        return None
    picture = Picture()
    try:
        for element in diagram.iter(f"{{{names.BPMNDI}}}BPMNShape"):
            picture.shapes.append(_shape(element))
        for element in diagram.iter(f"{{{names.BPMNDI}}}BPMNEdge"):
            picture.paths.append(_path(element))
    except ValueError:
        return None
    return picture


def _shape(element: etree._Element) -> Shape:
    bounds = element.find(f"{{{names.DC}}}Bounds")
    if bounds is None:
        raise ValueError
    return Shape(
        element.get("bpmnElement", "").rsplit(":", 1)[-1],
        _box(bounds),
        _label(element),
        _truth(element.get("isHorizontal")),
        _truth(element.get("isExpanded")),
        element.get("isMarkerVisible") == "true",
    )


def _path(element: etree._Element) -> Path:
    points = tuple(_point(point) for point in element.iterchildren(f"{{{names.DI}}}waypoint"))
    if len(points) < 2:
        raise ValueError
    return Path(element.get("bpmnElement", "").rsplit(":", 1)[-1], points, _label(element))


def _label(element: etree._Element) -> Box | None:
    bounds = element.find(f"{{{names.BPMNDI}}}BPMNLabel/{{{names.DC}}}Bounds")
    return None if bounds is None or _number(bounds.get("width")) <= 0 else _box(bounds)


def _box(bounds: etree._Element) -> Box:
    x, y, width, height = (_number(bounds.get(key)) for key in ("x", "y", "width", "height"))
    if width <= 0 or height < 0:
        raise ValueError
    return Box(x, y, width, max(1.0, height))


def _point(element: etree._Element) -> Point:
    return _number(element.get("x")), _number(element.get("y"))


def _number(text: str | None) -> float:
    value = float(text or "")
    if not math.isfinite(value) or abs(value) > FARTHEST:
        raise ValueError
    return value


def _truth(text: str | None) -> bool | None:
    return None if text is None else text in {"true", "1"}


def hides(picture: Picture, root: etree._Element) -> bool:
    """Claim that a pool, flow node or sequence flow of the document is neither drawn nor in a closed sub-process."""
    shown = {shape.element for shape in picture.shapes}
    closed = {shape.element for shape in picture.shapes if shape.expanded is not True}
    lines = {path.element for path in picture.paths}
    for element in root.iter(f"{{{names.BPMN}}}*"):
        tag, identity = tag_of(element), element.get("id")
        if identity is None or any(holder in closed for holder in _holders(element)):
            continue
        if tag == "sequenceFlow":
            ends = {element.get("sourceRef"), element.get("targetRef")}
            if ends <= shown and identity not in lines:
                return True
        elif (tag == "participant" or names.kind(tag) not in {None, "artifact"}) and identity not in shown:
            return True
    return False


def _holders(element: etree._Element) -> Iterator[str]:
    """Return the sub-processes around an element."""
    return (holder.get("id", "") for holder in element.iterancestors() if names.kind(tag_of(holder)) == "part")
