"""Writes the sample procedures as offices write them: other columns, orders, words, merges and files.

Every shape keeps the facts of a procedure and changes only how they stand on paper.
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import docx
import openpyxl
from docx.document import Document

from bpmn.fiveclear import Branch, FiveClear, Performer, Step

Rows = list[list[str]]


@dataclass(frozen=True)
class Shape:
    """`header`: field → words; `order` of the fields; `ending` of the file; `change` of every text."""

    name: str
    header: dict[str, str]
    ending: str
    change: Callable[[str], str] = str
    total: bool = True
    repeat: bool = False  # the header again in the middle
    marks: bool = False  # a row (1) (2) (3)
    two_rows: bool = False
    bullets: bool = False
    number: Callable[[str], str] = str
    unit_in_header: bool = False
    nt: bool = False


def nbsp(text: str) -> str:
    return text.replace(" ngày", "\u00a0ngày").replace(" giờ", "\u00a0giờ")


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def step_word(number: str) -> str:
    return f"Bước {number}"


def b_word(number: str) -> str:
    return f"B{number}"


def padded(number: str) -> str:
    return number.zfill(2) if number.isdigit() else number


def shape(name: str, header: str, ending: str, **said: object) -> Shape:
    """A shape; `header` is "field: words" parted by bars."""
    columns = dict(column.strip().split(": ") for column in header.split("|"))
    return Shape(name, columns, ending, **said)


SHAPES = (
    shape(
        "ha-tinh",
        "number: TT | name: Trình tự | performer: Trách nhiệm | time: Thời gian | result: Biểu mẫu/Kết quả",
        "docx",
        number=b_word,
    ),
    shape(
        "ha-noi",
        "number: Tên bước | performer: Đơn vị/người thực hiện | name: Nội dung | time: Thời hạn"
        " | result: Biểu mẫu/kết quả",
        "docx",
        marks=True,
        number=step_word,
    ),
    shape(
        "nghe-an",
        "number: Thứ tự | performer: Đơn vị/người thực hiện | name: Nội dung công việc"
        " | time: Thời gian (tính mỗi ngày 08 giờ)",
        "xlsx",
        change=nbsp,
    ),
    shape(
        "cao-bang",
        "number: STT | name: Nội dung | performer: Phân công nhiệm vụ | time: Thời gian",
        "docx",
        repeat=True,
        bullets=True,
    ),
    shape(
        "bac-ninh",
        "number: Thứ tự | name: Nội dung cụ thể | performer: Đơn vị/Người | time: Thời gian | result: Sản phẩm",
        "csv",
        change=decomposed,
    ),
    shape(
        "dong-nai",
        "number: Các bước | name: Trình tự thực hiện | performer: Đơn vị giải quyết | time: Thời gian | fee: Phí"
        " | note: Ghi chú",
        "xlsx",
        number=padded,
    ),
    shape(
        "turned",
        "time: THỜI GIAN | performer: NGƯỜI THỰC HIỆN | responsibility: TRÁCH NHIỆM | name: NỘI DUNG CÔNG VIỆC"
        " | number: STT",
        "xlsx",
        total=False,
        nt=True,
    ),
    shape(
        "five-clear",
        "number: TT | name: Rõ việc | performer: Rõ người | time: Rõ thời gian | responsibility: Rõ trách nhiệm"
        " | result: Kết quả",
        "docx",
        two_rows=True,
    ),
)


def file_of(table: FiveClear, shape: Shape) -> bytes:
    """The table as a file of a shape."""
    rows = [[shape.change(text) for text in row] for row in rows_of(table, shape)]
    return {"docx": as_word, "xlsx": as_excel, "csv": as_csv}[shape.ending](table, rows)


def rows_of(table: FiveClear, shape: Shape) -> Rows:
    fields = list(shape.header)
    header = [shape.header[field] for field in fields]
    rows: Rows = [header]
    if shape.two_rows:
        rows.append(["" for _ in fields])
    if shape.marks:
        rows.append([f"({at})" for at in range(1, len(fields) + 1)])
    last: dict[str, str] = {}
    for at, step in enumerate(table.steps):
        if shape.repeat and at == len(table.steps) // 2:
            rows.append(header)
        texts = step_texts(table, step, shape)
        if shape.nt:
            texts, last = dittoed(texts, last), texts
        rows.append([texts.get(field, "") for field in fields])
    if shape.total:
        rows.append([{"name": "Tổng thời gian", "time": total_text(table)}.get(field, "") for field in fields])
    return rows


def dittoed(texts: dict[str, str], last: dict[str, str]) -> dict[str, str]:
    same = {field for field in ("performer", "responsibility") if texts.get(field) and texts[field] == last.get(field)}
    return {field: "nt" if field in same else text for field, text in texts.items()}


def step_texts(table: FiveClear, step: Step, shape: Shape) -> dict[str, str]:
    people = [performer_text(performer) for performer in (step.performer, *step.co_performers) if performer]
    mark = "- " if shape.bullets and len(people) > 1 else ""
    own = [branch for branch in table.branches if branch.at == step.step_no]
    group = " (thực hiện đồng thời)" if step.parallel_group else ""
    lines = [f"{step.name}{group}", *(text for branch in own if (text := branch_text(branch, shape)))]
    return {
        "number": shape.number(step.step_no),
        "name": "\n".join(lines),
        "performer": "\n".join(f"{mark}{text}" for text in people),
        "time": step.duration.text if step.duration else "",
        "result": "\n".join([*([step.output] if step.output else []), *step.forms]),
        "responsibility": step.responsibility or "",
        "note": step.note or "",
    }


def performer_text(performer: Performer) -> str:
    return performer.position


def branch_text(branch: Branch, shape: Shape) -> str:
    if branch.note == "silent_consent":
        return f"{capital(branch.condition)} thì coi như đồng ý"
    if branch.goto[:1].isdigit():
        return f"{capital(branch.condition)}: chuyển lại {step_reference(branch.goto, shape)}"
    words = {
        "wait_citizen": "yêu cầu bổ sung hồ sơ",
        "wait_unit": "yêu cầu bổ sung",
        "end_rejected": "từ chối bằng văn bản",
    }
    return f"{capital(branch.condition)}: {words[branch.goto]}" if branch.goto in words else ""


def step_reference(number: str, shape: Shape) -> str:
    written = shape.number(number)
    return written if written[:1].isalpha() else f"bước {written}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def total_text(table: FiveClear) -> str:
    limit = table.statutory_limit or {}
    return str(limit.get("text", "")).split(" kể từ")[0]


def as_word(table: FiveClear, rows: Rows) -> bytes:
    document: Document = docx.Document()
    document.add_paragraph(f"QUY TRÌNH {table.title.upper()}")
    document.add_table(rows=1, cols=2).rows[0].cells[0].text = "UBND THỊ XÃ\nPHÒNG A"
    grid = document.add_table(rows=len(rows), cols=len(rows[0]))
    for at, texts in enumerate(rows):
        for column, text in enumerate(texts):
            grid.cell(at, column).text = text
    if not any(rows[1]):
        for column in range(len(rows[0])):
            text = rows[0][column]
            grid.cell(0, column).merge(grid.cell(1, column)).text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_excel(table: FiveClear, rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append([f"QUY TRÌNH {table.title.upper()}"])
    sheet.append([])
    for texts in rows:
        sheet.append([int(text) if text.isdigit() else text or None for text in texts])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_csv(table: FiveClear, rows: Sequence[Sequence[str]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";")
    writer.writerow([f"QUY TRÌNH {table.title.upper()}"])
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")
