"""The colours of a drawing: calm, with contrast enough for print and for eyes that see no red and green."""

from dataclasses import dataclass

INK = "#1f2933"
LINE = "#52606d"
FRAME = "#9aa5b1"
HEADER = "#eef1f5"
PAPER = "#ffffff"
BAND = "#fafbfc"
START = "#2f6f4f"
END = "#8f2d2d"
NOTE = "#7b8794"


@dataclass(frozen=True, slots=True)
class Style:
    """How a node is drawn. `marker`: a key of `_HIGHLIGHTS`, None for an ordinary node."""

    fill: str = PAPER
    stroke: str = LINE
    width: float = 1.5
    marker: str | None = None


_HIGHLIGHTS = {
    "current": Style("#e3edfb", "#1c5bb0", 3.0, "current"),
    "done": Style("#e8f3ea", "#2f7a48", 2.0, "done"),
    "late": Style("#fdebe3", "#b3361b", 3.5, "late"),
    "added": Style("#e2f0e6", "#17633a", 2.5, "added"),
    "removed": Style("#fbe4e2", "#a0141c", 2.5, "removed"),
    "changed": Style("#fbeecb", "#7a4d00", 2.5, "changed"),
    "moved": Style("#e3edf0", "#174a5f", 2.5, "moved"),
}


def style_of(highlight: str | None) -> Style:
    """Return the style of a highlight; an unknown one is drawn like none."""
    return _HIGHLIGHTS.get(highlight or "", Style())


HEATS = ("#fdf3d8", "#fbe0a8", "#f7c07c", "#f2a06a", "#ea8468")
"""From warm to hot; the name of a step stays readable on each."""


def heat_of(part: float) -> Style:
    """Return the style of an element whose heat is that part (from 0 to 1) of the hottest element's."""
    level = min(len(HEATS) - 1, int(part * len(HEATS)))
    return Style(HEATS[level], "#8a4b1a", 1.5 + level * 0.5)
