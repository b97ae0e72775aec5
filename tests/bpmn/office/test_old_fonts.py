"""Texts in fonts of the time before Unicode, whole alphabets and single runs."""

import io

import docx
import pytest
from docx.oxml.ns import qn

from bpmn.office.fonts import CodePage, code_page, decoded, in_unicode
from bpmn.office.grid import Paragraph
from bpmn.office.word import read_word
from offices.oldfonts import TCVN3_LETTERS, as_tcvn3, as_vni

LETTERS = TCVN3_LETTERS[0]


def test_every_letter_of_tcvn3_comes_back() -> None:
    assert decoded(TCVN3_LETTERS[1], CodePage.TCVN3) == LETTERS


@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_every_letter_of_vni_comes_back(change: object) -> None:
    assert callable(change)
    for letter in LETTERS:
        text = f"T{change(letter)}i"
        assert decoded(as_vni(text), CodePage.VNI) == text


def test_words_as_they_stand_in_old_files() -> None:
    assert decoded("Céng hßa x· héi chñ nghÜa ViÖt Nam", CodePage.TCVN3) == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    assert decoded("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", CodePage.VNI) == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    assert decoded("ñöôïc, ngöôøi, tröôûng", CodePage.VNI) == "được, người, trưởng"


def test_a_font_of_capitals_gives_capitals() -> None:
    assert code_page(".VnTimeH") is CodePage.CAPITALS
    assert decoded("quy tr×nh", CodePage.CAPITALS) == "QUY TRÌNH"


def test_unicode_in_an_old_font_stays() -> None:
    assert decoded("Tiếp nhận hồ sơ", CodePage.TCVN3) == "Tiếp nhận hồ sơ"


def test_fonts_of_today_have_no_code_page() -> None:
    assert [code_page(font) for font in ("Times New Roman", "Arial", None, "Vni")] == [None] * 4


def test_a_letter_parted_over_runs_is_put_together() -> None:
    assert in_unicode([("Coä", CodePage.VNI), ("ng", CodePage.VNI), (" – hết", None)]) == "Cộng – hết"
    assert in_unicode([("Co", CodePage.VNI), ("äng", CodePage.VNI)]) == "Cộng"


def test_the_fonts_of_styles_and_of_the_document_count() -> None:
    document = docx.Document()
    normal = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi"):
        normal.set(qn(name), ".VnTime")
    document.add_paragraph(as_tcvn3("Tiếp nhận hồ sơ"))
    document.add_paragraph().add_run("Phòng Nội vụ").font.name = "Arial"
    stream = io.BytesIO()
    document.save(stream)

    file = read_word(stream.getvalue())

    assert [block.text for block in file.blocks if isinstance(block, Paragraph)] == ["Tiếp nhận hồ sơ", "Phòng Nội vụ"]
    assert [finding.code for finding in file.findings] == ["font-legacy"]
