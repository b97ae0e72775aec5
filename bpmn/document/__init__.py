"""A BPMN document as frozen words: `read_document` turns bytes into a `Document` or says why it cannot."""

from bpmn.document.model import Document, Embedded, Reading
from bpmn.document.read import read_document, read_root
from bpmn.document.within import within

__all__ = ["Document", "Embedded", "Reading", "read_document", "read_root", "within"]
