"""From a document to its SVG."""

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from bpmn.draw import palette
from bpmn.draw.canvas import Canvas, sheet
from bpmn.draw.containers import draw_container
from bpmn.draw.diagram import hides, read_diagram
from bpmn.draw.edges import draw_edge, draw_edge_name
from bpmn.draw.nodes import draw_badge, draw_heat, draw_node, draw_node_name
from bpmn.layout import add_diagram, names
from bpmn.layout.names import tag_of
from bpmn.layout.scene import Box, Path, Picture, Shape
from bpmn.layout.text import shown

_BORDER = 20.0
NOTHING: Mapping[str, str] = {}


def draw(
    root: etree._Element,
    *,
    highlights: Mapping[str, str] | None = None,
    heat: Mapping[str, float] | None = None,
    title: str | None = None,
    words: Mapping[str, str] = NOTHING,
) -> str:
    """Return the diagram of a bpmn:definitions as one SVG element, as text.

    It is drawn where the file's own diagram says; where that is missing, hides a step or has impossible numbers, the
    document is laid out anew (on a copy).  Shape: `highlights` gives elements by id as current, done or late, or, of
    two versions, as added, removed, changed or moved; `heat` gives the share of each (from 0 to 1), which is written on
    it and coloured beside the greatest; `words` are written beside the signs of highlights, by highlight.
    `title` is what a screen reader says; without it the name of the process.  Every drawn element carries its id as
    `data-element-id`.  No script, no style sheet, no reference to anything outside.
    """
    root, picture = picture_of(root)
    canvas = sheet(extent(picture), title=title or _title(root))
    drawing = _Drawing(root, picture, highlights or {}, heat or {})
    drawing.words = words
    drawing.onto(canvas)
    return etree.tostring(canvas.element, encoding="unicode")


def picture_of(root: etree._Element) -> tuple[etree._Element, Picture]:
    """Return a document with its diagram: as the file has it, or laid out anew on a copy where that cannot be shown."""
    picture = read_diagram(root)
    if picture is not None and not hides(picture, root):
        return root, picture
    root = deepcopy(root)
    add_diagram(root)
    return root, read_diagram(root) or Picture()


class _Drawing:
    """One picture on its way onto a canvas, the containers first and the names last."""

    def __init__(
        self, root: etree._Element, picture: Picture, highlights: Mapping[str, str], heat: Mapping[str, float]
    ) -> None:
        self.highlights = highlights
        self.heat = heat
        self.words: Mapping[str, str] = NOTHING
        self.hottest = max(heat.values(), default=0.0)
        self.elements: dict[str, etree._Element] = {}
        for element in root.iter(f"{{{names.BPMN}}}*"):
            self.elements.setdefault(element.get("id", ""), element)
        self.hosts = {element.get("attachedToRef") for element in self.elements.values()} - {None}
        self.shapes = [shape for shape in picture.shapes if shape.element in self.elements]
        self.paths = [path for path in picture.paths if path.element in self.elements]

    def onto(self, canvas: Canvas) -> None:
        holding = [shape for shape in self.shapes if self._holds(shape)]
        nodes = [shape for shape in self.shapes if not self._holds(shape)]
        for shape in sorted(holding, key=lambda shape: -shape.box.width * shape.box.height):
            draw_container(self._group(canvas, shape), self._of(shape), shape, style=self._style(shape))
        messages = [path for path in self.paths if tag_of(self._of(path)) == "messageFlow"]
        for path in self.paths:
            if tag_of(self._of(path)) != "messageFlow":
                self._edge(canvas, path)
        for shape in sorted(nodes, key=lambda shape: tag_of(self._of(shape)) == "boundaryEvent"):
            guests = shape.element in self.hosts
            draw_node(self._group(canvas, shape), self._of(shape), shape, style=self._style(shape), guests=guests)
        for path in messages:  # over the nodes, on whose border they begin with a circle
            self._edge(canvas, path)
        for shape in nodes:
            draw_node_name(canvas, self._of(shape), shape)
        for path in self.paths:
            draw_edge_name(canvas, self._of(path), path)
        for shape in self.shapes:
            marker = self._style(shape).marker
            draw_badge(canvas, shape.box, marker, word=self.words.get(marker or "", ""))
            if self.heat.get(shape.element):
                draw_heat(canvas, shape.box, self.heat[shape.element])

    def _edge(self, canvas: Canvas, path: Path) -> None:
        source = self.elements.get(self._of(path).get("sourceRef", ""))
        draw_edge(self._group(canvas, path), (self._of(path), source), path, style=self._style(path))

    def _holds(self, shape: Shape) -> bool:
        tag = tag_of(self._of(shape))
        return tag in {"participant", "lane", "group"} or (names.kind(tag) == "part" and shape.expanded is True)

    def _of(self, drawn: Shape | Path) -> etree._Element:
        return self.elements[drawn.element]

    def _style(self, drawn: Shape | Path) -> palette.Style:
        warmth = self.heat.get(drawn.element)
        if warmth and drawn.element not in self.highlights:
            return palette.heat_of(warmth / self.hottest)
        return palette.style_of(self.highlights.get(drawn.element))

    def _group(self, canvas: Canvas, drawn: Shape | Path) -> Canvas:
        group = canvas.group({"data-element-id": drawn.element})
        name = self._of(drawn).get("name", "").strip()
        if name:
            group.title(shown(name))
        return group


def extent(picture: Picture) -> Box:
    """Return the part of the plane that holds everything, with a border."""
    boxes = [shape.box for shape in picture.shapes]
    boxes += [shape.label for shape in picture.shapes if shape.label is not None]
    boxes += [path.label for path in picture.paths if path.label is not None]
    boxes += [Box(x, y, 0.0, 0.0) for path in picture.paths for x, y in path.points]
    if not boxes:
        return Box(0.0, 0.0, 2 * _BORDER, 2 * _BORDER)
    left, top = min(box.x for box in boxes) - _BORDER, min(box.y for box in boxes) - _BORDER
    right, bottom = max(box.right for box in boxes) + _BORDER, max(box.bottom for box in boxes) + _BORDER
    return Box(left, top, right - left, bottom - top)


def _title(root: etree._Element) -> str:
    """Return the name of the first process or pool with a process that has one, else its id."""
    found = [*root.iterchildren(f"{{{names.BPMN}}}process")]
    found += [p for p in root.iter(f"{{{names.BPMN}}}participant") if p.get("processRef")]
    named = [shown(element.get("name", "").strip()) for element in found]
    return next((name for name in named if name), found[0].get("id", "") if found else "BPMN")
