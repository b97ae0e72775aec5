"""The JSON Schema of `five-clear/1` accepts the samples and refuses what is no table."""

import json
from pathlib import Path

import jsonschema
import pytest

from bpmn.convert import read_table, read_yaml, write_json

SCHEMA = json.loads(Path("bpmn/schema/five-clear-1.json").read_text(encoding="utf-8"))
SAMPLES = sorted(Path("tests/files/samples").glob("*.yaml"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:2])
def test_every_sample_fits(path: Path) -> None:
    table = read_yaml(path.read_bytes()).table
    assert table is not None

    jsonschema.validate(json.loads(write_json(table)), SCHEMA)


def test_an_imported_table_fits() -> None:
    table = read_table(next(Path("tests/files/samples").glob("04*.docx")).read_bytes(), "docx").table
    assert table is not None

    jsonschema.validate(json.loads(write_json(table)), SCHEMA)


@pytest.mark.parametrize("fault", [{"steps": []}, {"schema": "five-clear/2"}, {"kind": "other"}])
def test_what_is_no_table_is_refused(fault: dict[str, object]) -> None:
    table = {"schema": "five-clear/1", "title": "a", "steps": [{"step_no": "1", "name": "b"}]}

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(table | fault, SCHEMA)
