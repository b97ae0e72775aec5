"""Draws a BPMN document's diagram as SVG: `draw`, and `draw_small` for lists; `picture_of` says what lies where,
`drawable` gives a place to what has none.
"""

from bpmn.draw.drawable import drawable
from bpmn.draw.drawing import draw, picture_of
from bpmn.draw.small import draw_small

__all__ = ["draw", "draw_small", "drawable", "picture_of"]
