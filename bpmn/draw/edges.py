"""Draws sequence flows, message flows and associations, with heads made of plain shapes (no references)."""

import math
from itertools import pairwise

from lxml import etree

from bpmn.draw import palette
from bpmn.draw.canvas import Canvas
from bpmn.draw.nodes import write_label
from bpmn.draw.palette import Style
from bpmn.layout import names
from bpmn.layout.measures import FLOW_WIDTH, LABEL_GAP
from bpmn.layout.names import BPMN, tag_of
from bpmn.layout.scene import Box, Path, Point

_HEAD = [(0.0, 0.0), (-10.0, 4.5), (-10.0, -4.5)]
_DIAMOND = [(0.0, 0.0), (8.0, 4.5), (16.0, 0.0), (8.0, -4.5)]


Joint = tuple[etree._Element, etree._Element | None]  # an edge and the element it leaves


def draw_edge(canvas: Canvas, joint: Joint, path: Path, *, style: Style) -> None:
    """Draw an edge with what its kind shows at its ends."""
    element, _ = joint
    tag = tag_of(element)
    colour = style.stroke if style.marker else palette.LINE
    line: dict[str, str] = {"stroke": colour, "stroke-width": f"{max(1.5, style.width if style.marker else 1.5):g}"}
    hollow = line | {"fill": palette.PAPER}
    start, end = path.points[0], path.points[-1]
    if tag == "sequenceFlow":
        canvas.line(_shortened(path.points), line)
        canvas.line(_placed(_HEAD, path.points[-2], end), {"fill": colour}, closed=True)
        _at_start(canvas, joint, path, line=line)
    elif tag == "messageFlow":
        canvas.line(path.points, {"stroke-dasharray": "7 5", **line})
        canvas.line(_placed(_HEAD, path.points[-2], end), hollow, closed=True)
        canvas.circle(start, 4, hollow)
    else:
        canvas.line(path.points, line | {"stroke-dasharray": "2 4", "stroke": palette.NOTE})
        if tag.startswith("data") or element.get("associationDirection") in {"One", "Both"}:
            tip = _placed([(-8.0, 4.5), (0.0, 0.0), (-8.0, -4.5)], path.points[-2], end)
            canvas.line(tip, {"stroke": palette.NOTE, "stroke-width": "1.5"})


def draw_edge_name(canvas: Canvas, element: etree._Element, path: Path) -> None:
    """Write the name of an edge where the diagram says, else beside the middle of its longest stretch."""
    name = element.get("name", "").strip()
    if name:
        write_label(canvas, name, path.label or _beside_longest(path.points))


def _beside_longest(points: tuple[Point, ...]) -> Box:
    (x1, y1), (x2, y2) = max(pairwise(points), key=lambda pair: math.dist(*pair))
    upright = abs(x2 - x1) < abs(y2 - y1)
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    return (
        Box(x + LABEL_GAP, y, FLOW_WIDTH, 0.0) if upright else Box(x - FLOW_WIDTH / 2, y + LABEL_GAP, FLOW_WIDTH, 0.0)
    )


def _at_start(canvas: Canvas, joint: Joint, path: Path, *, line: dict[str, str]) -> None:
    """Mark a default flow with a stroke and a conditional flow of a task with a diamond."""
    element, source = joint
    start, following = path.points[0], path.points[1]
    hollow = line | {"fill": palette.PAPER}
    if source is not None and source.get("default") == element.get("id"):
        canvas.line(_placed([(8.0, 5.0), (14.0, -5.0)], start, following, at=start), line)
    elif source is not None and names.kind(tag_of(source)) in {"task", "part"} and _conditional(element):
        canvas.line(_placed(_DIAMOND, start, following, at=start), hollow, closed=True)


def _conditional(element: etree._Element) -> bool:
    return element.find(f"{{{BPMN}}}conditionExpression") is not None


def _placed(shape: list[Point], begin: Point, end: Point, *, at: Point | None = None) -> list[Point]:
    """Turn a shape drawn for a line to the right into the direction of begin → end, and move it to `at` or `end`."""
    length = math.dist(begin, end) or 1.0
    cosine, sine = (end[0] - begin[0]) / length, (end[1] - begin[1]) / length
    x, y = end if at is None else at
    return [(x + px * cosine - py * sine, y + px * sine + py * cosine) for px, py in shape]


def _shortened(points: tuple[Point, ...]) -> list[Point]:
    """End the line inside its head, so that a thick line keeps a sharp tip."""
    return [*points[:-1], _placed([(-6.0, 0.0)], points[-2], points[-1])[0]]
