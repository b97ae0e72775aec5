"""Every bad Office file is refused, flagged or read as the manifest says."""

import csv
from pathlib import Path

import pytest

from bpmn.convert import read_table
from bpmn.findings import Severity

FOLDER = Path("tests/files/badinput/office")
ROWS = list(csv.DictReader((FOLDER / "MANIFEST.csv").read_text(encoding="utf-8").splitlines()))
CONTENT = {"no-step-table"}
"""Codes about what a file lacks; they do not count where the manifest says accept."""


def code_of(family: str) -> str:
    return family.lower().replace("_", "-")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: Path(row["file"]).name)
def test_a_bad_file_meets_its_fate(row: dict[str, str]) -> None:
    path = FOLDER / Path(row["file"]).name

    findings = read_table(path.read_bytes(), path.suffix).findings

    codes = [finding.code for finding in findings if finding.code not in CONTENT]
    if row["expect"] == "reject":
        assert codes == [code_of(row["code"])]
        assert findings[0].reject
    elif row["expect"] == "warn":
        assert set(codes) == {code_of(row["code"])}
        assert {finding.severity for finding in findings if finding.code in codes} == {Severity.WARNING}
    else:
        assert codes == []


@pytest.mark.parametrize("row", [row for row in ROWS if row["locate"] != "file"], ids=lambda row: row["file"])
def test_a_finding_names_the_place(row: dict[str, str]) -> None:
    path = FOLDER / Path(row["file"]).name

    findings = read_table(path.read_bytes(), path.suffix).findings

    said = [str(value) for finding in findings for value in finding.facts.values()]
    assert row["locate"].removeprefix("sheet ") in said


@pytest.mark.parametrize("ending", ["doc", "xls", "docx", "xlsx"])
def test_an_old_file_is_told_how_to_be_saved(ending: str) -> None:
    old = (FOLDER / "old-doc.docx").read_bytes()

    assert [finding.code for finding in read_table(old, ending).findings] == ["office-old"]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.docx")), ids=lambda path: path.name)
def test_a_cut_or_flipped_file_never_raises(path: Path) -> None:
    data = path.read_bytes()[:5000]

    for at in range(0, len(data), max(len(data) // 7, 1)):
        broken = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        reading = read_table(broken, "docx")
        assert reading.table is None
        assert reading.findings
