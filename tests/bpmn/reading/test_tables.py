"""Shapes and traps of published tables, each as the smallest grid that shows it."""

import importlib.util
import re
import string
from pathlib import Path
from types import ModuleType

from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.convert import Column, TableMapping, write_yaml
from bpmn.fiveclear import FiveClear, TimeUnit
from bpmn.folding import search_key
from bpmn.reading.leftovers import UNDERSTOOD
from bpmn.reading.performers import spelled
from bpmn.table.reading import TableReading


def load_grids() -> ModuleType:
    spec = importlib.util.spec_from_file_location("grids", Path(__file__).with_name("grids.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


grids = load_grids()
HEADER = ["TT", "Nội dung công việc", "Người thực hiện", "Thời gian"]


def table_of(reading: TableReading) -> FiveClear:
    assert reading.table is not None
    return reading.table


def numbers(reading: TableReading) -> list[str]:
    return [step.step_no for step in table_of(reading).steps]


def units(reading: TableReading) -> list[tuple[TimeUnit, str]]:
    return [(step.duration.unit, str(step.duration.value)) for step in table_of(reading).steps if step.duration]


def codes(reading: TableReading) -> list[str]:
    return [finding.code for finding in reading.findings]


def test_numbering_that_restarts_carries_its_section() -> None:
    rows = [HEADER, ["I", "CẤP XÃ", "", ""], ["1", "Tiếp nhận hồ sơ", "Công chức", "1 ngày"]]
    rows += [["III", "CẤP HUYỆN", "", ""], ["1", "Thẩm định; không đạt: chuyển lại bước 1", "Chuyên viên", "2 ngày"]]

    reading = grids.read(rows)

    assert numbers(reading) == ["I.1", "III.1"]
    assert [step.phase for step in table_of(reading).steps] == ["I CẤP XÃ", "III CẤP HUYỆN"]
    assert [(way.at, way.goto) for way in table_of(reading).branches] == [("III.1", "III.1")]
    assert codes(reading) == ["section-gap"]


def test_one_time_merged_over_steps_is_shared_and_not_multiplied() -> None:
    rows = [HEADER, ["5", "Việc thứ nhất", "Chuyên viên", "01 ngày làm việc"], ["6", "Việc thứ hai", "A", "07 ngày"]]
    rows += [["7", "Việc thứ ba", "B", ""], ["8", "Việc thứ tư", "C", ""]]

    reading = grids.read(rows, merges=[(2, 3, 4, 3)])

    assert units(reading) == [(TimeUnit.WORKING_DAY, "1"), *[(TimeUnit.SHARED, "7")] * 3]
    blocks = {step.duration.shared_block for step in table_of(reading).steps[1:] if step.duration}
    assert blocks == {"6-8"}


def test_three_performers_with_three_times_are_three_steps() -> None:
    rows = [
        HEADER,
        ["2", "Thẩm định hồ sơ", "Lãnh đạo phòng\nChuyên viên\nLãnh đạo phòng", "0,5 ngày\n02 ngày\n0,5 ngày"],
    ]

    reading = grids.read(rows)

    assert numbers(reading) == ["2.1", "2.2", "2.3"]
    assert [step.performer.position for step in table_of(reading).steps if step.performer][1] == "Chuyên viên"
    assert [value for _, value in units(reading)] == ["1/2", "2", "1/2"]


def test_a_time_in_other_words_is_no_second_time() -> None:
    reading = grids.read([HEADER, ["1", "Thẩm định hồ sơ", "Trưởng phòng\nPhó Trưởng phòng", "02 ngày\n(16 giờ)"]])

    assert numbers(reading) == ["1"]


def test_the_unit_of_the_header_holds_for_bare_numbers() -> None:
    header = [*HEADER[:3], "Thời hạn (ĐVT: ngày làm việc)"]

    reading = grids.read([header, ["1", "Tiếp nhận hồ sơ", "Công chức", "0,5"], ["2", "Thẩm định hồ sơ", "nt", "3"]])

    assert units(reading) == [(TimeUnit.WORKING_DAY, "1/2"), (TimeUnit.WORKING_DAY, "3")]
    assert table_of(reading).steps[1].performer == table_of(reading).steps[0].performer


def test_a_bare_day_is_a_calendar_day_unless_the_table_counts_in_working_time() -> None:
    rows = [
        HEADER,
        ["1", "Tiếp nhận hồ sơ", "Công chức", "01 ngày"],
        ["2", "Thẩm định hồ sơ", "Chuyên viên", "02 ngày"],
    ]

    alone = grids.read(rows)
    beside = grids.read([*rows, ["", "Tổng thời gian", "", "03 ngày làm việc"]])

    assert units(alone)[0] == (TimeUnit.CALENDAR_DAY, "1")
    assert units(beside)[0] == (TimeUnit.WORKING_DAY, "1")


def test_a_task_that_begins_like_a_total_is_a_step() -> None:
    reading = grids.read(
        [HEADER, ["5", "Tổng hợp, dự thảo giấy phép", "Chuyên viên", "02 ngày"], ["", "Tổng", "", "2 ngày"]]
    )

    assert numbers(reading) == ["5"]
    assert table_of(reading).stated_total == {"text": "2 ngày", "value": 2, "unit": "calendar_day"}


def test_a_person_gets_the_position_that_an_earlier_cell_gave() -> None:
    rows = [HEADER, ["1", "Tiếp nhận hồ sơ", "CC TCD: đ/c B", "1 ngày"], ["2", "Trả lại hồ sơ", "đ/c B", "1 ngày"]]

    steps = table_of(grids.read(rows)).steps

    assert [(step.performer.position, step.performer.person) for step in steps if step.performer] == [
        ("Công chức TCD", "B"),
        ("Công chức TCD", "B"),
    ]


def test_a_person_whom_nobody_introduced_is_reported() -> None:
    assert codes(grids.read([HEADER, ["1", "Tiếp nhận hồ sơ", "đ/c B", "1 ngày"]])) == ["person-without-position"]


def test_a_reference_to_a_step_that_is_not_there_is_reported_with_its_cell() -> None:
    reading = grids.read([HEADER, ["1", "Thẩm định, nếu không đạt thì theo bước B9", "Chuyên viên", "1 ngày"]])

    assert [(finding.code, finding.facts["cell"]) for finding in reading.findings] == [("branch-dangling", "B2")]
    assert [way.goto for way in table_of(reading).branches] == ["9"]


def test_an_unknown_column_stays_as_a_note() -> None:
    reading = grids.read([[*HEADER, "Phí"], ["1", "Nộp hồ sơ tại quầy", "Công chức", "1 ngày", "100.000"]])

    assert table_of(reading).steps[0].note == "Phí: 100.000"
    assert codes(reading) == ["column-unknown"]


def test_two_row_headers_and_a_column_of_helpers() -> None:
    rows = [["TT", "Nội dung", "Tổ chức thực hiện", "", "Thời gian"], ["", "", "Chủ trì", "Phối hợp", ""]]
    rows += [["1", "Soạn thảo văn bản", "Phòng Nội vụ", "Phòng Tư pháp; Văn phòng", "3 ngày"]]

    reading = grids.read(rows, merges=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4)])

    assert [performer.position for performer in table_of(reading).steps[0].co_performers] == [
        "Phòng Tư pháp",
        "Văn phòng",
    ]
    assert reading.mapping is not None
    assert reading.mapping.header_rows == (0, 1)


def test_a_line_that_only_heads_others_is_no_step() -> None:
    rows = [HEADER, ["6", "Xử lý", "", ""], ["6.1", "Dự thảo văn bản", "Chuyên viên", "2 ngày"]]
    rows += [["6.2", "Góp ý văn bản", "Phòng A", "1 ngày"], ["7", "Ký. Không đồng ý: trả bước 6", "Chủ tịch", "1 ngày"]]

    reading = grids.read(rows)

    assert numbers(reading) == ["6.1", "6.2", "7"]
    assert table_of(reading).branches[0].goto == "6.1"


def test_a_corrected_mapping_is_applied() -> None:
    rows = [["A", "B", "C"], ["Tiếp nhận hồ sơ", "Công chức", "3"], ["Trả kết quả", "Văn thư", "1"]]

    mapping = TableMapping(
        0,
        (Column(0, "A", "name", 1), Column(1, "B", "performer", 1), Column(2, "C", "duration", 1)),
        (0,),
        TimeUnit.WORKING_HOUR,
    )
    file = grids.OfficeFile((grids.grid_of(rows),))

    reading = grids.read_blocks(file, mapping=mapping)

    assert units(reading) == [(TimeUnit.WORKING_HOUR, "3"), (TimeUnit.WORKING_HOUR, "1")]


def test_a_file_without_a_step_table_says_so() -> None:
    assert codes(grids.read([["Họ tên", "Năm sinh"], ["A", "1990"]])) == ["no-step-table"]


cells = st.one_of(
    st.sampled_from(
        ["", "nt", "1", "Bước 2", "I", "½ ngày", "03 ngày", "4.1. Việc", "đ/c B", "Tổng", "Không đạt: trả B1"]
    ),
    st.text(string.ascii_letters + " .:;-()\n/ăâđêôơư0123456789", max_size=30),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(cells, min_size=5, max_size=5), min_size=1, max_size=6), st.booleans())
def test_whatever_stands_in_the_cells_nothing_raises_and_no_word_vanishes(rows: list[list[str]], merged: bool) -> None:
    body = [[text.strip() for text in row] for row in rows]
    merges = [(1, 3, len(body), 3)] if merged and len(body) > 1 else []

    reading = grids.read([[*HEADER, "Ghi chú"], *body], merges=merges)

    if reading.table is None:
        return
    kept = words(write_yaml(reading.table).decode())
    grid = grids.grid_of([[*HEADER, "Ghi chú"], *body], merges)
    for cell in grid.cells:
        if cell.row > 0 and not DITTO.fullmatch(cell.text):
            assert words(spelled(cell.text)) - IDLE <= kept


IDLE = UNDERSTOOD
DITTO = re.compile(r"[-\s]*nt[-\s.]*")


def words(text: str) -> set[str]:
    """The words of a text without marks, numbers left out: they are understood, not copied."""
    return set(re.findall(r"[^\W\d_]{2,}", search_key(text.replace("\\n", " "))))
