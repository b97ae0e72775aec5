"""The fonts have every letter that Vietnamese is written with, and the list beside them is true."""

from importlib.resources import files
from itertools import product
from unicodedata import normalize

import pytest
from fontTools.ttLib import TTFont

from bpmn.paper.letters import known, settable

FONTS = sorted(str(each) for each in (files("bpmn.paper") / "fonts").iterdir() if each.name.endswith(".ttf"))
VOWELS = [
    base + shape
    for base, shapes in (("a", "\u0306\u0302"), ("e", "\u0302"), ("o", "\u0302\u031b"), ("u", "\u031b"))
    for shape in ("", *shapes)
]
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = {normalize("NFC", vowel + tone) for vowel, tone in product([*VOWELS, "i", "y"], TONES)} | set(
    "bcdđghklmnpqrstvxfjwz"
)
LETTERS |= {letter.upper() for letter in LETTERS}
SIGNS = set("0123456789.,;:!?()[]/-–—“”\"'…%§₫+=<>&@#°½¼×")


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.rpartition("/")[2])
def test_a_font_has_every_vietnamese_letter(font: str) -> None:
    has = {chr(code) for code in TTFont(font).getBestCmap()}

    assert len(LETTERS) == 2 * (12 * 6 + 21)
    assert has >= LETTERS | SIGNS


def test_what_can_be_printed_holds_what_the_fonts_have() -> None:
    assert {ord(letter) for letter in LETTERS | SIGNS} <= known()


def test_a_text_in_parts_is_put_together_and_a_long_word_may_break() -> None:
    assert settable(normalize("NFD", "Thẩm  định\u00a0hồ sơ")) == "Thẩm định hồ sơ"
    assert settable("a" * 30) == "\u200b".join(["a" * 10] * 3)
    assert settable("12/2021/NĐ-CP") == "12/2021/NĐ-CP"
    assert settable("Ký\u200d \ud7fc") == "Ký □"
