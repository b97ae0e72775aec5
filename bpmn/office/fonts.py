"""Texts in fonts of the time before Unicode: TCVN3 (`.VnTime`) and VNI (`VNI-Times`), told by the font's name.

Both code pages put Vietnamese letters in the places of Latin-1: TCVN3 one letter in one place, VNI a base letter with a
mark behind it.  Sources: TCVN 5712:1993 (VN3); VNI-Windows, as its fonts show it.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

TCVN3 = {
    **dict(zip("¡¢§£¤¥¦", "ĂÂĐÊÔƠƯ", strict=True)),
    **dict(zip("¨©®ª«¬\xad", "ăâđêôơư", strict=True)),
    **dict(zip("µ¸¶·¹", "àáảãạ", strict=True)),
    **dict(zip("»¾¼½Æ", "ằắẳẵặ", strict=True)),
    **dict(zip("ÇÊÈÉË", "ầấẩẫậ", strict=True)),
    **dict(zip("ÌÐÎÏÑ", "èéẻẽẹ", strict=True)),
    **dict(zip("ÒÕÓÔÖ", "ềếểễệ", strict=True)),
    **dict(zip("×ÝØÜÞ", "ìíỉĩị", strict=True)),
    **dict(zip("ßãáâä", "òóỏõọ", strict=True)),
    **dict(zip("åèæçé", "ồốổỗộ", strict=True)),
    **dict(zip("êíëìî", "ờớởỡợ", strict=True)),
    **dict(zip("ïóñòô", "ùúủũụ", strict=True)),
    **dict(zip("õøö÷ù", "ừứửữự", strict=True)),
    **dict(zip("úýûüþ", "ỳýỷỹỵ", strict=True)),
    "\u03bc": "à",
}
VNI_MARKS = {
    "a": dict(zip("øùûõïâàáåãäêèéúüë", "àáảãạâầấẩẫậăằắẳẵặ", strict=True)),
    "e": dict(zip("øùûõïâàáåãä", "èéẻẽẹêềếểễệ", strict=True)),
    "o": dict(zip("øùûõïâàáåãä", "òóỏõọôồốổỗộ", strict=True)),
    "u": dict(zip("øùûõï", "ùúủũụ", strict=True)),
    "y": dict(zip("øùûõ", "ỳýỷỹ", strict=True)),
    "ô": dict(zip("øùûõï", "ờớởỡợ", strict=True)),
    "ö": dict(zip("øùûõï", "ừứửữự", strict=True)),
}
VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}
VNI_PAIR = re.compile(r"([aeouyôö])([øùûõïâàáåãäêèéúüë])|([ôöñæóòî])", re.IGNORECASE)
CAPITAL_FONT = re.compile(r"^\.vn.*h$", re.IGNORECASE)


class CodePage(StrEnum):
    """What an old font makes of the letters; `CAPITALS` is TCVN3 in a font that shows small letters as capitals."""

    TCVN3 = "tcvn3"
    CAPITALS = "tcvn3-capitals"
    VNI = "vni"


def code_page(font: str | None) -> CodePage | None:
    """The code page of a font by its name, None for any font of today."""
    name = (font or "").strip().lower()
    if name.startswith((".vn", "vntime", ".vntime")):
        return CodePage.CAPITALS if CAPITAL_FONT.match(name) else CodePage.TCVN3
    return CodePage.VNI if name.startswith(("vni-", "vni ", "vni_")) else None


def in_unicode(pieces: Sequence[tuple[str, CodePage | None]]) -> str:
    """Pieces of a text, each with the code page of its font; neighbours of one page are read together."""
    found = ""
    at = 0
    while at < len(pieces):
        page = pieces[at][1]
        end = next((later for later in range(at, len(pieces)) if pieces[later][1] is not page), len(pieces))
        found += decoded("".join(text for text, _ in pieces[at:end]), page)
        at = end
    return found


def decoded(text: str, page: CodePage | None) -> str:
    """A text of one code page; one that holds letters beyond Latin-1 was typed in Unicode whatever its font says."""
    if page is None or any(ord(letter) > 0xFF and letter.isalpha() and letter != "\u03bc" for letter in text):
        return text
    if page is CodePage.VNI:
        return VNI_PAIR.sub(vni_letter, text)
    found = "".join(TCVN3.get(letter, letter) for letter in text)
    return found.upper() if page is CodePage.CAPITALS else found


def vni_letter(match: re.Match[str]) -> str:
    """A base letter with its mark, or a letter of its own; the base says whether it is a capital."""
    base, mark, single = match[1], match[2], match[3]
    if single:
        letter = VNI_SINGLE[single.lower()]
        return letter.upper() if single.isupper() else letter
    letter = VNI_MARKS[base.lower()].get(mark.lower(), "")
    if not letter:
        return VNI_SINGLE.get(base.lower(), base) + mark
    return letter.upper() if base.isupper() else letter
