"""Texts as the fonts can set them: letters that no font has are shown as a box, endless words may break."""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

from bpmn.folding import kept

BOX = "\u25a1"
UNSEEN = frozenset({"Mn", "Mc", "Me", "Cc", "Cf", "Zl", "Zp"})
BREAK = "\u200b"  # a place without width where a line may end
LONG = 16  # letters of a word that no column is too narrow for
PIECE = 10
WORD = re.compile(rf"\S{{{LONG + 1},}}")


def settable(text: str) -> str:
    """The text in NFC with what can be printed; blanks of any kind and line ends stay blanks and line ends."""
    lines = (" ".join(line.split()) for line in kept(text).splitlines())
    return WORD.sub(broken, "\n".join("".join(map(letter, line)) for line in lines if line))


def letter(one: str) -> str:
    """A character as it is printed; marks that belong to no letter of their own are left out."""
    if one == " " or (ord(one) in known() and not unicodedata.combining(one)):
        return one
    return "" if unicodedata.category(one) in UNSEEN else BOX


def broken(word: re.Match[str]) -> str:
    """A long word with places to break: behind its signs, and within what is still too long."""
    parts = re.findall(rf"[^/_.,;:@&=?-]{{1,{PIECE}}}[/_.,;:@&=?-]*|[/_.,;:@&=?-]{{1,{PIECE}}}", word[0])
    return BREAK.join(parts)


@lru_cache(maxsize=1)
def known() -> frozenset[int]:
    """The characters that the fonts have, from the list that lies beside them."""
    found: set[int] = set()
    for line in (files("bpmn.paper") / "letters.txt").read_text("ascii").split():
        first, _, last = line.partition("-")
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)
