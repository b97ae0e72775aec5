"""The mapping of a reading: to a person as JSON, corrected, and applied to the same file."""

import io
import json

import docx
import openpyxl
import pytest

from bpmn.convert import TableMapping, TableReading, read_table
from bpmn.errors import MappingError
from bpmn.fiveclear import FiveClear, TimeUnit

ROWS = [
    ["QUY TRÌNH TIẾP NHẬN ĐƠN", "", "", ""],
    ["STT", "Đầu việc", "Ai", "Hạn"],
    ["1", "Tiếp nhận đơn của công dân", "Văn thư", "3"],
    ["2", "Thẩm định nội dung đơn", "Chuyên viên", "1"],
]


def as_file(ending: str) -> bytes:
    stream = io.BytesIO()
    if ending == "xlsx":
        book = openpyxl.Workbook()
        for row in ROWS:
            book.worksheets[0].append(row)
        book.save(stream)
        return stream.getvalue()
    document = docx.Document()
    grid = document.add_table(rows=len(ROWS), cols=4)
    for at, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            grid.cell(at, column).text = text
    document.save(stream)
    return stream.getvalue()


def corrected(reading: TableReading, **changes: object) -> TableMapping:
    """The mapping after a person changed it as JSON."""
    assert reading.mapping is not None
    values = json.loads(reading.mapping.as_json())
    fields = changes.pop("fields", {})
    assert isinstance(fields, dict)
    for column in values["columns"]:
        column["field"] = fields.get(column["column"], column["field"])
    return TableMapping.from_json(json.dumps(values | changes))


def table_of(reading: TableReading) -> FiveClear:
    assert reading.table is not None
    return reading.table


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_an_unchanged_mapping_reads_the_same_table(ending: str) -> None:
    data = as_file(ending)

    first = read_table(data, ending)
    again = read_table(data, ending, mapping=corrected(first))

    assert again.table == first.table
    assert again.mapping == first.mapping


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
@pytest.mark.parametrize("unit", [TimeUnit.WORKING_HOUR, TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY])
def test_a_corrected_unit_holds(ending: str, unit: TimeUnit) -> None:
    data = as_file(ending)

    again = read_table(data, ending, mapping=corrected(read_table(data, ending), unit=unit.value))

    times = [step.duration for step in table_of(again).steps]
    assert [(time.unit, time.value) for time in times if time] == [(unit, 3), (unit, 1)]


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_corrected_column_gets_its_field(ending: str) -> None:
    data = as_file(ending)
    first = read_table(data, ending)

    again = read_table(data, ending, mapping=corrected(first, fields={2: "note", 3: None}))

    steps = table_of(again).steps
    assert [step.performer for step in steps] == [None, None]
    assert [step.duration for step in steps] == [None, None]
    assert [step.note for step in steps] == ["Văn thư\nHạn: 3", "Chuyên viên\nHạn: 1"]


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_corrected_header_rows_move_the_first_step(ending: str) -> None:
    data = as_file(ending)
    first = read_table(data, ending)
    assert first.mapping is not None
    assert first.mapping.header_rows == (1,)

    again = read_table(data, ending, mapping=corrected(first, header_rows=[1, 2]))

    assert [step.name for step in table_of(again).steps] == ["Thẩm định nội dung đơn"]


def test_steps_in_paragraphs_are_read_again_with_their_mapping() -> None:
    document = docx.Document()
    for text in ("Bước 1: Tiếp nhận đơn", "Người thực hiện: Văn thư", "Thời gian: 1 ngày", "Bước 2: Trả lời đơn"):
        document.add_paragraph(text)
    document.add_paragraph("Người thực hiện: Chủ tịch")
    stream = io.BytesIO()
    document.save(stream)

    first = read_table(stream.getvalue(), "docx")
    again = read_table(stream.getvalue(), "docx", mapping=corrected(first))

    assert table_of(first).steps == table_of(again).steps
    assert len(table_of(again).steps) == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("no", "mapping-syntax"),
        ("[]", "mapping-syntax"),
        ('{"table": 0, "columns": {}}', "mapping-syntax"),
        ('{"table": 0, "columns": [1]}', "mapping-syntax"),
        ('{"table": 0, "columns": [{"column": 0, "field": 3}]}', "mapping-syntax"),
        ('{"table": -1}', "mapping-number"),
        ('{"table": true}', "mapping-number"),
        ('{"table": 0, "header_rows": ["1"]}', "mapping-number"),
        ('{"table": 0, "unit": "shared"}', "mapping-unit"),
        ('{"table": 0, "columns": [{"column": 0, "field": "price"}]}', "mapping-field"),
        (
            '{"table": 0, "columns": [{"column": 0, "field": "name"}, {"column": 1, "field": "name"}]}',
            "mapping-field-twice",
        ),
    ],
)
def test_what_is_no_mapping_is_refused(text: str, code: str) -> None:
    with pytest.raises(MappingError) as refused:
        TableMapping.from_json(text)

    assert refused.value.code == code


def test_a_mapping_of_another_file_reads_nothing() -> None:
    mapping = TableMapping(7, (), ())

    reading = read_table(as_file("xlsx"), "xlsx", mapping=mapping)

    assert reading.table is None
    assert [finding.code for finding in reading.findings] == ["no-step-table"]
