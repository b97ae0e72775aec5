"""How wide a text is and where it breaks, without a font: advance widths of a common sans serif, in em."""

import unicodedata
from functools import lru_cache

_NARROW = frozenset("iljtfrI.,;:!|'()[]/ -\u00a0")
_WIDE = frozenset("mwMWQOG@%&")


@lru_cache(maxsize=4096)
def _advance(character: str) -> float:
    base = unicodedata.normalize("NFD", character)[0]
    if base in _NARROW:
        return 0.31
    if base in _WIDE:
        return 0.84
    if base.isupper() or unicodedata.east_asian_width(base) in "WF":
        return 0.70 if base.isupper() else 1.0
    return 0.56


def text_width(text: str, *, size: float) -> float:
    """Return the estimated width of one line.  Unit: that of `size` (the font's em)."""
    return size * sum(_advance(character) for character in text)


LONGEST = 1000  # characters of a name that are shown


def shown(name: str) -> str:
    """Return as much of a name as is drawn."""
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def wrap(text: str, *, width: float, size: float, most: int | None = None) -> list[str]:
    """Break a text at spaces into lines of at most `width`; a word that is longer alone is cut, as is an endless text.

    With `most`, further lines are dropped and the last one ends in an ellipsis.
    """
    lines: list[str] = []
    for word in shown(text).split():
        for piece in _pieces(word, width=width, size=size):
            joined = f"{lines[-1]} {piece}" if lines else piece
            if lines and text_width(joined, size=size) <= width:
                lines[-1] = joined
            else:
                lines.append(piece)
            if most is not None and len(lines) > most:
                return [*lines[: most - 1], _shortened(lines[most - 1], width=width, size=size)]
    return lines


def _pieces(word: str, *, width: float, size: float) -> list[str]:
    if text_width(word, size=size) <= width:
        return [word]
    pieces, start, used = [], 0, 0.0
    for index, character in enumerate(word):
        advance = size * _advance(character)
        if used + advance > width and index > start:
            pieces.append(word[start:index])
            start, used = index, 0.0
        used += advance
    return [*pieces, word[start:]]


def _shortened(line: str, *, width: float, size: float) -> str:
    while line and text_width(line + "…", size=size) > width:
        line = line[:-1]
    return line.rstrip() + "…"
