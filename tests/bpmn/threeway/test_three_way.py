"""What two people made of one document comes together, and what they disagree about is told."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.convert import bpmn_to_table, merge_table, read_yaml, table_to_bpmn
from bpmn.document import Document, read_document
from bpmn.fiveclear import Branch, FiveClear, Step
from bpmn.table.settle import nameless
from bpmn.threeway import three_way
from bpmn.threeway.parts import content
from tests.bpmn.table.tables import edits, tables

SAMPLES = sorted(Path("tests/files/samples").glob("*.yaml"))


def opened(data: bytes) -> Document:
    reading = read_document(data)
    assert reading.document is not None, reading.findings
    return reading.document


def sample(number: int = 4) -> Document:
    table = read_yaml(SAMPLES[number - 1].read_bytes()).table
    assert table is not None
    return opened(table_to_bpmn(table))


def said(document: Document) -> str:
    return content(document.root)


def with_step(document: Document, row: int, change: Callable[[Step], Step]) -> Document:
    table = bpmn_to_table(document)
    steps = [change(step) if at == row else step for at, step in enumerate(table.steps)]
    return opened(merge_table(document, replace(table, steps=tuple(steps))))


@settings(max_examples=12, deadline=None)
@given(tables(), st.data())
def test_whoever_changed_nothing_gets_what_the_other_made(table: FiveClear, data: st.DataObject) -> None:
    base = opened(table_to_bpmn(table))
    changed = opened(merge_table(base, data.draw(edits(bpmn_to_table(base)))))

    forward, backward = three_way(base, changed, base), three_way(base, base, changed)

    assert said(opened(forward.source)) == said(opened(backward.source)) == said(changed)
    assert not forward.conflicts
    assert not backward.conflicts


@settings(max_examples=12, deadline=None)
@given(tables(), st.data())
def test_undoing_the_last_change_gives_back_the_document_before_it(table: FiveClear, data: st.DataObject) -> None:
    before = opened(table_to_bpmn(table))
    after = opened(merge_table(before, data.draw(edits(bpmn_to_table(before)))))

    undone = three_way(after, before, after)

    assert said(opened(undone.source)) == said(before)


@pytest.mark.parametrize("number", range(1, 9))
def test_changes_of_different_rows_come_together(number: int) -> None:
    base = sample(number)
    mine = with_step(base, 0, lambda step: replace(step, responsibility="Tôi chịu trách nhiệm"))
    theirs = with_step(base, 1, lambda step: replace(step, name="Kiểm tra lại hồ sơ", output="Phiếu kiểm tra"))

    merged = three_way(base, mine, theirs)

    first, second = bpmn_to_table(opened(merged.source)).steps[:2]
    assert first.responsibility == "Tôi chịu trách nhiệm"
    assert (second.name, second.output) == ("Kiểm tra lại hồ sơ", "Phiếu kiểm tra")
    assert not merged.conflicts


def test_changes_of_different_fields_of_one_row_come_together() -> None:
    base = sample()
    mine = with_step(base, 2, lambda step: replace(step, responsibility="Tôi chịu trách nhiệm"))
    theirs = with_step(base, 2, lambda step: replace(step, name="Thẩm tra hồ sơ", note="theo mẫu mới"))

    merged = three_way(base, mine, theirs)

    step = bpmn_to_table(opened(merged.source)).steps[2]
    assert (step.name, step.responsibility, step.note) == ("Thẩm tra hồ sơ", "Tôi chịu trách nhiệm", "theo mẫu mới")
    assert not merged.conflicts


def test_one_place_changed_twice_keeps_theirs_and_tells() -> None:
    base = sample()
    mine = with_step(base, 2, lambda step: replace(step, name="Xem hồ sơ"))
    theirs = with_step(base, 2, lambda step: replace(step, name="Thẩm tra hồ sơ"))

    merged = three_way(base, mine, theirs)

    (conflict,) = merged.conflicts
    step = bpmn_to_table(opened(merged.source)).steps[2]
    assert step.name == "Thẩm tra hồ sơ"
    assert (conflict.element, conflict.place, conflict.mine, conflict.theirs) == (
        step.id,
        "name",
        "Xem hồ sơ",
        "Thẩm tra hồ sơ",
    )


def test_a_row_that_one_removed_and_the_other_changed_stays_and_is_told() -> None:
    base = sample()
    table = bpmn_to_table(base)
    removed = opened(merge_table(base, replace(table, steps=(*table.steps[:2], *table.steps[3:]))))
    changed = with_step(base, 2, lambda step: replace(step, responsibility="Tôi chịu trách nhiệm"))

    for mine, theirs in ((removed, changed), (changed, removed)):
        merged = three_way(base, mine, theirs)

        kept = [
            step.responsibility for step in bpmn_to_table(opened(merged.source)).steps if step.id == table.steps[2].id
        ]
        assert kept == ["Tôi chịu trách nhiệm"]
        assert table.steps[2].id in {conflict.element for conflict in merged.conflicts}


def test_two_added_branches_and_a_renamed_row_come_together() -> None:
    base = sample()
    table = bpmn_to_table(base)
    first, second = table.steps[0], table.steps[1]
    branch = Branch(second.step_no, "hồ sơ thất lạc", first.step_no)
    mine = opened(merge_table(base, replace(table, branches=(*table.branches, branch))))
    theirs = with_step(base, 0, lambda step: replace(step, name="Nhận hồ sơ"))

    merged = bpmn_to_table(opened(three_way(base, mine, theirs).source))

    assert merged.steps[0].name == "Nhận hồ sơ"
    assert [each.condition for each in merged.branches if each.at == second.step_no][-1:] == ["hồ sơ thất lạc"]


@settings(max_examples=12, deadline=None)
@given(tables(), st.data())
def test_nothing_that_one_of_them_wrote_vanishes_in_silence(table: FiveClear, data: st.DataObject) -> None:
    base = opened(table_to_bpmn(table))
    mine, theirs = (opened(merge_table(base, data.draw(edits(bpmn_to_table(base))))) for _ in range(2))

    merged = three_way(base, mine, theirs)

    reading = read_document(merged.source)
    if reading.document is not None and not merged.conflicts:
        names = {step.name for step in bpmn_to_table(reading.document).steps}
        for side in (mine, theirs):
            fresh = {step.name for step in bpmn_to_table(side).steps} - {
                step.name for step in nameless(bpmn_to_table(base)).steps
            }
            assert fresh <= names
