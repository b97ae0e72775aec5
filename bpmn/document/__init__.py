"""A BPMN document as frozen words: `read_document` turns bytes into a `Document` or says why it cannot."""

from bpmn.document.model import Document, Reading
from bpmn.document.read import read_document, read_root

__all__ = ["Document", "Reading", "read_document", "read_root"]
