"""Draws tasks, events, gateways and artifacts, and the names that stand outside them."""

from lxml import etree

from bpmn.draw import palette
from bpmn.draw.canvas import Canvas
from bpmn.draw.icons import BADGES, CROSS, LOOPS, MANY, PLUS, SIGNS, STAR, TASKS, icon
from bpmn.draw.palette import Style
from bpmn.layout import names
from bpmn.layout.measures import FONT, LABEL_FONT, LABEL_LINE, NAME_WIDTH, TASK_PADDING
from bpmn.layout.names import BPMN, tag_of
from bpmn.layout.scene import Box, Point, Shape
from bpmn.layout.text import text_width, wrap

_THROWING = {"endEvent", "intermediateThrowEvent"}


def draw_node(canvas: Canvas, element: etree._Element, shape: Shape, *, style: Style, guests: bool = False) -> None:
    """Draw a flow node, data object or annotation without the name that stands outside.

    `guests`: boundary events cover the lower border.
    """
    kind = names.kind(tag_of(element))
    if kind in {"event", "boundary"}:
        _event(canvas, element, shape.box, style=style)
    elif kind == "gateway":
        _gateway(canvas, element, shape, style=style)
    elif kind == "artifact":
        _artifact(canvas, element, shape.box, style=style)
    else:
        _task(canvas, element, shape.box, style=style, guests=guests)


def draw_node_name(canvas: Canvas, element: etree._Element, shape: Shape) -> None:
    """Write the name of an event, gateway or data object, where the diagram says or else below it."""
    tag, name = tag_of(element), element.get("name", "").strip()
    if not name or tag == "textAnnotation" or names.kind(tag) not in {"event", "boundary", "gateway", "artifact"}:
        return
    write_label(canvas, name, shape.label or Box(shape.box.x + shape.box.width / 2, shape.box.bottom + 4, 0.0, 0.0))


def write_label(canvas: Canvas, name: str, box: Box) -> None:
    """Write an outside name in its box, or centred below its upper edge where the box is too small."""
    lines = wrap(name, width=max(box.width, 30.0), size=LABEL_FONT, most=8)
    if len(lines) * LABEL_LINE > box.height * 1.3:
        lines = wrap(name, width=max(box.width, NAME_WIDTH), size=LABEL_FONT, most=8)
    middle = box.x + box.width / 2, box.y + max(box.height, len(lines) * LABEL_LINE) / 2
    halo = {"stroke": palette.PAPER, "stroke-width": "3", "paint-order": "stroke", "stroke-linejoin": "round"}
    canvas.text(lines, halo, middle=middle, size=LABEL_FONT)


def draw_badge(canvas: Canvas, box: Box, marker: str | None, *, word: str = "") -> None:
    """Draw the sign of a highlight on the upper right corner, so that colour is not all that tells; with its word."""
    if marker is None:
        return
    style, at = palette.style_of(marker), (box.right - 4, box.y + 2)
    plate = {"fill": style.stroke, "stroke": palette.PAPER, "stroke-width": "1.5"}
    if word:
        width = text_width(word, size=LABEL_FONT) + 4
        at = (box.right - width - 4, at[1])
        canvas.box(Box(at[0] - 9.5, at[1] - 9.5, width + 24, 19), plate, radius=9.5)
        pen = {"fill": palette.PAPER, "font-weight": "600"}
        canvas.text([word], pen, middle=(at[0] + 9.5 + width / 2, at[1]), size=LABEL_FONT)
    else:
        canvas.circle(at, 9.5, plate)
    fill = palette.PAPER if marker == "current" else "none"
    pen = {"stroke": palette.PAPER, "stroke-width": "2.2", "stroke-linecap": "round", "fill": fill}
    icon(canvas, BADGES[marker], pen, at=at)


def draw_heat(canvas: Canvas, box: Box, share: float) -> None:
    """Write an element's share (from 0 to 1) on its upper right corner, so that colour is not all that tells."""
    plate = Box(box.right - 34, box.y - 9, 42, 18)
    canvas.box(plate, {"fill": palette.INK, "stroke": palette.PAPER, "stroke-width": "1.5"}, radius=9)
    pen = {"fill": palette.PAPER, "font-weight": "600"}
    canvas.text([f"{share * 100:.0f} %"], pen, middle=_middle(plate), size=LABEL_FONT)


def _middle(box: Box) -> Point:
    return box.x + box.width / 2, box.y + box.height / 2


def _border(style: Style, *, width: float | None = None) -> dict[str, str]:
    return {"fill": style.fill, "stroke": style.stroke, "stroke-width": f"{width or style.width:g}"}


def _task(canvas: Canvas, element: etree._Element, box: Box, *, style: Style, guests: bool) -> None:
    tag = tag_of(element)
    canvas.box(box, _border(style, width=max(3.5, style.width) if tag == "callActivity" else None), radius=10)
    top = box.y + 4.0
    if tag in TASKS:
        fill = style.stroke if tag == "sendTask" else palette.PAPER
        pen = {"stroke": palette.PAPER if tag == "sendTask" else palette.LINE, "fill": fill}
        icon(canvas, TASKS[tag], pen, at=(box.x + 13, box.y + 12), scale=0.8)
        top = box.y + 20.5
    signs = _loop_signs(element, tag)
    for index, sign in enumerate(signs):
        at = box.x + box.width / 2 + (index - (len(signs) - 1) / 2) * 18, box.bottom - 9
        icon(canvas, LOOPS[sign], {"stroke": palette.LINE, "stroke-width": "1.6"}, at=at)
    low = box.bottom - (16.0 if signs or guests else 4.0)
    _fitted(canvas, element.get("name", ""), Box(box.x, top, box.width, max(10.0, low - top)), whole=box)


def _fitted(canvas: Canvas, name: str, room: Box, *, whole: Box) -> None:
    """Write a name inside a task, smaller where it would not fit, at last with an ellipsis."""
    for size in (FONT, 11.0, 10.0, 9.0):
        lines = wrap(name, width=max(10.0, room.width - 2 * TASK_PADDING), size=size)
        if len(lines) * size * 1.2 <= room.height:
            break
    else:
        most = max(1, int(room.height / (size * 1.2)))
        lines = wrap(name, width=max(10.0, room.width - 2 * TASK_PADDING), size=size, most=most)
    centred = _middle(whole)[1]
    needed = len(lines) * size * 0.6
    y = min(max(centred, room.y + needed), max(room.bottom - needed, room.y + needed))
    canvas.text(lines, {}, middle=(room.x + room.width / 2, y), size=size)


def _loop_signs(element: etree._Element, tag: str) -> list[str]:
    signs = []
    if element.find(f"{{{BPMN}}}standardLoopCharacteristics") is not None:
        signs.append("standard")
    many = element.find(f"{{{BPMN}}}multiInstanceLoopCharacteristics")
    if many is not None:
        signs.append("sequential" if many.get("isSequential") == "true" else "parallel")
    if names.kind(tag) == "part" or tag == "callActivity":
        signs.append("closed")
    if tag == "adHocSubProcess":
        signs.append("adhoc")
    return signs


def _event(canvas: Canvas, element: etree._Element, box: Box, *, style: Style) -> None:
    tag, middle, radius = tag_of(element), _middle(box), min(box.width, box.height) / 2
    colour = {"startEvent": palette.START, "endEvent": palette.END}.get(tag, style.stroke)
    drawn = Style(style.fill, style.stroke if style.marker else colour, style.width, style.marker)
    quiet = element.get("isInterrupting") == "false" or element.get("cancelActivity") == "false"
    dashes = {"stroke-dasharray": "4 3"} if quiet else {}
    canvas.circle(middle, radius, {**_border(drawn, width=3.5 if tag == "endEvent" else None), **dashes})
    if tag not in {"startEvent", "endEvent"}:
        canvas.circle(middle, max(1.0, radius - 3.5), {**_border(drawn, width=1.2), **dashes})
    scale = radius / 18
    kinds = [tag_of(child) for child in element if tag_of(child).endswith("EventDefinition")]
    if "terminateEventDefinition" in kinds and tag == "endEvent":
        canvas.circle(middle, radius * 0.6, {"fill": drawn.stroke})
    elif kinds:
        sign = SIGNS.get(kinds[0], MANY) if len(kinds) == 1 else MANY
        fill = drawn.stroke if tag in _THROWING else palette.PAPER
        ink = palette.PAPER if tag in _THROWING and "message" in kinds[0] else drawn.stroke
        pen = {"stroke": ink, "fill": fill, "stroke-width": "1.2", "stroke-linejoin": "round"}
        canvas.path(sign, pen, at=middle, scale=scale)


def _gateway(canvas: Canvas, element: etree._Element, shape: Shape, *, style: Style) -> None:
    tag, box = tag_of(element), shape.box
    x, y = _middle(box)
    canvas.line([(x, box.y), (box.right, y), (x, box.bottom), (box.x, y)], _border(style), closed=True)
    scale = min(box.width, box.height) / 50
    thick = {"stroke": style.stroke, "stroke-width": "3"}
    if tag == "parallelGateway":
        canvas.path(PLUS, thick, at=(x, y), scale=1.3 * scale)
    elif tag == "complexGateway":
        canvas.path(STAR, thick, at=(x, y), scale=1.3 * scale)
    elif tag == "inclusiveGateway":
        canvas.circle((x, y), 11 * scale, {"fill": "none", **thick})
    elif tag == "eventBasedGateway":
        for radius in (13.0, 10.5):
            canvas.circle((x, y), radius * scale, {"fill": "none", "stroke": style.stroke, "stroke-width": "1"})
        canvas.path(MANY, {"stroke": style.stroke, "stroke-width": "1.2"}, at=(x, y), scale=0.8 * scale)
    else:
        canvas.path(CROSS, thick, at=(x, y), scale=1.2 * scale)


def _artifact(canvas: Canvas, element: etree._Element, box: Box, *, style: Style) -> None:
    tag, border = tag_of(element), _border(style, width=1.2)
    x, y, right, bottom = box.x, box.y, box.right, box.bottom
    if tag == "textAnnotation":
        bracket = [(x + 10, y), (x, y), (x, bottom), (x + 10, bottom)]
        canvas.line(bracket, {"stroke": palette.NOTE, "stroke-width": "1.2"})
        text = " ".join("".join(map(str, child.itertext())) for child in element.iterchildren(f"{{{BPMN}}}text"))
        lines = wrap(text, width=max(20.0, box.width - 16), size=FONT)
        most = max(1, int(box.height / (FONT * 1.2)))
        if len(lines) > most:
            lines = wrap(text, width=max(20.0, box.width - 16), size=FONT, most=most)
        canvas.text(lines, {"fill": palette.LINE, "text-anchor": "start"}, middle=(x + 8, y + box.height / 2))
    elif tag == "dataStoreReference":
        curve = min(8.0, box.height / 4)
        canvas.line([(x, y + curve), (x, bottom - curve), (right, bottom - curve), (right, y + curve)], border)
        for middle in (y + curve, bottom - curve):
            radii = f"A{box.width / 2:.1f} {curve:.1f} 0 1 0"
            arc = f"M0 0{radii} {box.width:.1f} 0{radii} 0 0"
            canvas.path(arc, border, at=(x, middle))
    else:
        fold = min(10.0, box.width / 2)
        canvas.line([(x, y), (right - fold, y), (right, y + fold), (right, bottom), (x, bottom)], border, closed=True)
        canvas.line([(right - fold, y), (right - fold, y + fold), (right, y + fold)], border)
