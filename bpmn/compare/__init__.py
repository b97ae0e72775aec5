"""Comparison of two versions of a procedure in the words of the five clears.

`compare(old, new)` gives codes and facts; sentences are made above.
"""

from bpmn.compare.change import Change
from bpmn.compare.versions import Version, compare

__all__ = ["Change", "Version", "compare"]
