"""A procedure on paper: a PDF in the manner of Nghị định 30/2020, for people to sign, file and read.

`printed(table, document, cover)` gives the PDF; what every text says comes from the table, as data.
"""

from bpmn.paper.content import DRAFT, Cover
from bpmn.paper.printing import printed

__all__ = ["DRAFT", "Cover", "printed"]
