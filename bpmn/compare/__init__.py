"""Comparison of two versions of a procedure in the words of the five clears.

`compare(old, new)` gives codes and facts; sentences are made above. `marks` says what to mark in the diagrams.
"""

from bpmn.compare.change import Change
from bpmn.compare.drawn import Marks, marks
from bpmn.compare.versions import Version, compare

__all__ = ["Change", "Marks", "Version", "compare", "marks"]
