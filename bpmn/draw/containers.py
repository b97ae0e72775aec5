"""Draws what holds other shapes: pools, lanes, expanded sub-processes, groups."""

from lxml import etree

from bpmn.draw import palette
from bpmn.draw.canvas import Canvas
from bpmn.draw.palette import Style
from bpmn.layout.measures import FONT, HEADER
from bpmn.layout.names import tag_of
from bpmn.layout.scene import Box, Shape
from bpmn.layout.text import wrap


def draw_container(canvas: Canvas, element: etree._Element, shape: Shape, *, style: Style) -> None:
    """Draw a pool, lane, group or expanded sub-process with its name."""
    tag = tag_of(element)
    if tag == "group":
        canvas.box(shape.box, {"fill": "none", "stroke": palette.NOTE, "stroke-dasharray": "8 4 2 4"}, radius=10)
    elif tag in {"participant", "lane"}:
        _band(canvas, element, shape, style=style)
    else:
        _sub_process(canvas, element, shape, style=style)


def _band(canvas: Canvas, element: etree._Element, shape: Shape, *, style: Style) -> None:
    pool = tag_of(element) == "participant"
    black_box = pool and not element.get("processRef")
    frame = style.stroke if style.marker else palette.FRAME
    canvas.box(shape.box, {"fill": palette.PAPER if pool else palette.BAND, "stroke": frame, "stroke-width": "1.2"})
    bold = {"font-weight": "600"} if pool else {}
    if black_box:
        lines = wrap(element.get("name", ""), width=shape.box.width - 20, size=FONT + 1, most=2)
        canvas.text(lines, bold, middle=_middle(shape.box), size=FONT + 1)
        return
    upright = shape.horizontal is False or (shape.horizontal is None and shape.box.height > 2 * shape.box.width)
    box = shape.box
    head = Box(box.x, box.y, box.width, HEADER) if upright else Box(box.x, box.y, HEADER, box.height)
    canvas.box(head, {"fill": palette.HEADER, "stroke": frame, "stroke-width": "1.2"})
    length = box.width if upright else box.height
    lines = wrap(element.get("name", ""), width=max(20.0, length - 8), size=FONT, most=2)
    x, y = _middle(head)
    turned = {} if upright else {"transform": f"rotate(-90 {x:.1f} {y:.1f})"}
    canvas.text(lines, {**bold, **turned}, middle=(x, y), size=FONT if len(lines) < 2 else FONT - 0.5)


def _sub_process(canvas: Canvas, element: etree._Element, shape: Shape, *, style: Style) -> None:
    dashes = {"stroke-dasharray": "6 4"} if element.get("triggeredByEvent") == "true" else {}
    border = {"stroke": style.stroke, "stroke-width": f"{style.width:g}"}
    canvas.box(shape.box, {"fill": style.fill, **border, **dashes}, radius=10)
    box = shape.box
    if tag_of(element) == "transaction":
        canvas.box(Box(box.x + 3, box.y + 3, box.width - 6, box.height - 6), {"fill": "none", **border}, radius=8)
    lines = wrap(element.get("name", ""), width=max(20.0, box.width - 20), size=FONT, most=2)
    canvas.text(lines, {"font-weight": "600"}, middle=(box.x + box.width / 2, box.y + 8 + len(lines) * 7))


def _middle(box: Box) -> tuple[float, float]:
    return box.x + box.width / 2, box.y + box.height / 2
