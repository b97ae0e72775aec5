"""Numbers of steps: unique, with the section before them where numbering restarts."""

import re
from collections.abc import Mapping, Sequence

from bpmn.findings import Finding
from bpmn.office.places import spotted
from bpmn.reading.lines import Line
from bpmn.reading.rows import Row

SECTION = re.compile(
    r"^\s*(?:phần|mục|giai đoạn)?\s*(?P<label>[IVX]+|[A-ZĐ]|[a-zđ]|\d{1,2})\s*[.):\-–]?(?:\s+|$)(?P<rest>.*)", re.DOTALL
)
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


def section_labels(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Label and heading of each section: `I. Cấp xã` → (`I`, `I. Cấp xã`); one without label is counted."""
    found: list[tuple[str, str]] = []
    for line in lines:
        if line.kind == "section":
            match = SECTION.match(line.text)
            found.append((match["label"] if match else str(len(found) + 1), line.text.replace("\n", " ").strip()))
    return found


def numbered(rows: Sequence[Row], labels: Sequence[tuple[str, str]]) -> list[str]:
    """The step number of every row.

    Rows without number are counted on.  Where a number comes twice and there are sections, every number gets its
    section's label before it; what is still double gets a mark behind.
    """
    plain: list[str] = []
    count = 0
    for row in rows:
        count = int(row.number) if row.number and row.number.isdigit() else count + (row.number is None)
        plain.append(row.number or str(count))
    if len(set(plain)) < len(plain) and labels:
        pairs = zip(rows, plain, strict=True)
        plain = [number if row.section is None else f"{labels[row.section][0]}.{number}" for row, number in pairs]
    return unique(plain)


def unique(numbers: Sequence[str]) -> list[str]:
    """Each number once: a sheet's 4.10 reads 4.1 again and is 4.10 after 4.9; any other double gets `-2` behind."""
    found: list[str] = []
    for number in numbers:
        stem, _, last = number.rpartition(".")
        before = found[-1].rpartition(".")[2] if found else ""
        if number in found and last and stem and before.isdigit() and int(before) == int(last or 0) * 10 - 1:
            found.append(f"{number}0")
        elif number in found:
            again = sum(1 for other in found if other == number or other.startswith(f"{number}-"))
            found.append(f"{number}-{again + 1}")
        else:
            found.append(number)
    return found


def double_findings(rows: Sequence[Row], numbers: Sequence[str]) -> list[Finding]:
    """Numbers that had to be changed because they came twice without a section."""
    return [
        spotted("step-number-repeated", numbered_at(row), element=number, step_no=row.number, first=row.number)
        for row, number in zip(rows, numbers, strict=True)
        if "-" in number
    ]


def numbered_at(row: Row) -> Mapping[str, object]:
    return (row.cells.get("number") or row.cell).place


def section_gaps(labels: Sequence[tuple[str, str]], lines: Sequence[Line]) -> list[Finding]:
    """Sections that jump: I, then III."""
    places = [line.whole[0].place for line in lines if line.kind == "section"]
    found = []
    values = [roman(label) for label, _ in labels]
    for at in range(1, len(values)):
        before, here = values[at - 1], values[at]
        if before and here and here != before + 1:
            found.append(spotted("section-gap", places[at], section=labels[at][0], after=labels[at - 1][0]))
    return found


def roman(text: str) -> int:
    """The value of a roman numeral, 0 for anything else."""
    if not text or set(text) - set(ROMAN_VALUES):
        return 0
    values = [ROMAN_VALUES[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)
