"""Where the steps stand in a file: in cases, in paragraphs, in tables within tables, in text boxes, in hidden rows."""

import io

import docx
import openpyxl

from bpmn.convert import TableReading, read_table
from bpmn.fiveclear import FiveClear
from offices.paper import Paper
from offices.word import as_word

HEADER = ["TT", "Nội dung công việc", "Người thực hiện", "Thời gian"]


def paper(*tasks: str) -> Paper:
    return Paper([HEADER, *([str(at), task, "Văn thư", "1 ngày"] for at, task in enumerate(tasks, start=1))])


def table_of(reading: TableReading) -> FiveClear:
    assert reading.table is not None
    return reading.table


def test_of_two_cases_the_first_is_read_and_the_other_named_with_its_title() -> None:
    first = paper("Tiếp nhận hồ sơ", "Trả kết quả")
    first.before = ["QUY TRÌNH A", "a) Trường hợp thông thường"]
    data = as_word(first, second=("b) Trường hợp phải xác minh", paper("Xác minh hồ sơ", "Trả lời", "Lưu hồ sơ")))

    reading = read_table(data, "docx")
    other = read_table(data, "docx", table=2)

    assert [step.name for step in table_of(reading).steps] == ["Tiếp nhận hồ sơ", "Trả kết quả"]
    named = next(finding for finding in reading.findings if finding.code == "more-tables")
    assert named.facts["others"] == ["b) Trường hợp phải xác minh"]
    assert named.facts["tables"] == [3]
    assert [step.name for step in table_of(other).steps] == ["Xác minh hồ sơ", "Trả lời", "Lưu hồ sơ"]
    assert "Xác minh hồ sơ" not in str(table_of(reading).extra)


def test_a_table_that_only_places_things_is_looked_through() -> None:
    inside = paper("Tiếp nhận hồ sơ", "Thẩm định hồ sơ", "Trả kết quả")
    inside.before = ["QUY TRÌNH A"]

    table = table_of(read_table(as_word(inside, nested=True), "docx"))

    assert table.title == "A"
    assert len(table.steps) == 3


def test_what_stands_in_a_text_box_is_kept() -> None:
    boxed = paper("Tiếp nhận hồ sơ")
    boxed.before = ["QUY TRÌNH A"]

    reading = read_table(as_word(boxed, boxes=("Lưu hành nội bộ",)), "docx")

    assert "Lưu hành nội bộ" in str(table_of(reading).extra["notes"])
    assert [finding.code for finding in reading.findings] == ["text-box"]


def test_steps_in_paragraphs_are_read_with_their_total() -> None:
    document = docx.Document()
    for text in (
        "QUY TRÌNH TIẾP CÔNG DÂN",
        "1. Tiếp nhận đơn. Người thực hiện: CC TCD; Thời gian: 0,5 ngày làm việc. Kết quả: Sổ tiếp nhận",
        "2. Xử lý đơn",
        "Người thực hiện: Chuyên viên",
        "Thời gian: 02 ngày làm việc",
        "Không đồng ý: trả lại bước 1",
        "Tổng thời gian: 2,5 ngày làm việc",
        "Nơi nhận: như trên",
    ):
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)

    reading = read_table(stream.getvalue(), "docx")

    table = table_of(reading)
    assert [(step.name, step.output) for step in table.steps] == [
        ("Tiếp nhận đơn", "Sổ tiếp nhận"),
        ("Xử lý đơn", None),
    ]
    assert [(way.at, way.goto) for way in table.branches] == [("2", "1")]
    assert table.stated_total == {"text": "2,5 ngày làm việc", "value": 2.5, "unit": "working_day"}
    assert [finding.code for finding in reading.findings] == ["steps-in-text"]


def test_paragraphs_that_tell_no_steps_are_no_table() -> None:
    document = docx.Document()
    for text in ("1. Mục đích", "Quy định trình tự", "2. Phạm vi", "Áp dụng cho cơ quan"):
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)

    assert [finding.code for finding in read_table(stream.getvalue(), "docx").findings] == ["no-step-table"]


def test_a_hidden_row_is_read_and_reported() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in paper("Tiếp nhận hồ sơ", "Trả kết quả").rows:
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    stream = io.BytesIO()
    book.save(stream)

    reading = read_table(stream.getvalue(), "xlsx")

    assert len(table_of(reading).steps) == 2
    assert [(finding.code, finding.facts["cell"]) for finding in reading.findings] == [("row-hidden", "A3")]
