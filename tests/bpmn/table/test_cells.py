"""Words in cells are written on their row alone: the flow is not looked at and the drawing not touched."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bpmn.convert import bpmn_to_table, merge_table, read_yaml, table_to_bpmn
from bpmn.document import Document
from bpmn.editing import SetField, edited
from bpmn.fiveclear import Branch, FiveClear
from bpmn.layout import is_drawn
from bpmn.table import merge
from bpmn.table.graph import SILENCE
from tests.bpmn.table.merging import merged, opened
from tests.bpmn.table.tables import tables

SAMPLE = Path("tests/files/samples/04_cap_phep_xay_dung_nha_o_rieng_le.yaml")
DRAWING = "{http://www.omg.org/spec/BPMN/20100524/DI}*"
LAYOUTS = ("is_drawn", "add_diagram", "place_missing")
TEXTS = ("output", "responsibility", "description", "note", "forms", "phase", "authority", "product", "co")
LONG = "Thẩm định hồ sơ, kiểm tra thực địa, lấy ý kiến các cơ quan liên quan và dự thảo văn bản trả lời tổ chức"


@pytest.fixture
def document() -> Document:
    """A procedure with a silence rule, as it was laid out."""
    table = read_yaml(SAMPLE.read_bytes()).table
    assert table is not None
    return opened(table_to_bpmn(table))


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The layouts that a merge asks for, by name."""
    asked: list[str] = []

    def noted(name: str) -> None:
        made = getattr(merge, name)
        monkeypatch.setattr(merge, name, lambda *args, **rest: (asked.append(name), made(*args, **rest))[1])

    for name in LAYOUTS:
        noted(name)
    return asked


def written(document: Document, field: str, value: str, row: int = 1) -> FiveClear:
    table = bpmn_to_table(document)
    return edited(table, [SetField(table.steps[row].id or "", field, value)])


def drawing(document: Document) -> list[bytes]:
    return [etree.tostring(shape, method="c14n", exclusive=True) for shape in document.root.iter(DRAWING)]


@pytest.mark.parametrize(("field", "value"), [*((name, "Chữ mới") for name in TEXTS), ("time", "3 ngày làm việc")])
def test_a_text_changes_neither_the_drawing_nor_another_element(
    document: Document, layouts: list[str], field: str, value: str
) -> None:
    table = written(document, field, value)

    after = merged(document, table)

    assert layouts == []
    assert drawing(after) == drawing(document)
    own = f"//*[@id='{table.steps[1].id}']"
    for each in (after, document):
        (element,) = each.root.xpath(own)
        element.getparent().remove(element)
    assert after.canonical() == document.canonical()


def test_a_name_that_fits_its_box_is_only_written(document: Document, layouts: list[str]) -> None:
    name = bpmn_to_table(document).steps[1].name

    after = merged(document, written(document, "name", name.swapcase()))

    assert (layouts, drawing(after)) == ([], drawing(document))


def test_a_name_that_needs_another_box_is_laid_out_unless_somebody_has_drawn(document: Document) -> None:
    by_hand = opened(document.serialised().replace(b'<dc:Bounds x="', b'<dc:Bounds x="1', 1))

    after, kept = (merged(each, written(each, "name", LONG)) for each in (document, by_hand))

    assert drawing(after) != drawing(document)
    assert not is_drawn(after.root)
    assert drawing(kept) == drawing(by_hand)


def test_a_time_that_a_timer_counts_is_told_to_the_timer(document: Document) -> None:
    table = bpmn_to_table(document)
    silent = next(branch for branch in table.branches if branch.note == SILENCE)
    row = next(at for at, step in enumerate(table.steps) if step.step_no == silent.at)

    after = merged(document, written(document, "time", "9 ngày làm việc", row))

    timers = after.root.findall(".//{*}timerEventDefinition//{*}time")
    assert "9" in {timer.get("value") for timer in timers}


def test_what_is_more_than_words_takes_the_longer_way(document: Document, layouts: list[str]) -> None:
    table = bpmn_to_table(document)
    way = Branch(table.steps[2].step_no, "thiếu giấy tờ", table.steps[0].step_no)

    merged(document, replace(table, branches=(*table.branches, way)))

    assert "is_drawn" in layouts


@settings(max_examples=25, deadline=None)
@given(tables(), st.data())
def test_the_short_way_writes_what_the_long_one_would(table: FiveClear, data: st.DataObject) -> None:
    document = opened(table_to_bpmn(table))
    row = data.draw(st.integers(0, len(table.steps) - 1))
    wanted = written(document, data.draw(st.sampled_from(TEXTS)), "Chữ mới", row)

    short = opened(merge_table(document, wanted))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merge, "worded", lambda *_: None)
        long = opened(merge_table(document, wanted))

    assert plain(short) == plain(long)


def plain(document: Document) -> bytes:
    """The document without the white space between its elements."""
    for element in document.root.iter():
        element.text = element.text if (element.text or "").strip() else None
        element.tail = None
    return document.canonical()
