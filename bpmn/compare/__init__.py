"""Comparison of two versions of a procedure in the words of the five clears.

`compare(old, new)` gives codes and facts; sentences are made above. `marks` says what to mark in the diagrams,
`numbers_of` which steps only got another number.
"""

from bpmn.compare.change import Change
from bpmn.compare.drawn import Marks, marks
from bpmn.compare.numbers import Numbers
from bpmn.compare.versions import Version, compare, numbers_of

__all__ = ["Change", "Marks", "Numbers", "Version", "compare", "marks", "numbers_of"]
