"""Draws a BPMN document's diagram as SVG: `draw`, and `draw_small` for lists."""

from bpmn.draw.drawing import draw
from bpmn.draw.small import draw_small

__all__ = ["draw", "draw_small"]
