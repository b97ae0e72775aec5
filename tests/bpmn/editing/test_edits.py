"""A person edits cells, rows and ways of the table; what he did not touch stays as it is."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.convert import bpmn_to_table, merge_table, read_yaml, table_to_bpmn
from bpmn.document import read_document
from bpmn.editing import (
    FIELDS,
    HEAD_FIELDS,
    AddRow,
    Edit,
    JoinRows,
    MoveRow,
    RemoveRow,
    RemoveWay,
    SetField,
    SetHead,
    SetWay,
    SplitRow,
    edited,
    field_text,
    head_text,
)
from bpmn.errors import EditError
from bpmn.fiveclear import Branch, Duration, FiveClear, Performer, Step, TimeUnit
from bpmn.table.settle import nameless
from tests.bpmn.table.tables import texts

SAMPLES = sorted(Path("tests/files/samples").glob("*.yaml"))


def table(*names: str, branches: Sequence[Branch] = ()) -> FiveClear:
    """A table of rows 1, 2, 3 … with the ids `row_1`, `row_2` …"""
    rows = tuple(Step(str(at), name, id=f"row_{at}") for at, name in enumerate(names, 1))
    return FiveClear("Quy trình thử", rows, tuple(branches))


def sample(path: Path) -> FiveClear:
    found = read_yaml(path.read_bytes()).table
    assert found is not None
    document = read_document(table_to_bpmn(found)).document
    assert document is not None
    return bpmn_to_table(document)


def ways(found: FiveClear) -> list[tuple[str, str, str]]:
    return [(way.at, way.condition, way.goto) for way in found.branches]


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("name", "Thẩm định hồ sơ", "Thẩm định hồ sơ"),
        ("position", "Chuyên viên", "Chuyên viên"),
        ("performer", "Chuyên viên phối hợp với Văn thư", "Chuyên viên\nVăn thư"),
        ("co", "Văn thư - Văn phòng\nKế toán", "Văn thư - Văn phòng\nKế toán"),
        ("time", "2 ngày làm việc", "2 ngày làm việc"),
        ("time", "Không tính", "không tính thời gian"),
        ("forms", "Mẫu 01\n\n Mẫu 02", "Mẫu 01\nMẫu 02"),
        ("optional", "x", "x"),
        ("responsibility", "Chịu trách nhiệm về kết quả", "Chịu trách nhiệm về kết quả"),
    ],
)
def test_a_written_cell_says_what_was_written(field: str, value: str, shown: str) -> None:
    found = edited(table("Nhận"), [SetField("row_1", field, value)])

    assert field_text(found.steps[0], field) == shown


@pytest.mark.parametrize("field", sorted(set(FIELDS) - {"unit"}))
def test_an_empty_text_clears_a_cell(field: str) -> None:
    full = Step(
        "1",
        "Nhận",
        id="row_1",
        performer=Performer("Chuyên viên", "Phòng A"),
        co_performers=(Performer("Văn thư"),),
        duration=Duration("1 giờ", TimeUnit.WORKING_HOUR, Fraction(1)),
        forms=("Mẫu 01",),
        optional=True,
    )

    found = edited(FiveClear("Quy trình", (full,)), [SetField("row_1", field, "")])

    assert field_text(found.steps[0], field) == ""


def test_a_time_is_understood_and_keeps_its_words() -> None:
    (step,) = edited(table("Nhận"), [SetField("row_1", "time", "½ ngày làm việc")]).steps

    assert step.duration == Duration("½ ngày làm việc", TimeUnit.WORKING_DAY, Fraction(1, 2))


def test_a_bare_number_counts_in_the_days_of_the_table() -> None:
    calendar = Duration("3 ngày", TimeUnit.CALENDAR_DAY, Fraction(3))
    rows = (Step("1", "Nhận", id="row_1", duration=calendar), Step("2", "Trả", id="row_2"))

    found = edited(FiveClear("Quy trình", rows), [SetField("row_2", "time", "2")])

    assert found.steps[1].duration == Duration("2", TimeUnit.CALENDAR_DAY, Fraction(2))


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (SetField("row_1", "time", "mau mau"), "time-not-understood"),
        (SetField("row_9", "name", "Nhận"), "row-unknown"),
        (SetField("row_1", "colour", "đỏ"), "field-unknown"),
        (SetHead("colour", "đỏ"), "field-unknown"),
        (SetHead("statutory_limit", "sớm nhất"), "time-not-understood"),
        (RemoveRow("row_9"), "row-unknown"),
        (MoveRow("row_1", "row_9"), "row-unknown"),
        (SplitRow("row_1", " "), "name-missing"),
        (JoinRows("row_2"), "row-last"),
        (SetWay("row_1", "", "row_2"), "condition-missing"),
        (SetWay("row_1", "thiếu", "row_9"), "goto-unknown"),
        (SetWay("row_1", "thiếu", "row_2", at=4), "way-unknown"),
        (RemoveWay("row_1", 0), "way-unknown"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_reason(edit: Edit, code: str) -> None:
    with pytest.raises(EditError) as refused:
        edited(table("Nhận", "Trả"), [edit])

    assert refused.value.code == code
    assert refused.value.facts["edit"] == 0


def test_rows_numbered_one_two_three_are_numbered_again_and_ways_follow() -> None:
    before = table("Nhận", "Thẩm định", "Trả", branches=[Branch("2", "thiếu", "1"), Branch("2", "đủ", "3")])

    found = edited(before, [AddRow("row_1", {"name": "Ghi sổ"})])

    assert [(step.step_no, step.name) for step in found.steps] == [
        ("1", "Nhận"),
        ("2", "Ghi sổ"),
        ("3", "Thẩm định"),
        ("4", "Trả"),
    ]
    assert ways(found) == [("3", "thiếu", "1"), ("3", "đủ", "4")]


def test_in_any_other_numbering_a_new_row_takes_a_letter_and_the_others_stay() -> None:
    rows = (Step("I.1", "Nhận", id="row_1"), Step("I.2", "Chuyển", id="row_2"), Step("II.1", "Trả", id="row_3"))

    found = edited(FiveClear("Quy trình", rows), [AddRow("row_2", {"name": "Ghi sổ"}), AddRow("row_2")])

    assert [step.step_no for step in found.steps] == ["I.1", "I.2", "I.2b", "I.2a", "II.1"]


def test_a_way_to_a_removed_row_leads_to_the_one_behind_it() -> None:
    before = table("Nhận", "Thẩm định", "Ký", branches=[Branch("3", "sai", "2"), Branch("2", "thiếu", "1")])

    found = edited(before, [RemoveRow("row_2")])

    assert [step.name for step in found.steps] == ["Nhận", "Ký"]
    assert ways(found) == [("2", "sai", "2")]


def test_a_way_to_the_removed_last_row_leads_to_the_end() -> None:
    found = edited(table("Nhận", "Trả", branches=[Branch("1", "xong", "2")]), [RemoveRow("row_2")])

    assert ways(found) == [("1", "xong", "end_1")]


def test_a_moved_row_takes_its_ways_along() -> None:
    before = table("Nhận", "Thẩm định", "Ký", branches=[Branch("2", "thiếu", "1")])

    found = edited(before, [MoveRow("row_2", "row_3")])

    assert [step.id for step in found.steps] == ["row_1", "row_3", "row_2"]
    assert ways(found) == [("3", "thiếu", "1")]


def test_a_row_is_split_and_decides_behind() -> None:
    before = table("Nhận và xét", "Trả", branches=[Branch("1", "thiếu", "2")])
    before = edited(before, [SetField("row_1", "position", "Chuyên viên"), SetField("row_1", "time", "4 giờ")])

    found = edited(before, [SplitRow("row_1", "Xét hồ sơ"), SetField("row_1", "name", "Nhận hồ sơ")])

    first, second, _ = found.steps
    assert (first.name, first.id, second.name) == ("Nhận hồ sơ", "row_1", "Xét hồ sơ")
    assert second.performer == Performer("Chuyên viên")
    assert first.duration is not None
    assert second.duration is None
    assert ways(found) == [("2", "thiếu", "3")]


def test_two_rows_are_joined_and_their_times_added() -> None:
    hours = Duration("4 giờ", TimeUnit.WORKING_HOUR, Fraction(4))
    day = Duration("1 ngày làm việc", TimeUnit.WORKING_DAY, Fraction(1))
    before = table("Nhận", "Xét", "Trả", branches=[Branch("2", "thiếu", "1")])
    rows = (
        replace(before.steps[0], duration=hours, performer=Performer("Văn thư")),
        replace(before.steps[1], duration=day, performer=Performer("Chuyên viên")),
        before.steps[2],
    )

    found = edited(replace(before, steps=rows), [JoinRows("row_1")])

    whole = found.steps[0]
    assert (whole.id, whole.name, len(found.steps)) == ("row_1", "Nhận; Xét", 2)
    assert whole.duration == Duration("4 giờ + 1 ngày làm việc", TimeUnit.WORKING_HOUR, Fraction(12))
    assert (whole.performer, whole.co_performers) == (Performer("Văn thư"), (Performer("Chuyên viên"),))
    assert ways(found) == [("1", "thiếu", "1")]


def test_ways_are_added_changed_and_taken_out() -> None:
    found = edited(
        table("Nhận", "Xét", "Trả"),
        [
            SetWay("row_2", "thiếu", "row_1"),
            SetWay("row_2", "không đạt", "end_rejected", clock="stop"),
            SetWay("row_2", "thiếu hồ sơ", "wait_citizen", at=0),
        ],
    )

    assert ways(found) == [("2", "thiếu hồ sơ", "wait_citizen"), ("2", "không đạt", "end_rejected")]
    assert ways(edited(found, [RemoveWay("row_2", 0)])) == [("2", "không đạt", "end_rejected")]


@pytest.mark.parametrize("goto", ["end_returned", "end_withdrawn", "end_excluded", "call:QT-02"])
def test_the_condition_of_a_way_to_any_ending_can_be_written_anew(goto: str) -> None:
    whole = replace(table("Nhận", "Xét"), branches=(Branch("1", "thiếu", goto),))

    assert ways(edited(whole, [SetWay("row_1", "thiếu giấy", goto, at=0)])) == [("1", "thiếu giấy", goto)]


def test_a_supporter_who_stays_keeps_his_responsibility() -> None:
    whole = Step("1", "Nhận", id="row_1", co_performers=(Performer("Văn thư", "Văn phòng", responsibility="Đóng dấu"),))

    found = edited(FiveClear("Quy trình", (whole,)), [SetField("row_1", "co", "Kế toán\nVăn thư - Văn phòng")])

    assert found.steps[0].co_performers == (Performer("Kế toán"), whole.co_performers[0])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:2])
def test_writing_what_already_stands_there_changes_nothing(path: Path) -> None:
    before = sample(path)

    cells = [SetField(step.id or "", name, field_text(step, name)) for step in before.steps for name in FIELDS]
    head = [SetHead(name, head_text(before, name)) for name in HEAD_FIELDS]

    assert edited(before, [*cells, *head]) == before


@st.composite
def any_edits(draw: st.DrawFn, before: FiveClear) -> Sequence[Edit]:
    rows = [step.id or "" for step in before.steps]
    row = st.sampled_from(rows)
    one = st.one_of(
        st.builds(SetField, row, st.sampled_from(sorted(set(FIELDS) - {"time", "type", "performer"})), texts),
        st.builds(
            SetField, row, st.just("time"), st.sampled_from(["2 giờ", "1,5 ngày làm việc", "3 ngày", "không tính"])
        ),
        st.builds(AddRow, st.none() | row, st.fixed_dictionaries({"name": texts})),
        st.builds(MoveRow, row, st.none() | row),
        st.builds(SplitRow, row, texts),
        st.builds(SetWay, row, texts, row | st.sampled_from(["end_rejected", "wait_citizen"])),
        st.builds(RemoveRow, row),
        st.builds(JoinRows, row),
    )
    return draw(st.lists(one, min_size=1, max_size=3))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:2])
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_every_edit_goes_into_the_document_as_it_is_shown(path: Path, data: st.DataObject) -> None:
    document = read_document(table_to_bpmn(sample(path))).document
    assert document is not None
    try:
        wanted = edited(bpmn_to_table(document), data.draw(any_edits(bpmn_to_table(document))))
    except EditError:
        return  # a row that an edit before it took out

    merged = read_document(merge_table(document, wanted)).document

    assert merged is not None
    assert nameless(bpmn_to_table(merged)) == nameless(wanted)
