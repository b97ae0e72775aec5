"""Automatic numbers of Word paragraphs: a numbered cell that looks empty in the XML is not empty to its reader.

Source: ECMA-376 part 1, 17.9.
"""

import re
from collections.abc import Mapping

from lxml import etree

LEVEL = re.compile(r"%([1-9])")
ROMANS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
MAX_NUMBER = 399


def local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str | None:
    """An attribute whatever its namespace."""
    if element is None:
        return None
    return next((str(text) for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def below(element: etree._Element | None, *names: str) -> etree._Element | None:
    for name in names:
        if element is None:
            return None
        element = next((found for found in element if local(found) == name), None)
    return element


class Numbering:
    """The counters of a document, in reading order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self.levels: dict[str, Mapping[int, etree._Element]] = {}
        self.starts: dict[str, dict[int, int]] = {}
        self.counters: dict[str, dict[int, int]] = {}
        self.abstract: dict[str, str] = {}
        self.styles = {
            attribute(style, "styleId") or "": below(style, "pPr", "numPr")
            for style in (() if styles is None else styles)
        }
        self.load(numbering)

    def load(self, numbering: etree._Element | None) -> None:
        if numbering is None:
            return
        abstracts = {attribute(found, "abstractNumId"): found for found in numbering if local(found) == "abstractNum"}
        for found in numbering:
            wanted = abstracts.get(attribute(below(found, "abstractNumId"), "val"))
            if local(found) != "num" or wanted is None:
                continue
            number = attribute(found, "numId") or ""
            self.abstract[number] = attribute(wanted, "abstractNumId") or ""
            levels = (level for level in wanted if local(level) == "lvl")
            self.levels[number] = {whole(attribute(level, "ilvl")): level for level in levels}
            overrides = [item for item in found if local(item) == "lvlOverride"]
            self.starts[number] = {
                whole(attribute(item, "ilvl")): whole(attribute(below(item, "startOverride"), "val"), 1)
                for item in overrides
                if below(item, "startOverride") is not None
            }

    def label(self, paragraph: etree._Element) -> str:
        """The number before a paragraph as its reader sees it, empty for none and for bullets; counts it."""
        properties = below(paragraph, "pPr", "numPr")
        if properties is None:
            properties = self.styles.get(attribute(below(paragraph, "pPr", "pStyle"), "val") or "")
        number = attribute(below(properties, "numId"), "val") or ""
        if number not in self.levels:
            return ""
        depth = whole(attribute(below(properties, "ilvl"), "val"))
        counters = self.counted(number, depth)
        level = self.levels[number].get(depth)
        shape = attribute(below(level, "numFmt"), "val") or "decimal"
        if shape == "bullet":
            return "-"
        text = attribute(below(level, "lvlText"), "val") or ""
        return LEVEL.sub(lambda mark: self.shown(number, int(mark[1]) - 1, counters), text)

    def counted(self, number: str, depth: int) -> dict[int, int]:
        """Count one paragraph on a level; levels below start anew."""
        key = number if self.starts[number] else self.abstract[number]
        counters = self.counters.setdefault(key, {})
        counters[depth] = counters.get(depth, self.start(number, depth) - 1) + 1
        for lower in [level for level in counters if level > depth]:
            del counters[lower]
        return counters

    def start(self, number: str, depth: int) -> int:
        override = self.starts[number].get(depth)
        if override is not None:
            return override
        return whole(attribute(below(self.levels[number].get(depth), "start"), "val"), 1)

    def shown(self, number: str, depth: int, counters: Mapping[int, int]) -> str:
        count = counters.get(depth, self.start(number, depth))
        shape = attribute(below(self.levels[number].get(depth), "numFmt"), "val") or "decimal"
        return formatted(count, shape)


def whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def formatted(count: int, shape: str) -> str:
    """A counter in a number format: decimal, letters or romans."""
    if shape in ("upperRoman", "lowerRoman"):
        text = roman(count)
        return text if shape == "upperRoman" else text.lower()
    if shape in ("upperLetter", "lowerLetter") and count > 0:
        text = chr(65 + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return text if shape == "upperLetter" else text.lower()
    return f"{count:02d}" if shape == "decimalZero" else str(count)


def roman(count: int) -> str:
    if not 0 < count <= MAX_NUMBER:
        return str(count)
    text = ""
    for size, letters in ROMANS:
        while count >= size:
            text += letters
            count -= size
    return text
