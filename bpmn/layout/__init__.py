"""Places a BPMN document's elements.

`add_diagram` writes shapes and edges with lanes, loops and labels; `place_missing` adds those that a drawn diagram
lacks; `is_drawn` tells whether somebody has placed elements by hand, `not_drawn` what has no place; `fits` whether a
name needs another box.
"""

from bpmn.layout.arrange import add_diagram
from bpmn.layout.drawn import is_drawn, not_drawn
from bpmn.layout.missing import place_missing
from bpmn.layout.sizes import fits

__all__ = ["add_diagram", "fits", "is_drawn", "not_drawn", "place_missing"]
