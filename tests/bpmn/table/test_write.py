"""Tables written as CSV, Excel and Word are read again as the same procedure, and no cell is a formula."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from bpmn.convert import convert, read_table, read_yaml, write_table
from bpmn.fiveclear import FiveClear, Performer, Step
from bpmn.messages import sentence

SAMPLES = sorted(Path("tests/files/samples").glob("*.yaml"))
HOSTILE = FiveClear(
    "=HYPERLINK(1)",
    (Step("1", "=1+1", performer=Performer("@SUM(A1)"), note="-2+3"), Step("2", "+A1 tính toán", note="=cmd|x")),
)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "docx"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:2])
def test_steps_people_and_times_come_back(path: Path, ending: str) -> None:
    table = read_yaml(path.read_bytes()).table
    assert table is not None

    read = read_table(write_table(table, ending), ending).table

    assert read is not None
    assert read.title == table.title
    assert [step.step_no for step in read.steps] == [step.step_no for step in table.steps]
    assert [step.name for step in read.steps] == [step.name for step in table.steps]
    assert [step.duration and step.duration.unit for step in read.steps] == [
        step.duration and step.duration.unit for step in table.steps
    ]
    assert [len(step.co_performers) for step in read.steps] == [len(step.co_performers) for step in table.steps]


def test_no_csv_cell_begins_a_formula() -> None:
    rows = csv.reader(io.StringIO(write_table(HOSTILE, "csv").decode("utf-8-sig")))

    starts = {text[0] for row in rows for text in row if text}

    assert not starts & set("=+-@\t\r")


def test_every_excel_cell_is_a_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_table(HOSTILE, "xlsx")))

    kinds = {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None}

    assert kinds == {"s"}


@pytest.mark.parametrize("ending", ["bpmn", "yaml", "json", "csv", "xlsx", "docx"])
def test_a_word_table_converts_to_every_form(ending: str) -> None:
    data = next(Path("tests/files/samples").glob("04*.docx")).read_bytes()

    converted = convert(data, "docx", ending)

    assert converted.data
    assert read_table(converted.data, ending).table if ending != "bpmn" else converted.data.startswith(b"<?xml")


def test_bpmn_converts_back_to_the_same_table() -> None:
    source = SAMPLES[3].read_bytes()
    diagram = convert(source, "yaml", "bpmn").data
    assert diagram is not None

    again = convert(diagram, "bpmn", "yaml").data

    assert again is not None
    table, true = read_yaml(again).table, read_yaml(source).table
    assert table is not None
    assert true is not None
    assert [step.name for step in table.steps] == [step.name for step in true.steps]
    assert table.branches == true.branches


@pytest.mark.parametrize(
    ("data", "source", "target", "code"),
    [
        (b"", "docx", "bpmn", "file-empty"),
        (b"a;b\n1;2\n", "csv", "bpmn", "no-step-table"),
        (b"x", "doc", "bpmn", "ending-unknown"),
        (b"x", "yaml", "exe", "ending-unknown"),
    ],
)
def test_without_a_step_nothing_is_written(data: bytes, source: str, target: str, code: str) -> None:
    converted = convert(data, source, target)

    assert converted.data is None
    assert [finding.code for finding in converted.findings] == [code]


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        ("vsdx", "xuất sơ đồ ra BPMN 2.0"),
        ("bpm", "xuất sơ đồ ra BPMN 2.0"),
        ("pdf", "hãy dùng tệp Word hoặc Excel gốc"),
        ("odt", "lưu dạng .docx hoặc .xlsx"),
        ("exe", "Đọc được: docx, xlsx, csv, yaml, yml, json, bpmn"),
    ],
)
def test_a_file_of_another_kind_is_answered_with_what_to_do(ending: str, words: str) -> None:
    (finding,) = read_table(b"x", ending).findings

    assert words in sentence(finding, "vi")
    assert ("Cách làm" in sentence(finding, "vi")) == (ending != "exe")
