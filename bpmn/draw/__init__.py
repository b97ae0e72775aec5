"""Draws a BPMN document's diagram as SVG: `draw`."""

from bpmn.draw.drawing import draw

__all__ = ["draw"]
