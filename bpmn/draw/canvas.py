"""A small pen for SVG: presentation attributes only, so that the strictest content policy lets the drawing be."""

from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from bpmn.draw import palette
from bpmn.layout.measures import FONT
from bpmn.layout.scene import Box, Point

SVG = "http://www.w3.org/2000/svg"
FONTS = "Be Vietnam Pro, Noto Sans, Arial, Liberation Sans, sans-serif"


Pen = Mapping[str, str]  # presentation attributes


class Canvas:
    """Draws into one SVG element. Numbers are pixels, rounded to a tenth."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element

    def group(self, attributes: Pen) -> "Canvas":
        return Canvas(self._add("g", attributes))

    def title(self, text: str) -> None:
        self._add("title", {}).text = text

    def box(self, box: Box, pen: Pen, *, radius: float = 0.0) -> None:
        size = {"x": _n(box.x), "y": _n(box.y), "width": _n(box.width), "height": _n(box.height)}
        rounded = {"rx": _n(radius)} if radius else {}
        self._add("rect", size | rounded | dict(pen))

    def circle(self, middle: Point, radius: float, pen: Pen) -> None:
        self._add("circle", {"cx": _n(middle[0]), "cy": _n(middle[1]), "r": _n(radius)} | dict(pen))

    def line(self, points: Sequence[Point], pen: Pen, *, closed: bool = False) -> None:
        drawn = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        shape = {"points": drawn, "stroke-linejoin": "round", "fill": "none"}
        self._add("polygon" if closed else "polyline", shape | dict(pen))

    def path(self, description: str, pen: Pen, *, at: Point, scale: float = 1.0) -> None:
        """Draw a path given around 0, 0."""
        placed = f"translate({_n(at[0])} {_n(at[1])})" + (f" scale({_n(scale)})" if scale != 1.0 else "")
        self._add("path", {"d": description, "transform": placed, "fill": "none"} | dict(pen))

    def text(self, lines: Iterable[str], pen: Pen, *, middle: Point, size: float = FONT) -> None:
        """Write lines centred on a point, one below the other."""
        rows = list(lines)
        element = self._add("text", {"font-size": _n(size), "text-anchor": "middle", "fill": palette.INK} | dict(pen))
        top = middle[1] - (len(rows) - 1) * size * 0.6 + size * 0.35
        for index, row in enumerate(rows):
            span = etree.SubElement(element, f"{{{SVG}}}tspan", x=_n(middle[0]), y=_n(top + index * size * 1.2))
            span.text = row

    def _add(self, tag: str, attributes: Pen) -> etree._Element:
        return etree.SubElement(self.element, f"{{{SVG}}}{tag}", dict(attributes))


def sheet(box: Box, *, title: str) -> Canvas:
    """Return an empty drawing that shows the given part of the plane."""
    attributes = {
        "viewBox": f"{_n(box.x)} {_n(box.y)} {_n(box.width)} {_n(box.height)}",
        "width": _n(box.width),
        "height": _n(box.height),
        "role": "img",
        "aria-label": title,
        "font-family": FONTS,
    }
    element = etree.fromstring(f'<svg xmlns="{SVG}"/>')
    for name, value in attributes.items():
        element.set(name, value)
    canvas = Canvas(element)
    canvas.title(title)
    return canvas


def _n(value: float) -> str:
    return f"{round(value, 1):.10g}"
