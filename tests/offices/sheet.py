"""Papers as Excel and CSV files."""

import csv
import io
from collections.abc import Callable

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from offices.paper import Paper


def as_excel(
    paper: Paper,
    *,
    second: tuple[str, Paper] | None = None,
    instructions: bool = False,
    font: tuple[str, Callable[[str], str]] | None = None,
) -> bytes:
    """The paper as a workbook; texts before the table stand in the first column above it."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    if instructions:
        sheet.title = "Hướng dẫn"
        for text in ("HƯỚNG DẪN SỬ DỤNG", "Bước 1: chọn trang tính Quy trình", "Không xóa dòng tiêu đề"):
            sheet.append([text])
        sheet = book.create_sheet("Quy trình")
    put(sheet, paper, font)
    if second is not None:
        put(book.create_sheet(second[0][:28].replace(":", "")), second[1], font)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def put(sheet: Worksheet, paper: Paper, font: tuple[str, Callable[[str], str]] | None) -> None:
    change = font[1] if font else str
    for text in paper.before:
        sheet.append([change(text)])
    if paper.before:
        sheet.append([])
    top = sheet.max_row if paper.before else 0
    top += 1 if paper.before else 0
    for row, texts in enumerate(paper.rows):
        for column, text in enumerate(texts):
            value = paper.values.get((row, column), change(text) if text else None)
            cell = sheet.cell(row + top + 1, column + 1)
            cell.value = value
            if value is not None and font:
                cell.font = Font(name=font[0])
    for area in paper.merges:
        sheet.merge_cells(
            start_row=area[0] + top + 1, start_column=area[1] + 1, end_row=area[2] + top + 1, end_column=area[3] + 1
        )
    for (row, column), text in paper.comments.items():
        sheet.cell(row + top + 1, column + 1).comment = Comment(text, "A")
    for column in paper.hidden:
        sheet.column_dimensions[get_column_letter(column + 1)].hidden = True
    for row in paper.folded:
        sheet.row_dimensions[row + top + 1].hidden = True
    for text in paper.after:
        sheet.append([change(text)])


def as_csv(paper: Paper, separator: str, encoding: str) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator)
    for text in paper.before:
        writer.writerow([text])
    writer.writerows(paper.rows)
    for text in paper.after:
        writer.writerow([text])
    return stream.getvalue().encode(encoding)
