"""An edited table goes back into its document, and what the table does not know stays."""

from collections.abc import Callable
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


FEW = settings(max_examples=30, deadline=None)
MANY = settings(max_examples=1500, deadline=None)


@given(tables(), st.data())
def put_back_edited(table: FiveClear, data: st.DataObject) -> None:
    document = opened(table_to_bpmn(table))

    merged(document, data.draw(edits(bpmn_to_table(document))))


@given(tables(), tables())
def put_into_another(table: FiveClear, other: FiveClear) -> None:
    merged(opened(table_to_bpmn(table)), other)


def test_the_document_says_the_edited_table() -> None:
    FEW(put_back_edited)()


def test_any_table_can_be_put_into_the_document_of_any_other() -> None:
    FEW(put_into_another)()


@pytest.mark.full
@pytest.mark.parametrize("law", [put_back_edited, put_into_another])
def test_many_tables_are_put_into_documents(law: Callable[[], None]) -> None:
    MANY(law)()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:2])
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_samples_can_be_edited(path: Path, data: st.DataObject) -> None:
    document = opened(table_to_bpmn(sample(path)))

    merged(document, data.draw(edits(bpmn_to_table(document))))


@settings(max_examples=15, deadline=None)
@given(tables())
def test_a_table_put_back_as_it_is_changes_no_byte(table: FiveClear) -> None:
    document = opened(table_to_bpmn(table))

    assert merge_table(document, bpmn_to_table(document)) == document.serialised()
