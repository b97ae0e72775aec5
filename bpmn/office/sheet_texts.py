"""Texts and styles of a workbook: rich texts by their fonts, dates by their formats."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from bpmn.office.fonts import code_page, in_unicode
from bpmn.office.sheet_xml import local, named

DATE_FORMATS = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})
TIME_FORMATS = frozenset({18, 19, 20, 21, 45, 46, 47})
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')

Runs = Sequence[tuple[str, str | None]]
"""Pieces of a text with their own fonts, None where the cell's holds."""


@dataclass(frozen=True, slots=True)
class Look:
    """A cell style: the font's name, whether numbers are shown as dates or times, the words shown around a number."""

    font: str | None = None
    dated: bool = False
    timed: bool = False
    before: str = ""
    behind: str = ""


def runs_of(item: etree._Element) -> Runs:
    """The runs of a string item, without phonetic helps."""
    found: list[tuple[str, str | None]] = []
    for each in item:
        if local(each) == "t":
            found.append((read(each), None))
        elif local(each) == "r":
            font = next((face.get("val") for inner in named(each, "rPr") for face in named(inner, "rFont")), None)
            found += [(read(text), font) for text in named(each, "t")]
    return found


def read(element: etree._Element) -> str:
    return (element.text or "").replace("_x000D_", "")


def plain_text(element: etree._Element) -> str:
    """The whole text of an element, without phonetic helps."""
    pieces = []
    for found in element.iter():
        if local(found) == "t" and not any(local(above) == "rPh" for above in found.iterancestors()):
            pieces.append(read(found))
    return "".join(pieces)


def shared_texts(root: etree._Element | None) -> list[Runs]:
    return [] if root is None else [runs_of(item) for item in named(root, "si")]


def in_look(runs: Runs, look: Look) -> tuple[str, str | None]:
    """A text in Unicode, and the old font that it was written in."""
    pieces = [(text, font or look.font) for text, font in runs]
    old = next((font for text, font in pieces if text.strip() and code_page(font)), None)
    return in_unicode([(text, code_page(font)) for text, font in pieces]), old


def looks_of(root: etree._Element | None) -> list[Look]:
    """The cell styles in their order."""
    if root is None:
        return []
    codes = {found.get("numFmtId"): found.get("formatCode", "") for found in root.iter() if local(found) == "numFmt"}
    fonts = [font for found in named(root, "fonts") for font in named(found, "font")]
    names = [next((name.get("val") for name in named(font, "name")), None) for font in fonts]
    styles = [style for found in named(root, "cellXfs") for style in named(found, "xf")]
    return [look_of(style, names, codes) for style in styles]


def look_of(style: etree._Element, names: Sequence[str | None], codes: Mapping[str | None, str]) -> Look:
    font, number = font_of(style.get("fontId", "0"), names), style.get("numFmtId", "0")
    if is_date(number, codes):
        return Look(font, dated=True)
    if is_hours(number, codes):
        return Look(font, timed=True)
    return Look(font, False, False, *shown_around(codes.get(number, "")))


def shown_around(code: str) -> tuple[str, str]:
    """The quoted words before and behind the number in a format such as `0.0" ngày"`; mere signs are none."""
    digits = re.search(r"[0#?](?:[0#?.,/ ]*[0#?])?", QUOTED.sub(lambda match: "\0" * len(match[0]), code))
    if digits is None or ";" in code:
        return "", ""
    around = (code[: digits.start()], code[digits.end() :])
    said = ["".join(match[0][1:-1] for match in re.finditer(r'"[^"]*"', part)) for part in around]
    return (said[0] if any(map(str.isalpha, said[0])) else "", said[1] if any(map(str.isalpha, said[1])) else "")


def font_of(number: str, names: Sequence[str | None]) -> str | None:
    return names[int(number)] if number.isascii() and number.isdigit() and int(number) < len(names) else None


def is_date(number: str, codes: Mapping[str | None, str]) -> bool:
    if number in codes:
        return bool(re.search(r"[dy]|mmm", QUOTED.sub("", codes[number]).lower()))
    return number.isdigit() and int(number) in DATE_FORMATS


def is_hours(number: str, codes: Mapping[str | None, str]) -> bool:
    """Whether a format shows hours and minutes and no day."""
    code = re.sub(r'"[^"]*"|\\.|\[(?!h)[^\]]*\]', "", codes.get(number, "").lower())
    return bool(re.search(r"h.*m", code)) or (number.isdigit() and int(number) in TIME_FORMATS)
