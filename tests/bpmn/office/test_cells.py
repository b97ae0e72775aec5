"""Traps in the cells of Word and Excel files."""

import io
import zipfile
from datetime import date, time

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Cell
from openpyxl.comments import Comment

from bpmn.convert import read_table
from bpmn.fiveclear import TimeUnit
from bpmn.table.reading import TableReading

HEADER = ["TT", "Nội dung công việc", "Người thực hiện", "Thời gian (ngày)"]


def excel(rows: list[list[object]], *, hide: str | None = None, comment: tuple[str, str] | None = None) -> TableReading:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    if hide:
        sheet.column_dimensions[hide].hidden = True
    if comment:
        sheet[comment[0]].comment = Comment(comment[1], "A")
    stream = io.BytesIO()
    book.save(stream)
    return read_table(stream.getvalue(), "xlsx")


def word(rows: list[list[str]], change: object = None) -> TableReading:
    document = docx.Document()
    grid = document.add_table(rows=len(rows), cols=len(rows[0]))
    for at, texts in enumerate(rows):
        for column, text in enumerate(texts):
            grid.cell(at, column).text = text
    if callable(change):
        change(grid)
    stream = io.BytesIO()
    document.save(stream)
    return read_table(stream.getvalue(), "docx")


def values(reading: TableReading) -> list[str]:
    assert reading.table is not None
    return [str(step.duration.value) for step in reading.table.steps if step.duration]


def test_a_half_that_excel_made_a_date_is_read_and_reported() -> None:
    reading = excel([HEADER, [1, "Tiếp nhận hồ sơ", "Văn thư", date(2021, 2, 1)], [2, "Trả lại hồ sơ", "Văn thư", 0.5]])

    assert values(reading) == ["1/2", "1/2"]
    found = [(finding.code, finding.facts["cell"]) for finding in reading.findings]
    assert found == [("excel-date", "D2")]


def test_sub_numbers_that_were_floats_are_numbers() -> None:
    rows = [[number, f"Việc thứ {number}", "Văn thư", 1] for number in (1, 1.1, 1.2)]

    reading = excel([HEADER, *rows])

    assert reading.table is not None
    assert [step.step_no for step in reading.table.steps] == ["1", "1.1", "1.2"]


def test_a_total_without_cached_value_states_nothing() -> None:
    reading = excel([HEADER, [1, "Tiếp nhận hồ sơ", "Văn thư", 1], ["", "Tổng", "", "=SUM(D2:D2)"]])

    assert reading.table is not None
    assert reading.table.stated_total is None
    assert [(finding.code, finding.facts["cell"]) for finding in reading.findings] == [("formula-without-value", "D3")]


def test_hidden_columns_and_comments_are_kept() -> None:
    rows: list[list[object]] = [[*HEADER, "Ghi chú"], [1, "Tiếp nhận hồ sơ", "Văn thư", 1, "xem sổ"]]

    reading = excel(rows, hide="E", comment=("B2", "hỏi lại"))

    assert reading.table is not None
    assert reading.table.steps[0].note == "xem sổ\n[hỏi lại]"
    assert "column-hidden" in [finding.code for finding in reading.findings]


def numbered(cell: _Cell) -> None:
    """Give a cell's paragraph the automatic number of the template's first list."""
    paragraph = cell.paragraphs[0]
    paragraph.style = "List Number"


def test_automatic_numbers_of_word_are_numbers() -> None:
    rows = [HEADER, ["", "Tiếp nhận hồ sơ", "Văn thư", "1"], ["", "Thẩm định hồ sơ", "Chuyên viên", "2"]]

    reading = word(rows, lambda grid: [numbered(grid.cell(row, 0)) for row in (1, 2)])

    assert reading.table is not None
    assert [step.step_no for step in reading.table.steps] == ["1", "2"]


def test_deleted_text_is_left_out_and_inserted_text_read() -> None:
    def change(grid: object) -> None:
        paragraph = grid.cell(1, 1).paragraphs[0]._p
        for kind, tag, text in (("w:del", "w:delText", " cũ"), ("w:ins", "w:t", " mới")):
            mark, run, piece = OxmlElement(kind), OxmlElement("w:r"), OxmlElement(tag)
            piece.text = text
            piece.set(qn("xml:space"), "preserve")
            run.append(piece)
            mark.append(run)
            paragraph.append(mark)

    reading = word([HEADER, ["1", "Tiếp nhận hồ sơ", "Văn thư", "1"]], change)

    assert reading.table is not None
    assert reading.table.steps[0].name == "Tiếp nhận hồ sơ mới"
    assert "tracked-changes" in [finding.code for finding in reading.findings]


def test_a_sheet_is_chosen_by_name_and_the_others_are_named() -> None:
    book = openpyxl.Workbook()
    for name, task in (("Một", "Tiếp nhận hồ sơ"), ("Hai", "Thẩm định hồ sơ")):
        sheet = book.create_sheet(name)
        sheet.append(HEADER)
        sheet.append([1, task, "Văn thư", 1])
    stream = io.BytesIO()
    book.save(stream)

    first = read_table(stream.getvalue(), "xlsx")
    second = read_table(stream.getvalue(), "xlsx", sheet="Hai")

    assert first.table is not None
    assert second.table is not None
    assert (first.table.steps[0].name, second.table.steps[0].name) == ("Tiếp nhận hồ sơ", "Thẩm định hồ sơ")
    assert [finding.code for finding in first.findings] == ["more-tables"]
    assert first.table.steps[0].duration is not None
    assert first.table.steps[0].duration.unit is TimeUnit.CALENDAR_DAY


def formatted(value: object, code: str) -> TableReading:
    """A sheet with one step whose time has a number format."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADER)
    sheet.append([1, "Tiếp nhận hồ sơ", "Văn thư", value])
    sheet.append([2, "Ký văn bản", "Chủ tịch", value])
    for row in (2, 3):
        sheet.cell(row, 4).number_format = code
    stream = io.BytesIO()
    book.save(stream)
    return read_table(stream.getvalue(), "xlsx")


def test_words_of_a_number_format_are_read() -> None:
    reading = formatted(0.5, '0.0" ngày làm việc"')

    assert reading.table is not None
    found = [step.duration for step in reading.table.steps if step.duration]
    assert [(each.text, each.unit) for each in found] == [("0.5 ngày làm việc", TimeUnit.WORKING_DAY)] * 2


def test_a_time_of_day_is_hours_and_minutes() -> None:
    reading = formatted(time(1, 30), "h:mm")

    assert reading.table is not None
    assert values(reading) == ["3/2", "3/2"]
    assert "time-assumed" in [finding.code for finding in reading.findings]


def test_columns_that_are_no_numbers_hide_nothing() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(HEADER)
    book.worksheets[0].append([1, "Tiếp nhận hồ sơ", "Văn thư", "1 ngày"])
    stream = io.BytesIO()
    book.save(stream)
    changed = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            columns = b'<cols><col min="abc" max="1e9" hidden="1"/></cols><sheetData>'
            new.writestr(name, old.read(name).replace(b"<sheetData>", columns))

    reading = read_table(changed.getvalue(), "xlsx")

    assert reading.table is not None
    assert "column-hidden" not in [finding.code for finding in reading.findings]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
def test_a_wide_csv_is_read_with_and_without_mark(encoding: str) -> None:
    rows = [
        "TT\tNội dung công việc\tNgười thực hiện\tThời gian",
        "1\tTiếp nhận\tVăn thư\t1 ngày",
        "2\tKý\tChủ tịch\t1 ngày",
    ]

    reading = read_table("\r\n".join([*rows, ""]).encode(encoding), "csv")

    assert reading.table is not None
    assert [step.name for step in reading.table.steps] == ["Tiếp nhận", "Ký"]
