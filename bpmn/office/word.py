"""Word documents as paragraphs and grids: merged cells, automatic numbers, tracked changes, old fonts.

Source: ECMA-376 part 1, WordprocessingML (17.4 tables, 17.9 numbering, 17.13.5 revisions).
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import takewhile

from lxml import etree

from bpmn.errors import Unreadable
from bpmn.findings import Clear, Finding
from bpmn.office.fonts import CodePage, code_page, in_unicode
from bpmn.office.grid import MAX_COLUMNS, MAX_ROWS, Cell, Grid, OfficeFile, Paragraph, address
from bpmn.office.numbering import Numbering
from bpmn.office.parts import clean, part
from bpmn.office.word_fonts import WordFonts
from bpmn.verdicts import info, reject, warning

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MEMBER = "word/document.xml"
DROPPED = frozenset({"del", "moveFrom", "instrText", "delText", "txbxContent", "pPr", "rPr", "Fallback"})
WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink"})


def read_word(data: bytes) -> OfficeFile:
    """The blocks of a .docx. Raises `Unreadable`."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        root = part(package, MEMBER)
        if root is None or local(root) != "document":
            raise Unreadable([reject("office-part", member=MEMBER)])
        styles = part(package, "word/styles.xml")
        reader = Reader(Numbering(part(package, "word/numbering.xml"), styles), comments(package), WordFonts(styles))
        body = next((child for child in root if local(child) == "body"), root)
        blocks = list(reader.blocks(body))
        return OfficeFile(tuple(blocks), tuple(notices(root, reader)))


def local(element: etree._Element) -> str:
    """The name without namespace; empty for comments."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def value(element: etree._Element, name: str) -> str | None:
    """An attribute of the word namespace, in either flavour."""
    found = element.get(f"{{{W}}}{name}")
    return element.get(f"{{{STRICT}}}{name}") if found is None else found


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """A descendant by a way of names."""
    for name in names:
        if element is None:
            return None
        element = next((found for found in element if local(found) == name), None)
    return element


def comments(package: zipfile.ZipFile) -> dict[str, str]:
    root = part(package, "word/comments.xml")
    if root is None:
        return {}
    return {value(found, "id") or "": clean("".join(map(str, found.itertext()))) for found in root}


def notices(root: etree._Element, reader: "Reader") -> Iterator[Finding]:
    """What a reader of the grids should know: old fonts, tracked changes, text boxes."""
    names = {local(element) for element in root.iter() if isinstance(element.tag, str)}
    fonts = {font for element in root.iter() if local(element) == "rFonts" for font in element.attrib.values()}
    old = sorted({str(font) for font in (*fonts, reader.fonts.standard) if code_page(str(font))})
    if old:
        yield warning("font-legacy", clear=Clear.FILE, member=MEMBER, font=old[0])
    if names & {"ins", "del", "moveFrom", "moveTo"}:
        yield info("tracked-changes", clear=Clear.FILE, member=MEMBER)
    if "txbxContent" in names:
        yield warning("text-box", clear=Clear.FILE, member=MEMBER)


@dataclass
class Reader:
    """Walks a body once; counts paragraphs and tables on the way."""

    numbering: Numbering
    comments: dict[str, str]
    fonts: WordFonts
    paragraphs: int = 0
    tables: int = 0

    def blocks(self, parent: etree._Element) -> Iterator[Paragraph | Grid]:
        for element in parent:
            name = local(element)
            if name == "p":
                yield self.paragraph(element)
                for box in text_boxes(element):
                    yield from self.blocks(box)
            elif name == "tbl" and is_layout(element):
                for cell in all_cells(element):
                    yield from self.blocks(cell)
            elif name == "tbl":
                yield self.table(element)
            elif name in WRAPPERS:
                yield from self.blocks(element)

    def paragraph(self, element: etree._Element) -> Paragraph:
        self.paragraphs += 1
        label = self.numbering.label(element)
        written = in_unicode(self.pieces(element, self.fonts.of_paragraph(element)))
        text = clean(f"{label} {written}" if label else written)
        return Paragraph(text, self.paragraphs, bold=is_bold(element))

    def table(self, element: etree._Element) -> Grid:
        self.tables += 1
        number = self.tables
        cells: list[Cell] = []
        open_merges: dict[int, int] = {}  # column → index in cells of the merge that may go on
        for row, found in enumerate(rows_of(element)):
            if row >= MAX_ROWS:
                raise Unreadable([reject("limit-rows", member=MEMBER, table=number, limit=MAX_ROWS)])
            self.row(found, row, number, cells=cells, open_merges=open_merges)
        return Grid(str(number), tuple(cells))

    def row(
        self, element: etree._Element, row: int, table: int, *, cells: list[Cell], open_merges: dict[int, int]
    ) -> None:
        column = number_in(child(element, "trPr", "gridBefore"))
        for found in cells_of(element):
            properties = child(found, "tcPr")
            span = max(number_in(child(properties, "gridSpan")), 1)
            if column + span > MAX_COLUMNS:
                raise Unreadable([reject("limit-rows", member=MEMBER, table=table, limit=MAX_COLUMNS)])
            merge = child(properties, "vMerge")
            start = self.paragraphs + 1
            text = self.cell_text(found)
            goes_on = merge is not None and value(merge, "val") != "restart" and column in open_merges
            if goes_on:
                extend(cells, open_merges[column], text)
            else:
                place = {"member": MEMBER, "table": table, "cell": address(row, column), "paragraph": start}
                cells.append(Cell(row, column, text, place, columns=span, comment=self.comment(found)))
                open_merges.pop(column, None)
                if merge is not None:
                    open_merges[column] = len(cells) - 1
            column += span

    def pieces(self, element: etree._Element, page: CodePage | None) -> list[tuple[str, CodePage | None]]:
        """The text that a reader sees in a paragraph, by code pages: insertions in, deletions and field codes out."""
        found: list[tuple[str, CodePage | None]] = []
        for each in element:
            name = local(each)
            if name == "r":
                found += self.pieces(each, self.fonts.of_run(each, page))
            elif name == "t":
                found.append((each.text or "", page))
            elif name in SIGNS:
                found.append((SIGNS[name], page))
            elif name and name not in DROPPED:
                found += self.pieces(each, page)
        return found

    def cell_text(self, element: etree._Element) -> str:
        """All paragraphs of a cell, one a line; a table inside gives its rows, cells parted by bars."""
        lines: list[str] = []
        for block in self.blocks(element):
            if isinstance(block, Paragraph):
                lines.append(block.text)
            else:
                lines += [" | ".join(cell.text.replace("\n", " ") for cell in row) for row in block.by_row.values()]
        return clean("\n".join(lines))

    def comment(self, element: etree._Element) -> str | None:
        marks = (value(found, "id") or "" for found in element.iter() if local(found) == "commentReference")
        texts = [self.comments[mark] for mark in marks if mark in self.comments]
        return "\n".join(texts) or None


def extend(cells: list[Cell], index: int, text: str) -> None:
    """Let a merged cell go on by one row; a text below is kept."""
    cell = cells[index]
    whole = "\n".join(part for part in (cell.text, text) if part)
    cells[index] = Cell(cell.row, cell.column, whole, cell.place, cell.rows + 1, cell.columns, cell.kind, cell.comment)


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table that were not deleted, through content controls."""
    for element in table:
        if local(element) == "tr" and child(element, "trPr", "del") is None:
            yield element
        elif local(element) in WRAPPERS:
            yield from rows_of(element)


def cells_of(row: etree._Element) -> Iterator[etree._Element]:
    for element in row:
        if local(element) == "tc":
            yield element
        elif local(element) in WRAPPERS:
            yield from cells_of(element)


def number_in(element: etree._Element | None) -> int:
    text = "" if element is None else value(element, "val") or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


SIGNS = {
    "br": "\n",
    "cr": "\n",
    "tab": " ",
    "ptab": " ",
    "noBreakHyphen": "-",
    "softHyphen": "\xad",
    "sym": "•",
}


def text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes that hang on a paragraph; what is there twice for old readers once."""
    for found in paragraph.iter():
        above = takewhile(lambda each: each is not paragraph, found.iterancestors())
        if local(found) == "txbxContent" and not {local(each) for each in above} & {"Fallback", "txbxContent"}:
            yield found


def all_cells(table: etree._Element) -> list[etree._Element]:
    return [cell for row in rows_of(table) for cell in cells_of(row)]


def is_layout(table: etree._Element) -> bool:
    """Whether a table only places things on the page: a table inside it holds more than itself."""
    cells = all_cells(table)
    inner = [found for cell in cells for found in cell if local(found) == "tbl"]
    return any(len(all_cells(found)) > len(cells) and widest(found) >= 3 for found in inner)


def widest(table: etree._Element) -> int:
    return max((len(list(cells_of(row))) for row in rows_of(table)), default=0)


def is_bold(element: etree._Element) -> bool:
    """Whether the first run of a paragraph is bold."""
    run = next((found for found in element.iter() if local(found) == "r"), None)
    mark = child(run, "rPr", "b")
    return mark is not None and value(mark, "val") not in ("0", "false", "none")
