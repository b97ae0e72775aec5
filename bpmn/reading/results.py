"""Cells of forms and results: `Giấy tiếp nhận; Mẫu 01, 02, 05` → outputs and forms."""

import re

FORM = re.compile(
    r"^(?:(?:theo\s+)?(?:biểu\s+)?mẫu(?:\s+số)?(?=[\s:]*[\dA-Z])|BM\b|BM[-.]|PL\b|phụ lục"
    r"|[A-ZĐ]{1,6}(?:[-./][\wĐ]+)*[-./]\d{1,3}[a-z]?$)",
    re.IGNORECASE,
)
CODE = re.compile(r"^[A-ZĐ]{1,6}[\dA-ZĐ]*(?:[-.][\dA-ZĐ]+)+$")
LIST = re.compile(
    r"^(?P<word>(?:biểu\s+)?mẫu(?:\s+số)?)\s*:?\s*(?P<numbers>\d{1,2}[a-z]?(?:\s*(?:,|và|;|/)\s*\d{1,2}[a-z]?)+)$",
    re.IGNORECASE,
)

NUMBER = r"\d{1,2}[a-z]?"
MANY = re.compile(
    rf"\s*(?P<word>(?:biểu\s+)?mẫu(?:\s+số)?)\s*:?\s*(?P<numbers>{NUMBER}(?:\s*[,;/]\s*{NUMBER}\b)+)(?:\s*(?:[,;]|và)\s+|\s*$)",
    re.IGNORECASE,
)


def forms_and_outputs(text: str, *, forms_only: bool = False) -> tuple[tuple[str, ...], str | None]:
    """The forms of a cell, and the rest as its output."""
    forms: list[str] = []
    outputs: list[str] = []
    for piece in pieces(text):
        listed = LIST.match(piece)
        if listed is not None:
            forms += [f"{listed['word']} {number}" for number in re.findall(r"\d{1,2}[a-z]?", listed["numbers"])]
        elif forms_only or FORM.match(piece) or CODE.match(piece):
            forms.append(piece)
        else:
            outputs.append(piece)
    return tuple(dict.fromkeys(forms)), "; ".join(outputs) or None


def pieces(text: str) -> list[str]:
    """Lines and what semicolons part; a comma parts only before a form: `BM-01, BM-02`."""
    found: list[str] = []
    for whole in text.split("\n"):
        line, numbers = whole, MANY.match(whole)
        if numbers is not None:
            found.append(f"{numbers['word']} {', '.join(re.findall(NUMBER, numbers['numbers']))}")
            line = whole[numbers.end() :]
        for piece in line.split(";"):
            stripped = re.sub(r"^\s*[-+*•]\s*", "", piece).strip(" .")
            parts = re.split(r",\s*(?=(?:Mẫu|BM[-.]|Biểu mẫu)\b)", stripped)
            found += [part.strip() for part in parts if part.strip()]
    return found
