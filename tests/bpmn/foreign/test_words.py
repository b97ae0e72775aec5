"""The table of other tools' words, and that the documentation shows it."""

from pathlib import Path

import pytest

from bpmn.foreign.people import WHO
from bpmn.foreign.take import TAKERS
from bpmn.foreign.words import FAMILIES, NAMED, WORDS, named

PAGE = (Path(__file__).parents[3] / "docs" / "import.md").read_text("utf-8")
FIELDS = {
    "group": "performer: position",
    "person": "performer: person, or position",
    "persons": "performer, where nobody else is named",
    "owner": "performer: position or person",
    "unit": "performer: unit",
    "co": "supporting performer",
    "time": "time",
    "form": "form",
    "output": "output",
    "responsibility": "responsibility",
    "note": "note",
    "called": "the procedure that is called",
    "no": "told only",
    "code": "told only, never run",
}
"""How the documentation says what a word means."""


def rows() -> list[str]:
    """The table of the documentation: paste it where this test misses it."""
    found: dict[tuple[str, str], list[str]] = {}
    for word in WORDS:
        found.setdefault((word.family, word.means), []).append(f"`{word.name.replace('@', ' ')}`")
    return [
        f"| {FAMILIES[family]} | {', '.join(names)} | {FIELDS[means]} |" for (family, means), names in found.items()
    ]


def named_rows() -> list[str]:
    found: dict[str, list[str]] = {}
    for name, means in NAMED.items():
        found.setdefault(means, []).append(name)
    return [
        f"| any | property {', '.join(f'«{name}»' for name in names)} | {FIELDS[m]} |" for m, names in found.items()
    ]


def test_the_documentation_shows_every_word() -> None:
    shown = [line for line in PAGE.split("\n") if line.startswith(tuple(f"| {name} |" for name in FAMILIES.values()))]

    assert shown == rows()
    assert [line for line in PAGE.split("\n") if line.startswith("| any |")] == named_rows()


def test_every_meaning_is_taken_by_somebody() -> None:
    meanings = {word.means for word in WORDS} | set(NAMED.values())

    assert meanings == set(FIELDS)
    assert meanings - {"no", "code"} == WHO | set(TAKERS)


@pytest.mark.parametrize(
    ("name", "means"),
    [
        ("thoiHan", "time"),
        ("Thời hạn", "time"),
        ("meta-thoihan", "time"),
        ("customSLADueDate", "time"),
        ("A_RESULT", "output"),
        ("Biểu mẫu", "form"),
        ("nguoi_thuc_hien", "group"),
        ("bgcolor", None),
        ("A_EXECUTION", None),
        ("", None),
    ],
)
def test_a_property_is_known_however_a_modeller_wrote_it(name: str, means: str | None) -> None:
    assert named(name) == means
