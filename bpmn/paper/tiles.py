"""How a diagram lies on pages: whole where it can be read so, else in parts that begin with the names of its lanes."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from bpmn.draw import draw, picture_of
from bpmn.layout.measures import HEADER
from bpmn.layout.scene import Box, Picture
from bpmn.paper.letters import settable

FONT = "Arimo, DejaVu Sans Mono, Libertinus Serif, New Computer Modern, New Computer Modern Math"
LEAST, SMALL, MOST = 0.5, 0.38, 0.75
"""Points a pixel: below `LEAST` letters are smaller than 6 points, which is allowed down to `SMALL` where it saves
cutting through the lanes; above `MOST` they are larger than those of the text."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page on its side. Unit: points, without margins and the heading."""

    name: str
    width: float
    height: float


A4, A3 = Sheet("a4", 728.0, 440.0), Sheet("a3", 1077.0, 690.0)
TOUCH = 0.5  # pixels
GAP = 8.0  # pixels between a cut and what lies beside it
LARGE = 300.0  # pixels; a sub-process that is wider may be cut
MANY = 3  # parts side by side on A4; more lie on A3


def pictures(root: etree._Element) -> Mapping[str, object]:
    """The diagram as SVG with the parts in which it is shown. Unit: pixels; `scale` in points a pixel."""
    root, picture = picture_of(root)
    svg = etree.fromstring(draw(root).encode())
    svg.set("font-family", FONT)
    for element in svg.iter():
        element.text = settable(element.text or "") or None
    x, y, width, height = map(float, svg.get("viewBox", "0 0 1 1").split())
    whole = Box(x, y, width, height)
    strip = heads(picture) - x if any(shape.horizontal for shape in picture.shapes) else 0.0
    sheet, scale = sheet_for(whole, strip)
    across = spans(whole.x + strip, whole.right, sheet.width / scale - strip, uncut(picture))
    down = spans(whole.y, whole.bottom, sheet.height / scale, bands(picture))
    parts = [[left - x, top - y, right - left, bottom - top] for top, bottom in down for left, right in across]
    return {
        "svg": etree.tostring(svg, encoding="unicode"),
        "page": sheet.name,
        "scale": scale,
        "size": [width, height],
        "strip": strip,
        "parts": parts,
    }


def sheet_for(whole: Box, strip: float) -> tuple[Sheet, float]:
    """The smallest page that shows the whole, else the one on which it has few parts; and the scale."""
    for sheet in (A4, A3):
        scale = min(MOST, sheet.width / whole.width, sheet.height / whole.height)
        if scale >= LEAST:
            return sheet, scale
    few = whole.height * LEAST <= A4.height and (whole.width - strip) <= MANY * (A4.width / LEAST - strip)
    sheet = A4 if few else A3
    fit = sheet.height / whole.height
    return sheet, min(MOST, fit) if fit >= SMALL else LEAST


def spans(start: float, end: float, most: float, boxes: Iterable[Box]) -> list[tuple[float, float]]:
    """The stretch from `start` to `end` in parts of at most `most`, cut beside all boxes if there is such a place."""
    known = list(boxes)
    room = max(most, 1.0)
    count = max(1, math.ceil((end - start) / room - 1e-6))
    found: list[tuple[float, float]] = []
    while end - start > room + 1e-6:
        wish = max(start + (end - start) / count, start + room * 0.6)
        cut = nearest(min(wish, start + room), (start + room * 0.5, start + room), known)
        found.append((start, cut))
        start, count = cut, max(1, count - 1)
    return [*found, (start, end)]


def nearest(wish: float, limits: tuple[float, float], boxes: Sequence[Box]) -> float:
    """The place next to a wish that lies beside all boxes; the wish where there is none within the limits."""
    sides = [at for box in boxes for at in (box.x - GAP, box.x, box.right, box.right + GAP)]
    places = [at for at in (wish, *sides) if limits[0] <= at <= limits[1]]
    free = [at for at in places if not any(box.x + TOUCH < at < box.right - TOUCH for box in boxes)]
    return min(free, key=lambda at: (abs(at - wish), at), default=wish)


def uncut(picture: Picture) -> list[Box]:
    """Nodes and names, which a person reads as a whole."""
    nodes = [shape.box for shape in picture.shapes if shape.horizontal is None and shape.box.width < LARGE]
    labels = [*(shape.label for shape in picture.shapes), *(path.label for path in picture.paths)]
    return [*nodes, *(label for label in labels if label is not None)]


def bands(picture: Picture) -> list[Box]:
    """What is not cut across: lanes that a page holds, else what lies in them; turned as if it lay along the flow."""
    frames = [shape.box for shape in picture.shapes if shape.horizontal and shape.box.height * LEAST < A3.height]
    inner = [box for box in frames if not any(other is not box and holds(box, other) for other in frames)]
    return [turned(box) for box in (*inner, *uncut(picture))]


def holds(outer: Box, inner: Box) -> bool:
    return outer.x <= inner.x and outer.y <= inner.y and outer.right >= inner.right and outer.bottom >= inner.bottom


def heads(picture: Picture) -> float:
    """Where the names of lanes and pools end."""
    frames = [shape.box for shape in picture.shapes if shape.horizontal]
    return max(box.x for box in frames) + HEADER


def turned(box: Box) -> Box:
    return Box(box.y, box.x, box.height, box.width)
