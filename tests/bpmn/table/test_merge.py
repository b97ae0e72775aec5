"""An edited table goes back into its document, and what the table does not know stays."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.convert import bpmn_to_table, merge_table, read_yaml, table_to_bpmn
from bpmn.fiveclear import FiveClear
from tests.bpmn.table.merging import merged, opened
from tests.bpmn.table.tables import edits, tables

SAMPLES = sorted(Path("tests/files/samples").glob("*.yaml"))


def sample(path: Path) -> FiveClear:
    table = read_yaml(path.read_bytes()).table
    assert table is not None
    return table


@settings(max_examples=200, deadline=None)
@given(tables(), st.data())
def test_the_document_says_the_edited_table(table: FiveClear, data: st.DataObject) -> None:
    document = opened(table_to_bpmn(table))

    merged(document, data.draw(edits(bpmn_to_table(document))))


@settings(max_examples=60, deadline=None)
@given(tables(), tables())
def test_any_table_can_be_put_into_the_document_of_any_other(table: FiveClear, other: FiveClear) -> None:
    merged(opened(table_to_bpmn(table)), other)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:2])
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_samples_can_be_edited(path: Path, data: st.DataObject) -> None:
    document = opened(table_to_bpmn(sample(path)))

    merged(document, data.draw(edits(bpmn_to_table(document))))


@settings(max_examples=30, deadline=None)
@given(tables())
def test_a_table_put_back_as_it_is_changes_no_byte(table: FiveClear) -> None:
    document = opened(table_to_bpmn(table))

    assert merge_table(document, bpmn_to_table(document)) == document.serialised()
