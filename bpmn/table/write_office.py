"""The table as Excel and Word files: plain, printable, and readable again."""

import io
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

from bpmn.fiveclear import FiveClear
from bpmn.table.sheet_rows import HEADER, head_lines, rule_lines, step_rows

WIDTHS = (7, 45, 30, 18, 28, 25, 32, 30)  # characters
WORD_WIDTHS = (1.2, 6.2, 4.0, 2.4, 3.4, 3.0, 3.4, 2.9)  # centimetres
FONT = "Times New Roman"
MOMENT = datetime(2021, 5, 14, tzinfo=UTC)  # files carry no clock: the same table gives the same bytes
MAX_SHEET_NAME = 31


def write_xlsx(table: FiveClear) -> bytes:
    """One sheet; every cell is a text, so that none is a formula or a date."""
    book = Workbook()
    book.properties.created = book.properties.modified = MOMENT.replace(tzinfo=None)
    sheet = book.worksheets[0]
    sheet.title = sheet_name(table)
    line = Side(style="thin")
    for text in head_lines(table):
        sheet.append([text])
    for row in (list(HEADER), *step_rows(table)):
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(name=FONT, bold=row == list(HEADER))
    for text in rule_lines(table):
        sheet.append([text])
    for row_cells in sheet.iter_rows():
        for cell in row_cells:
            if cell.value is not None:
                cell.data_type = "s"
    for letter, width in zip("ABCDEFGH", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet_name(table: FiveClear) -> str:
    """The code as a sheet's name, without the characters that Excel refuses."""
    name = "".join(letter for letter in table.code or "Quy trình" if letter not in "[]:*?/\\'")
    return name[:MAX_SHEET_NAME] or "Quy trình"


def write_docx(table: FiveClear) -> bytes:
    """A landscape page with the head and the table; its header row repeats on every page."""
    document = Document()
    document.core_properties.created = document.core_properties.modified = MOMENT
    document.core_properties.author = ""
    landscape(document)
    for text in head_lines(table):
        document.add_paragraph().add_run(text).bold = text.startswith("QUY TRÌNH")
    rows = step_rows(table)
    grid = document.add_table(rows=1 + len(rows), cols=len(HEADER), style="Table Grid")
    for row, texts in zip(grid.rows, (list(HEADER), *rows), strict=True):
        for cell, text, width in zip(row.cells, texts, WORD_WIDTHS, strict=True):
            cell.text = text
            cell.width = Cm(width)
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for text in rule_lines(table):
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def landscape(document: WordDocument) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin, section.right_margin = Cm(2.0), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2.0)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(12)
