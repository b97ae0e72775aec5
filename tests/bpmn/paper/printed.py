"""A printed procedure, read back."""

from io import BytesIO

from pypdf import PageObject, PdfReader

from bpmn.convert import table_to_bpmn
from bpmn.document import read_document
from bpmn.fiveclear import FiveClear
from bpmn.paper import Cover, printed


def paper(table: FiveClear, cover: Cover = Cover()) -> PdfReader:  # noqa: B008  # frozen
    document = read_document(table_to_bpmn(table)).document
    assert document is not None
    return PdfReader(BytesIO(printed(table, document, cover)))


def pages(found: PdfReader) -> list[str]:
    """The texts of the pages before the diagram."""
    return [said(page) for page in found.pages if page.mediabox.width < page.mediabox.height]


def said(page: PageObject) -> str:
    """The text of a page with single blanks, without the places where long words may break."""
    return " ".join(page.extract_text().replace("\u200b", "").split())


def text(found: PdfReader) -> str:
    return " ".join(pages(found))
