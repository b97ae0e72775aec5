"""The table of docs/rules.md says of every rule what its section, its code and its fixture say."""

import csv
import re
from pathlib import Path

from bpmn.fixes import FIXES
from bpmn.messages import texts
from bpmn.profiles import profile
from bpmn.rules import RULES

ROOT = Path(__file__).parents[2]
PAIRS = ROOT / "tests" / "files" / "rules"
PAGE = (ROOT / "docs" / "rules.md").read_text("utf-8")
SECTION = re.compile(r"^### `([a-z0-9-]+)`\n\n((?:.+\n)+)", re.MULTILINE)
SAID = re.compile(
    r"[.?] (?P<severity>(?:reject|error|warning|info|refusal|at run|never|off)\b.*?) · clear: (?P<clear>\w+)"
)
EXPECTED = {row["code"]: row for row in csv.DictReader((PAIRS / "EXPECTED.csv").read_text("utf-8").splitlines())}


def rows() -> list[str]:
    return [line for line in PAGE.splitlines() if line.startswith("| `")]


def row_of(code: str, first: str) -> str:
    """The row that a section asks for: paste it where this test misses it."""
    said = SAID.search(" ".join(first.split()))
    assert said is not None, (code, first)
    fix = "yes" if code in FIXES else ""
    refused = f"[`{code}`](../tests/files/rules/{code}.refused.bpmn)"
    fixture = refused if (PAIRS / f"{code}.refused.bpmn").exists() else ""
    return f"| `{code}` | {said['clear']} | {said['severity']} | {fix} | {fixture} |"


def sections() -> dict[str, str]:
    return {match[1]: match[2] for match in SECTION.finditer(PAGE)}


def test_every_section_has_its_row_and_every_row_its_section() -> None:
    assert rows() == [row_of(code, first) for code, first in sections().items()]


def test_every_code_that_is_told_has_a_section() -> None:
    without = {"words", "unknown"}

    assert set(sections()) == set(texts("vi")) - without


def test_every_code_of_a_rule_stands_in_the_table() -> None:
    told = {row.split("`")[1] for row in rows()}

    assert {code for rule in RULES for code in rule.codes} <= told
    assert set(FIXES) <= told


def test_severity_and_clear_are_those_of_the_fixture() -> None:
    table = {row.split("`")[1]: [cell.strip() for cell in row.split("|")[2:4]] for row in rows()}

    for code, row in EXPECTED.items():
        clear, severity = table[code]
        assert row["clear"] == clear, code
        assert row["severity"] in severity.replace("reject", "error"), code


def test_what_a_profile_changes_is_a_code_that_there_is() -> None:
    for name in ("5-ro", "6-ro"):
        wanted = profile(name)
        assert set(wanted.severity) | wanted.never <= set(sections())
