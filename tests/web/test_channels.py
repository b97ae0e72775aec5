"""One file, every way to the gate: text, JSON, SARIF, API, draft, submission and page say the same of it."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from bpmn.rules.positions import RESOLVED
from procedures.demo.shipped import library
from tests.visitors import AUTHOR, Browser, Program, Website
from web.cli.main import run

XML = "application/xml"
Said = Counter[tuple[str, str, str | None, int | None]]
FAULTS = {
    b"<namro:responsibility>": b"<namro:note>",
    b"</namro:responsibility>": b"</namro:note>",
    b"</namro:procedure>": b'<namro:statedTotal text="9" value="9" unit="working_day"/></namro:procedure>',
    b'name="K\xc3\xbd': b'name="H\xe1\xbb\x93 s\xc6\xa1 k\xc3\xbd',
}
"""Responsibility, total and a name: an error with an element each, a warning, and one of the whole process."""


@pytest.fixture
def author(website: Website) -> Program:
    return website.program(AUTHOR)


@pytest.fixture
def draft(author: Program) -> dict[str, object]:
    """A faulty draft as the API says it was saved."""
    source = library("TCKH/QT-TCKH-01.bpmn")
    for was, now in FAULTS.items():
        source = source.replace(was, now)
    author.post("/procedures", {"code": "QT-MOI", "title": "Quy trình mới", "unit": "TCKH", "kind": "tthc"})
    saved = author.put("/procedures/QT-MOI/draft", data=source, content_type=XML)
    assert saved.status_code == 200, saved.text
    return dict(saved.json)


@pytest.fixture
def file(author: Program, draft: dict[str, object], tmp_path: Path) -> Path:
    """The draft as it is handed out."""
    file = tmp_path / "quy-trinh.bpmn"
    file.write_bytes(author.get("/procedures/QT-MOI/draft").data)
    return file


def told(rows: list[dict[str, object]]) -> Said:
    """What is said without a directory: who holds a position is known to the town alone."""
    keys = ("code", "severity", "element", "line")
    return Counter(tuple(row[key] for key in keys) for row in rows if row["code"] not in RESOLVED.codes)


def of_command(capsys: pytest.CaptureFixture[str], file: Path, form: str) -> str:
    capsys.readouterr()
    run(["check", str(file), "--format", form])
    return capsys.readouterr().out


def test_every_channel_says_the_same(
    author: Program, draft: dict[str, object], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    by_json = told(json.loads(of_command(capsys, file, "json"))["files"][0]["findings"])

    by_api = told(author.post("/check", data=file.read_bytes(), content_type=XML).json["files"][0]["findings"])
    submitted = author.post("/procedures/QT-MOI/submit")

    assert by_api == by_json
    assert told(draft["findings"]) == by_json
    assert submitted.status_code == 422
    assert told(submitted.json["findings"]) == by_json
    assert of_sarif(of_command(capsys, file, "sarif")) == by_json
    assert of_text(of_command(capsys, file, "text")) == Counter(
        (code, severity, line) for code, severity, _, line in by_json
    )
    assert {code for code, *_ in by_json} >= {"responsibility-missing", "total-mismatch", "name-not-verb"}


def of_sarif(text: str) -> Said:
    levels = {"error": "error", "warning": "warning", "note": "info"}
    results = json.loads(text)["runs"][0]["results"]
    return told([sarif_row(result, levels[result["level"]]) for result in results])


def sarif_row(result: dict[str, object], severity: str) -> dict[str, object]:
    (location,) = result["locations"]
    named = location.get("logicalLocations", [{}])[0].get("name")
    line = location["physicalLocation"].get("region", {}).get("startLine")
    return {"code": result["ruleId"], "severity": severity, "element": named, "line": line}


def of_text(text: str) -> Counter[tuple[str, str, int | None]]:
    found = re.findall(r"^\S+?\.bpmn(?::(\d+))?: (error|warning|info) ([a-z0-9-]+):", text, re.MULTILINE)
    return Counter((code, severity, int(line) if line else None) for line, severity, code in found)


def test_the_page_tells_every_finding(website: Website, draft: dict[str, object]) -> None:
    browser: Browser = website.browser(AUTHOR)

    page = browser.text("/quy-trinh/QT-MOI")

    rows = draft["findings"]
    assert isinstance(rows, list)
    errors = sum(row["severity"] == "error" for row in rows)
    assert f"Còn {errors} chỗ phải sửa trước khi trình" in page
    for row in rows:
        said = row["message"].split(": ", 1)[-1]
        assert said in page or Counter(each["code"] for each in rows)[row["code"]] > 2, row["code"]


def test_a_table_is_told_by_its_rows_everywhere(
    author: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = Path(__file__).parents[1] / "files" / "samples" / "05_giai_quyet_van_ban_den.yaml"
    file = tmp_path / sample.name
    file.write_bytes(re.sub(rb"\n  responsibility: [^\n]+", b"", sample.read_bytes(), count=2))

    by_json = told(json.loads(of_command(capsys, file, "json"))["files"][0]["findings"])
    answer = author.post("/check", data=file.read_bytes(), content_type="application/yaml")

    assert told(answer.json["files"][0]["findings"]) == by_json
    assert of_sarif(of_command(capsys, file, "sarif")) == by_json
    assert [row[2] for row in by_json if row[0] == "responsibility-missing"] == ["1", "2"]
