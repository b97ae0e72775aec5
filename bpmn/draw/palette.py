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
    """How a node is drawn. `marker`: current | done | late, None for an ordinary node."""

    fill: str = PAPER
    stroke: str = LINE
    width: float = 1.5
    marker: str | None = None


_HIGHLIGHTS = {
    "current": Style("#e3edfb", "#1c5bb0", 3.0, "current"),
    "done": Style("#e8f3ea", "#2f7a48", 2.0, "done"),
    "late": Style("#fdebe3", "#b3361b", 3.5, "late"),
}


def style_of(highlight: str | None) -> Style:
    """Return the style of a highlight; an unknown one is drawn like none."""
    return _HIGHLIGHTS.get(highlight or "", Style())
