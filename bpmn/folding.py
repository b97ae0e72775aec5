"""Comparing Vietnamese texts: the same text, and the key by which it is searched."""

import re
import unicodedata
from functools import lru_cache

UNKEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What neither XML nor every database can hold, and nobody sees."""


def normal(text: str) -> str:
    """Return the text as it is kept: NFC, trimmed, white space (also the non-breaking kind) folded to single blanks."""
    return " ".join(kept(" ".join(text.split())).split())


def kept(text: str) -> str:
    """Return a text of several lines as it is kept: NFC, without what nothing can hold."""
    return UNKEPT.sub("", unicodedata.normalize("NFC", text))


def same_text(left: str, right: str) -> bool:
    """Whether two texts are the same to a reader: NFC, trimmed, case-blind."""
    return normal(left).casefold() == normal(right).casefold()


def search_key(text: str) -> str:
    """Return the text without marks, đ as d, lower case: "Cấp phép" is found by "cap phep"."""
    return known_key(text) if len(text) <= SHORT else made_key(text)


def made_key(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", kept(text).replace("đ", "d").replace("Đ", "D"))
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(bare.casefold().split())


known_key = lru_cache(maxsize=10_000)(made_key)
SHORT = 200  # letters of a text whose key is remembered: cells are asked for theirs again and again
