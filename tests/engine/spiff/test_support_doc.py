"""docs/bpmn-support.md says what the code says, and each row names a test that is there."""

import re
from pathlib import Path

import pytest

from engine.spiff.support import ACTIVITIES, EVENTS, GATEWAYS

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs/bpmn-support.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line.startswith("| ")]
TESTS = [row[2].strip("`") for row in ROWS if "::" in row[2]]


def test_every_row_names_its_test() -> None:
    heads = [row for row in ROWS if row[2] == "test"]

    assert len(ROWS) == len(heads) + len(TESTS)


@pytest.mark.parametrize("named", sorted(set(TESTS)))
def test_the_test_is_there(named: str) -> None:
    file, function = named.split("::")

    assert re.search(rf"^def {function}\(", (Path(__file__).parent / file).read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("tag", sorted((ACTIVITIES | GATEWAYS | EVENTS.keys()) - {"task"}))
def test_everything_that_runs_stands_in_the_document(tag: str) -> None:
    words = re.sub(r"(?<!^)([A-Z])", r" \1", tag).lower().removesuffix(" event").removesuffix(" gateway")
    first = words.split()[0]
    runs = TEXT[TEXT.index("## Runs") : TEXT.index("## Refused")].lower()

    assert first in runs


def test_every_code_of_a_refusal_stands_in_the_document() -> None:
    source = (ROOT / "engine/spiff/support.py").read_text(encoding="utf-8")
    codes = set(re.findall(r'refuse\("([a-z-]+)"', source))

    assert codes
    assert codes <= set(re.findall(r"`([a-z-]+)`", TEXT))
