"""The wording of step names: whether a name begins with what is done, and how it could."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from bpmn.folding import normal, search_key

DATA = files("bpmn") / "data"
WORDING = tomllib.loads((DATA / "wording_vi.toml").read_text("utf-8"))
LONGEST = 4  # syllables of a verb or of what only looks like one
NUMBERED = re.compile(
    r"^(?:bước\s*)?(?:[bB]?\d+(?:\.\d+)*[a-zđ]?|[ivx]+|[a-zđ])\s*[.):–-]+\s*|^[-–•+*\"'“”«»(\s]+", re.IGNORECASE
)
"""What a row's number or bullet leaves before a name."""


def spelt(word: str) -> str:
    """A word in one of the two ways in which tones are set: hủy for huỷ, khóa for khoá."""
    for new, old in SPELLINGS:
        word = word.replace(new, old)
    return word


NEW = ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ")
OLD = ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy")
SPELLINGS = tuple(zip(NEW, OLD, strict=True))


def phrases(listed: Sequence[str]) -> frozenset[str]:
    return frozenset(spelt(phrase.casefold()) for phrase in listed if phrase)


VERBS = phrases((DATA / "verbs_vi.txt").read_text("utf-8").split("\n"))
NOUNS = phrases(WORDING["nouns"])
BEFORE = phrases(WORDING["before"])
HOLLOW = phrases(WORDING["hollow"])
PASSIVE = phrases(WORDING["passive"])
WHO = phrases(WORDING["who"])
RESPONSIBLE: str = WORDING["responsible"]
SUPPORTING: str = WORDING["supporting"]
CONTROL_SLIP: str = WORDING["control_slip"]
EXAMPLE: str = WORDING["example"]
"""A name as it should be, shown where none can be made of what is written."""
UNMARKED = frozenset(search_key(verb) for verb in VERBS if " " in verb)
"""Verbs of several syllables as they stand in names without marks."""


def words_of(name: str) -> list[str]:
    """The syllables of a name without number or bullet, as they are compared."""
    bare, count = normal(name), 1
    while count:
        bare, count = NUMBERED.subn("", bare, count=1)
    return [spelt(word) for word in re.sub(r"[,;:/(){}\"“”«»]+", " ", bare.casefold()).split()]


def starts(words: Sequence[str]) -> Iterator[str]:
    """The first syllables as phrases, the longest first."""
    return (" ".join(words[:count]) for count in range(min(LONGEST, len(words)), 0, -1))


@lru_cache(maxsize=4096)
def begins_with_verb(name: str) -> bool:
    """Whether a step's name says first what is done: «Tiếp nhận hồ sơ», not «Hồ sơ» or «Công chức tiếp nhận»."""
    return verb_first(words_of(name))


def verb_first(words: Sequence[str]) -> bool:
    while words:
        first = list(starts(words))
        if any(phrase in NOUNS for phrase in first):
            return False
        if any(phrase in VERBS for phrase in first) or any(phrase in UNMARKED for phrase in first):
            return True
        lead = next((phrase for phrase in first if phrase in BEFORE), None)
        if lead is None:
            return False
        words = words[lead.count(" ") + 1 :]
    return False


@lru_cache(maxsize=1024)
def suggestion(name: str) -> str | None:
    """The name with its verb first, where the verb stands further back; None where none is found for certain."""
    bare, count = normal(name), 1
    while count:
        bare, count = NUMBERED.subn("", bare, count=1)
    words = bare.split()
    folded = [spelt(word.casefold().strip(",;:()")) for word in words]
    for place in range(1, len(words)):
        passive = next((phrase for phrase in starts(folded[place:]) if phrase in PASSIVE), None)
        if passive is not None and sure(folded[place + passive.count(" ") + 1 :]):
            done = words[place + passive.count(" ") + 1 :]
            verb = next(phrase for phrase in starts([spelt(word.casefold()) for word in done]) if phrase in VERBS)
            length = verb.count(" ") + 1
            return capital([*done[:length], lowered(words[0]), *words[1:place], *done[length:]])
        if sure(folded[place:]) and any(phrase in WHO | HOLLOW for phrase in starts(folded[:place])):
            return capital(words[place:])
    return None


def sure(words: Sequence[str]) -> bool:
    """Whether a verb of several syllables begins here: one syllable alone is often part of a noun."""
    first = list(starts(words))
    return not any(phrase in NOUNS for phrase in first) and any(" " in phrase and phrase in VERBS for phrase in first)


def capital(words: Sequence[str]) -> str:
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def lowered(word: str) -> str:
    """The first word of a name in its middle; what is all capitals stays."""
    return word if word.isupper() else word[:1].lower() + word[1:]
