"""A small picture of a diagram, to tell procedures apart in a list: shapes and lines alone, in a few thick strokes."""

from lxml import etree

from bpmn.draw.canvas import Canvas, sheet
from bpmn.draw.drawing import extent, picture_of
from bpmn.layout import names
from bpmn.layout.names import tag_of
from bpmn.layout.scene import Picture, Shape

BAND, EDGE, STEP, TURN, FLOW = "#f3f0e8", "#c9c3b4", "#174a5f", "#c9a24a", "#7d8590"
WIDE, HIGH = 120.0, 56.0  # pixels that the picture is shown in
PEN = 1.2  # pixels


def draw_small(root: etree._Element) -> str:
    """Return the diagram of a bpmn:definitions as a small SVG without any text."""
    root, picture = picture_of(root)
    tags: dict[str, str] = {}
    for element in root.iter(f"{{{names.BPMN}}}*"):
        tags.setdefault(element.get("id", ""), tag_of(element))
    box = extent(picture)
    canvas = sheet(box, title="")
    pen = PEN * max(box.width / WIDE, box.height / HIGH)
    _containers(canvas, picture, tags, pen)
    for path in picture.paths:
        if tags.get(path.element) in ("sequenceFlow", "messageFlow"):
            canvas.line(path.points, {"stroke": FLOW, "stroke-width": f"{pen:.1f}"})
    for shape in picture.shapes:
        _node(canvas, shape, names.kind(tags.get(shape.element, "")), pen)
    return etree.tostring(canvas.element, encoding="unicode")


def _containers(canvas: Canvas, picture: Picture, tags: dict[str, str], pen: float) -> None:
    for shape in sorted(picture.shapes, key=lambda each: -each.box.width * each.box.height):
        if tags.get(shape.element) in ("participant", "lane"):
            canvas.box(shape.box, {"fill": BAND, "stroke": EDGE, "stroke-width": f"{pen / 2:.1f}"})


def _node(canvas: Canvas, shape: Shape, kind: str | None, pen: float) -> None:
    box = shape.box
    middle = (box.x + box.width / 2, box.y + box.height / 2)
    if kind == "gateway":
        corners = [(middle[0], box.y), (box.right, middle[1]), (middle[0], box.bottom), (box.x, middle[1])]
        canvas.line(corners, {"fill": TURN}, closed=True)
    elif kind in ("event", "boundary"):
        canvas.circle(middle, box.width / 2, {"fill": "#fff", "stroke": STEP, "stroke-width": f"{pen:.1f}"})
    elif kind == "part" and shape.expanded is True:
        canvas.box(box, {"fill": "none", "stroke": STEP, "stroke-width": f"{pen:.1f}"}, radius=10)
    elif kind not in (None, "artifact"):
        canvas.box(box, {"fill": STEP}, radius=10)
