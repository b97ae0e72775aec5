"""Table → BPMN → table is the identity."""

import json
import unicodedata
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from lxml import etree

from bpmn.convert import bpmn_to_table, read_yaml, table_to_bpmn, write_yaml
from bpmn.document import read_document
from bpmn.fiveclear import Duration, FiveClear, Step, TimeUnit
from bpmn.paths import path_times
from bpmn.table.plain import plain_table
from bpmn.table.project import project
from tests.bpmn.table.tables import tables

SAMPLES = sorted(Path("tests/files/samples").glob("*.yaml"))


def again(table: FiveClear) -> FiveClear:
    """The table after a way through BPMN, without the ids that it got there."""
    found = project(etree.fromstring(table_to_bpmn(table)))
    return replace(found, steps=tuple(replace(step, id=None) for step in found.steps))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:2])
def test_a_sample_comes_back_as_it_was(path: Path) -> None:
    table = read_yaml(path.read_bytes()).table
    assert table is not None

    assert again(table) == table
    assert write_yaml(again(table)) == write_yaml(table)


@settings(max_examples=30, deadline=None)
@given(tables())
def test_any_table_comes_back_as_it_was(table: FiveClear) -> None:
    assert again(table) == table


@settings(max_examples=25, deadline=None)
@given(tables())
def test_ids_stay_once_they_are_given(table: FiveClear) -> None:
    once = project(etree.fromstring(table_to_bpmn(table)))

    assert project(etree.fromstring(table_to_bpmn(once))) == once


@settings(max_examples=25, deadline=None)
@given(tables())
def test_any_table_can_be_written_and_read_as_yaml(table: FiveClear) -> None:
    found = read_yaml(write_yaml(table)).table

    assert found is not None
    assert json.loads(json.dumps(plain_table(found))) == json.loads(json.dumps(normal(plain_table(table))))


def normal(values: object) -> object:
    """Plain values with all texts NFC, as reading makes them."""
    from_json: object = json.loads(unicodedata.normalize("NFC", json.dumps(values, ensure_ascii=False)))
    return from_json


def test_fractions_are_exact() -> None:
    table = FiveClear("t", (Step("1", "a", duration=Duration("1/3 ngày", TimeUnit.WORKING_DAY, Fraction(1, 3))),))

    assert again(table) == table


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:2])
def test_a_sample_is_a_document_without_findings_and_with_the_stated_path(path: Path) -> None:
    table = read_yaml(path.read_bytes()).table
    assert table is not None

    reading = read_document(table_to_bpmn(table))

    assert reading.findings == ()
    assert reading.document is not None
    assert bpmn_to_table(reading.document).branches == table.branches
    times = path_times(next(iter(reading.document.processes.values())))
    totals = yaml.safe_load(path.read_text(encoding="utf-8"))["computed_totals"]
    if totals["path_calendar_days"]:
        assert times.path_days == totals["path_calendar_days"]
    else:
        assert times.path_minutes == totals["path_working_hours"] * 60
