"""Papers as Word files."""

import io
from collections.abc import Callable

import docx
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from offices.paper import Paper

TEXT_BOX = (
    "<w:r {}><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
    "<w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def as_word(
    paper: Paper,
    *,
    second: tuple[str, Paper] | None = None,
    nested: bool = False,
    surrounded: bool = True,
    boxes: tuple[str, ...] = (),
    font: tuple[str, Callable[[str], str]] | None = None,
) -> bytes:
    """The paper as a document between the tables of heading and signature."""
    document: Document = docx.Document()
    if surrounded:
        fill(document.add_table(rows=1, cols=2), [["UBND THỊ XÃ PHƯỚC LONG\nPHÒNG A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"]])
    holder = document.add_table(rows=1, cols=1).rows[0].cells[0] if nested else document
    for text in boxes:
        document.add_paragraph()._p.append(parse_xml(TEXT_BOX.format(nsdecls("w"), text)))
    for text in paper.before:
        holder.add_paragraph(text)
    if paper.rows:
        add_grid(holder, paper)
    if second is not None:
        document.add_paragraph(second[0])
        add_grid(document, second[1])
    for text in paper.after:
        document.add_paragraph(text)
    if surrounded:
        document.add_paragraph()
        fill(document.add_table(rows=1, cols=2), [["Nơi nhận:\n- UBND thị xã;\n- Lưu: VT.", "TRƯỞNG PHÒNG\n(ký)"]])
    if font is not None:
        in_font(document, *font)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def add_grid(holder: Document | _Cell, paper: Paper) -> None:
    grid = holder.add_table(len(paper.rows), len(paper.rows[0]))
    fill(grid, paper.rows)
    matrix = [list(row.tc_lst) for row in grid._tbl.tr_lst]
    for top, left, bottom, right in paper.merges:
        matrix[top][left].merge(matrix[bottom][right])
    for (row, column), text in paper.comments.items():
        cell = _Cell(matrix[row][column], grid)
        run = cell.paragraphs[0].runs[0]
        grid.part.document.add_comment(run, text=text, author="A")


def fill(grid: Table, rows: list[list[str]]) -> None:
    """Write texts into cells, straight into the elements: many files are written."""
    for element, texts in zip(grid._tbl.tr_lst, rows, strict=True):
        for cell, text in zip(element.tc_lst, texts, strict=True):
            first, *more = text.split("\n")
            Paragraph(cell.p_lst[0], _Cell(cell, grid)).add_run(first) if first else None
            for line in more:
                Paragraph(cell.add_p(), _Cell(cell, grid)).add_run(line)


def in_font(document: Document, name: str, change: Callable[[str], str]) -> None:
    """All runs in another font and code page."""
    for run in document.element.body.iter(qn("w:r")):
        properties = run.get_or_add_rPr()
        fonts = OxmlElement("w:rFonts")
        for kind in ("w:ascii", "w:hAnsi"):
            fonts.set(qn(kind), name)
        properties.insert(0, fonts)
        for text in run.iter(qn("w:t")):
            text.text = change(text.text or "")
