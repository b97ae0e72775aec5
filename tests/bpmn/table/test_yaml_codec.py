"""`five-clear/1` in YAML and JSON."""

from pathlib import Path

import pytest
import yaml

from bpmn.convert import read_json, read_yaml, write_json, write_yaml
from bpmn.table.plain import DROPPED

SAMPLES = sorted(Path("tests/files/samples").glob("*.yaml"))
SMALLEST = "schema: five-clear/1\ntitle: Cấp giấy\nsteps:\n- step_no: '1'\n  name: Tiếp nhận\n"


def kept(values: object) -> object:
    """Plain values without the keys that the format drops."""
    if isinstance(values, dict):
        return {key: kept(value) for key, value in values.items() if key not in DROPPED}
    return [kept(value) for value in values] if isinstance(values, list) else values


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:2])
def test_yaml_keeps_every_key(path: Path) -> None:
    reading = read_yaml(path.read_bytes())

    assert reading.findings == ()
    assert reading.table is not None
    written = yaml.safe_load(write_yaml(reading.table))
    assert kept(written) == kept(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:2])
def test_json_holds_the_same_table(path: Path) -> None:
    table = read_yaml(path.read_bytes()).table
    assert table is not None

    assert read_json(write_json(table)).table == table


def test_a_step_number_is_a_text_however_it_looks() -> None:
    table = read_yaml(SMALLEST.replace("'1'", "4.10").encode()).table

    assert table is not None
    assert table.steps[0].step_no == "4.10"


def test_yes_and_times_are_texts() -> None:
    table = read_yaml((SMALLEST + "  output: no\nfee: 15:00\n").encode()).table

    assert table is not None
    assert table.steps[0].output == "no"
    assert table.extra["fee"] == "15:00"


def test_texts_become_composed() -> None:
    table = read_yaml(SMALLEST.replace("Cấp", "Cấp").encode()).table

    assert table is not None
    assert table.title == "Cấp giấy"


REFUSED = {
    "file-empty": ("  \n", None),
    "yaml-syntax": ("title: [1, 2\nsteps: 3", 2),
    "yaml-alias": ("a: &x 1\nb: *x\n", 2),
    "yaml-tag": ("a: !!python/object/apply:os.system ['true']\n", 1),
    "yaml-duplicate-key": ("title: a\ntitle: b\n", 2),
    "yaml-documents": (SMALLEST + "---\ntitle: b\n", 6),
    "yaml-key": ("? [a]\n: b\n", 1),
    "yaml-character": ("title: a\n\x00\n", 2),
    "limit-depth": ("a: " + "[" * 30 + "]" * 30, 1),
    "schema-unknown": (SMALLEST.replace("clear/1", "clear/9"), 1),
    "steps-missing": ("schema: five-clear/1\ntitle: a\nsteps: []\n", 3),
    "step-no-missing": (SMALLEST.replace("step_no: '1'", "output: x"), 4),
    "table-shape": ("- a\n- b\n", 1),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_is_no_table_is_refused_with_its_line(code: str) -> None:
    text, line = REFUSED[code]

    reading = read_yaml(text.encode())

    assert reading.table is None
    assert [(finding.code, finding.line) for finding in reading.findings if finding.reject] == [(code, line)]


DOUBTFUL = {
    "schema-missing": (SMALLEST.replace("schema: five-clear/1\n", ""), 1),
    "title-missing": (SMALLEST.replace("title: Cấp giấy\n", ""), 1),
    "step-number-repeated": (SMALLEST + "- step_no: '1'\n  name: Trả\n", 6),
    "time-unit-unknown": (SMALLEST + "  duration: {text: x, value: 1, unit: fortnight}\n", 6),
    "branch-dangling": (SMALLEST + "branches:\n- at: '1'\n  condition: thiếu\n  goto: '9'\n", 9),
    "clock-unknown": (SMALLEST + "branches:\n- {at: '1', condition: a, goto: '1', clock: slow}\n", 7),
    "branch-incomplete": (SMALLEST + "branches:\n- {at: '1', goto: '1'}\n", 7),
    "text-control": (SMALLEST + '  output: "a\\x01b"\n', 6),
}


@pytest.mark.parametrize("code", DOUBTFUL)
def test_what_is_doubtful_is_read_and_reported_with_its_line(code: str) -> None:
    text, line = DOUBTFUL[code]

    reading = read_yaml(text.encode())

    assert reading.table is not None
    assert [(finding.code, finding.line) for finding in reading.findings] == [(code, line)]


def test_json_faults_are_refused() -> None:
    deep = b"[" * 100_000 + b"]" * 100_000

    codes = [read_json(data).findings[0].code for data in (b'{"a": }', deep, b"\xff", b'{"steps": 1}')]

    assert codes == ["json-syntax", "limit-depth", "text-encoding", "schema-missing"]
